// The command lines with which ssh is run, and where its control sockets are.
//
// Whatever ~/.ssh/config says of how to reach a host holds. What would make ssh do something else with the connection
// (RemoteCommand, LocalForward, ControlPersist, LocalCommand, RequestTTY, Tunnel, …) is overridden: on ssh's command
// line the first value of an option wins.
#pragma once

#include "route/routes.h"
#include "route/ssh_words.h"

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace whichbase::route {

using Arguments = std::vector<std::string>;

// Only this user's, and short: a socket's path has 108 bytes, of which ssh needs 17 while it makes one. The error is a
// sentence.
std::expected<std::filesystem::path, std::string> controlFolder();
// Where a login on a terminal leaves its master connection: the same for the same words, whichever program asks. Empty
// without a control folder.
std::filesystem::path loginSocket(const Via& via);
// An ssh master listens there and answers.
bool answers(const std::filesystem::path& controlSocket);

// `knowsFork`: ssh knows ForkAfterAuthentication and StdinNull, since OpenSSH 8.7.
Arguments masterArguments(const Via& via, const std::filesystem::path& controlSocket, bool knowsFork);
// Over a master: of the user's settings none matters, so none is read; without the master it ends at once.
Arguments forwardArguments(const std::filesystem::path& controlSocket, const std::string& host, int port);
// Over a login of its own.
Arguments loneForwardArguments(const Via& via, const std::string& host, int port, bool knowsFork);
// A command there, over a master.
Arguments remoteArguments(const SshParts& parts, const std::filesystem::path& controlSocket);

} // namespace whichbase::route
