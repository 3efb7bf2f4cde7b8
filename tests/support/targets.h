// Targets for tests, made from other ones.
#pragma once

#include "probe/sweep.h"

#include <string>

namespace whichbase::test {

// The target with another value of one key of its connection string.
probe::Target changed(probe::Target target, const std::string& key, const std::string& value);

} // namespace whichbase::test
