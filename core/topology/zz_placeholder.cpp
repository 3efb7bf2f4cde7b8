#include "topology/snapshot.h"
namespace whichbase::topology { std::string toString(Role r) { return r == Role::writes ? "writes" : r == Role::reads ? "reads" : ""; } }
