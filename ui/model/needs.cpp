#include "model/needs.h"

#include <algorithm>

namespace whichbase::ui {

namespace {

// Each server that was visited and failed, of the sides that the sweep visited.
template <class Visit>
void forEachFailed(const ProbeController::Result& result, Visit visit) {
  for (const auto& side : {result.after, result.before})
    if (side)
      for (const auto& server : side->servers)
        if (server.failure)
          visit(*side, server);
}

template <class Need, class Key>
Need& needFor(std::vector<Need>& needs, Key Need::* member, const Key& key) {
  const auto found = std::ranges::find(needs, key, member);
  if (found != needs.end())
    return *found;
  auto& need = needs.emplace_back();
  need.*member = key;
  return need;
}

void addServer(QStringList& servers, const std::string& name) {
  if (const QString text = QString::fromStdString(name); !servers.contains(text))
    servers << text;
}

bool isKept(const std::string& passwordFrom) {
  return passwordFrom == "the keychain" || passwordFrom == "typed";
}

} // namespace

std::vector<NeededLogin> neededLogins(const ProbeController::Result& result) {
  std::vector<NeededLogin> needs;
  forEachFailed(result, [&](const topology::Snapshot&, const topology::Server& server) {
    if (!server.failure->loginCommand.empty())
      addServer(needFor(needs, &NeededLogin::command, QString::fromStdString(server.failure->loginCommand)).servers,
                server.name);
  });
  return needs;
}

std::vector<NeededPassword> neededPasswords(const ProbeController::Result& result) {
  std::vector<NeededPassword> needs;
  forEachFailed(result, [&](const topology::Snapshot& side, const topology::Server& server) {
    const bool refused =
        server.failure->stage == topology::Stage::authenticate && isKept(server.connection.passwordFrom);
    const auto key = result.passwordKeys.find({side.side, server.name});
    if ((!server.failure->passwordMissing && !refused) || key == result.passwordKeys.end())
      return;
    auto& need = needFor(needs, &NeededPassword::key, key->second);
    need.refused = need.refused || refused;
    addServer(need.servers, server.name);
  });
  return needs;
}

} // namespace whichbase::ui
