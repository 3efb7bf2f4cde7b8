#include "connection/connection_string.h"

#include <unistd.h>

#include <cstdlib>

namespace whichbase::connection {

std::map<std::string, std::string> dropPgEnvironment() {
  std::map<std::string, std::string> dropped;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const auto equals = text.find('=');
    if (text.starts_with("PG") && equals != std::string_view::npos) {
      dropped.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  for (const auto& [name, value] : dropped) {
    unsetenv(name.c_str());
  }
  return dropped;
}

} // namespace whichbase::connection
