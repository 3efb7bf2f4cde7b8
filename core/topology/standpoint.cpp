#include "topology/standpoint.h"

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

std::string overRoute(const Server& server) {
  return server.route.empty() || server.route == "direct" ? "from this computer" : "over " + server.route;
}

} // namespace whichbase::topology
