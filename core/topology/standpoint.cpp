#include "topology/standpoint.h"

#include <string_view>

namespace whichbase::topology {

bool staysOnItsMachine(const std::string& host) {
  return host.empty() || host.front() == '/' || host.front() == '@' || host == "localhost" || host == "::1" ||
         host.starts_with("127.");
}

std::string standpointOf(const Server& server) {
  if (!server.route.empty())
    return server.route;
  return server.lookedFromHere || staysOnItsMachine(server.connection.host) ? std::string() : "direct";
}

std::string overRoute(const std::string& route) {
  constexpr std::string_view command = "command ";
  if (route.empty() || route == "direct")
    return "from this computer";
  return route.starts_with(command) ? "through " + route.substr(command.size()) : "over " + route;
}

} // namespace whichbase::topology
