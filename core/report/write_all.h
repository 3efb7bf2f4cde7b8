// Writing to a descriptor until everything is out.
#pragma once

#include <string_view>

namespace whichbase::report {

// Returns 0, or the errno of what went wrong.
int writeAll(int descriptor, std::string_view text);

} // namespace whichbase::report
