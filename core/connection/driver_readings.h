// Where the six drivers part ways, for parse(); readings() itself is declared in connection_string.h.
#pragma once

#include <string>
#include <string_view>

namespace whichbase::connection {

// One sentence on how the drivers read a bare connection string differently; empty where they agree.
std::string disagreement(std::string_view bare);

} // namespace whichbase::connection
