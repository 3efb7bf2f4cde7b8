// The matrix of a text report: servers against databases, as a table where it fits, else as a list.
#pragma once

#include "report/canvas.h"
#include "topology/snapshot.h"

#include <vector>

namespace whichbase::report {

// One part a side; nothing where no side has a server.
void addMatrix(Canvas& sheet, int width, const std::vector<const topology::Snapshot*>& sides);

} // namespace whichbase::report
