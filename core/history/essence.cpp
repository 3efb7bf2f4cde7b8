#include "history/essence.h"

#include <algorithm>
#include <tuple>

namespace whichbase::history {
namespace {

using namespace topology;

// "no answer within 4.8 s" and "no answer within 5.1 s" say the same.
void forgetFigures(std::string& text) {
  std::string kept;
  for (const char character : text) {
    const bool digit = character >= '0' && character <= '9';
    if (!digit)
      kept += character;
    else if (kept.empty() || kept.back() != '#')
      kept += '#';
  }
  text = std::move(kept);
}

template <class T>
void forgetFigures(Known<T>& known) {
  forgetFigures(known.reason);
}

void reduce(Clients& clients) {
  for (ClientGroup& group : clients.groups)
    group.sessions = 1;
  std::ranges::sort(clients.groups, {},
                    [](const ClientGroup& group) { return std::tie(group.address, group.application, group.user); });
  const auto repeated = std::ranges::unique(clients.groups);
  clients.groups.erase(repeated.begin(), repeated.end());
  clients.hidden = clients.hidden > 0 ? 1 : 0;
}

void reduce(Server& server) {
  server.timingsMs.clear();
  forgetFigures(server.canInsertUsers);
  if (server.failure) {
    forgetFigures(server.failure->text);
    server.failure->remedy.clear();
    server.failure->loginCommand.clear();
  }
}

void reduce(UsersFact& users) {
  users.countedAt.reset();
  users.estimatedAt.reset();
  forgetFigures(users.count);
  forgetFigures(users.newestAt);
}

void reduce(Database& database) {
  database.lastReachedAt.reset();
  database.replayLag = {};
  database.sizeBytes = {};
  forgetFigures(database.identityReason);
  forgetFigures(database.replicaReason);
  forgetFigures(database.users);
  forgetFigures(database.tables);
  forgetFigures(database.triggers);
  forgetFigures(database.clients);
  if (database.users)
    reduce(*database.users.value);
  if (database.clients)
    reduce(*database.clients.value);
}

void reduceSentences(Snapshot& snapshot) {
  snapshot.verdict.detail.clear();
  for (Evidence& evidence : snapshot.evidence)
    evidence.text.clear();
  for (Finding& finding : snapshot.findings) {
    forgetFigures(finding.title);
    finding.text.clear();
    finding.remedy.clear();
  }
}

} // namespace

Snapshot essenceOf(Snapshot snapshot) {
  snapshot.startedAt = {};
  snapshot.finishedAt = {};
  for (Server& server : snapshot.servers)
    reduce(server);
  for (Database& database : snapshot.databases)
    reduce(database);
  reduceSentences(snapshot);
  return snapshot;
}

} // namespace whichbase::history
