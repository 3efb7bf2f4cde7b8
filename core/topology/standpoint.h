// From where a server's address was looked at. Two servers with one address lead to one place only where both stand at
// the same point.
#pragma once

#include "topology/snapshot.h"

#include <string>

namespace whichbase::topology {

// localhost, 127.x, ::1, a Unix socket: another machine on every server.
bool staysOnItsMachine(const std::string& host);

// The route as the project has it, "direct" for none; empty where it is not known from where the server looks: its
// address was looked up from this computer, or stays on the server's machine and no route leads there.
std::string standpointOf(const Server& server);

// For sentences: "over ssh prod", "through docker exec -i app nc %h %p", "from this computer".
std::string overRoute(const std::string& route);

} // namespace whichbase::topology
