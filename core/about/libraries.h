// What this build of the program is: its version, and those of the libraries that it runs with.
#pragma once

#include <string>
#include <vector>

namespace whichbase::about {

// "0.1.0", as CMakeLists.txt says it.
std::string version();

// "libpq 15.18", one a library: the version that is loaded where the library can tell it, else the one this was built
// with (headers alone have no other).
std::vector<std::string> libraries();

// "NAME 0.1.0" and below it the libraries, as --version prints them. `more` stands before core's own.
std::string versionText(const std::string& name, std::vector<std::string> more);

} // namespace whichbase::about
