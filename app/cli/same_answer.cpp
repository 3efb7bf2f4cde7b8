#include "cli/same_answer.h"

#include "cli/exit_code.h"
#include "connection/connection_string.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::cli {
namespace {

using namespace topology;

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

std::string nameOf(const Database& database) {
  return fmt::format("{} ({} on {})", database.id, database.name, database.address);
}

std::string proofOf(const Snapshot& snapshot) {
  const auto isProof = [&](const char* kind) {
    return std::any_of(snapshot.evidence.begin(), snapshot.evidence.end(), [&](const Evidence& evidence) {
      return evidence.kind == kind && (evidence.says == "same-database" || evidence.says == "follows");
    });
  };
  std::vector<std::string> proofs;
  if (isProof("flags"))
    proofs.push_back("raised flags");
  if (isProof("backend"))
    proofs.push_back("being served by the same backend");
  if (isProof("replication"))
    proofs.push_back("replication");
  if (proofs.empty())
    return isProof("same-target") ? ": the strings are equal" : "";
  return ", proven by " + listed(proofs);
}

std::vector<const Database*> databasesInUse(const Snapshot& snapshot) {
  std::vector<const Database*> used;
  for (const Database& database : snapshot.databases)
    if (!snapshot.serversOn(database.id).empty())
      used.push_back(&database);
  return used;
}

std::string sameLine(const Snapshot& snapshot) {
  const auto used = databasesInUse(snapshot);
  const std::string all =
      snapshot.servers.size() == 2 ? "both lead" : fmt::format("all {} lead", snapshot.servers.size());
  if (used.size() == 1)
    return fmt::format("Same database: {} to {}{}", all, nameOf(*used.front()), proofOf(snapshot));
  std::vector<std::string> standbys;
  const Database* primary = used.front();
  for (const Database* database : used)
    if (database->replicaOf.empty())
      primary = database;
  for (const Database* database : used)
    if (database != primary)
      standbys.push_back(nameOf(*database));
  return fmt::format("Same source: {} to {} or its {} {}, proven by replication", all, nameOf(*primary),
                     standbys.size() == 1 ? "standby" : "standbys", listed(standbys));
}

// What sets the first two databases apart that are proven to be different.
std::string difference(const Database& a, const Database& b) {
  if (!a.instance.empty() && a.instance == b.instance)
    return fmt::format("two databases of one instance, {} and {}", a.name, b.name);
  if (a.initializedAt && b.initializedAt && a.systemIdentifier != b.systemIdentifier) {
    const auto apart =
        *a.initializedAt > *b.initializedAt ? *a.initializedAt - *b.initializedAt : *b.initializedAt - *a.initializedAt;
    return apart < std::chrono::seconds(1) ? "initialised as two instances"
                                           : "initialised " + toDuration(apart) + " apart";
  }
  if (a.systemIdentifier && a.systemIdentifier == b.systemIdentifier)
    return "initialised as one, but running as two: one is a copy of the other";
  return "two running instances";
}

std::string counts(const std::vector<const Database*>& databases) {
  std::vector<std::string> texts;
  for (const Database* database : databases) {
    if (!database->users || !database->users->count)
      return {};
    const std::string count = usersText(database->users);
    texts.push_back(texts.empty() ? count + (count == "1" ? " user" : " users") : count);
  }
  return "; " + listed(texts);
}

std::string differentLine(const Snapshot& snapshot) {
  std::vector<const Database*> apart;
  for (const Database* database : databasesInUse(snapshot))
    if (database->identityProven && database->replicaOf.empty())
      apart.push_back(database);
  if (apart.size() < 2)
    return "Different databases: " + snapshot.verdict.text;
  std::string line = "Different databases: ";
  if (snapshot.servers.size() > 2)
    line = fmt::format("Different databases: {} strings lead to {}; ", snapshot.servers.size(), apart.size());
  return line + difference(*apart[0], *apart[1]) + counts(apart);
}

std::string unknownLine(const Snapshot& snapshot) {
  for (const Server& server : snapshot.servers)
    if (server.failure)
      return fmt::format("Cannot tell: {} was not reached ({}: {})", server.name, toString(server.failure->stage),
                         server.failure->text);
  for (const Database& database : snapshot.databases)
    if (!database.identityProven && !database.identityReason.empty())
      return "Cannot tell: " + database.identityReason;
  for (const Database& database : snapshot.databases)
    if (!database.replicaReason.empty())
      return fmt::format("Cannot tell: {} is a standby, and its primary is not proven: {}", database.id,
                         database.replicaReason);
  return "Cannot tell: " + snapshot.verdict.text;
}

std::string detailOf(const Snapshot& snapshot, const Server& server) {
  std::string text = fmt::format("{}  {}\n       ", server.name, server.connection.text);
  const Database* database = server.database.empty() ? nullptr : snapshot.database(server.database);
  if (!database)
    return text + fmt::format("not reached, {}: {}{}", server.failure ? toString(server.failure->stage) : "unknown",
                              server.failure ? server.failure->text : "",
                              server.failure && !server.failure->remedy.empty() ? ". " + server.failure->remedy : "");
  text += fmt::format("leads to {}: {}, PostgreSQL {}", database->id, database->name, database->serverVersion);
  if (database->systemIdentifier)
    text += fmt::format(", system {}, oid {}", *database->systemIdentifier, database->oid);
  if (database->initializedAt)
    text += ", initialised " + toIso8601(*database->initializedAt).substr(0, 10);
  const std::string users = usersText(database->users);
  return users == "?" ? text : text + ", " + users + (users == "1" ? " user" : " users");
}

} // namespace

SameAnswer sameAnswer(const Snapshot& snapshot) {
  SameAnswer answer;
  switch (snapshot.verdict.kind) {
  case VerdictKind::singleSource:
    answer = {exitFine, sameLine(snapshot), {}};
    break;
  case VerdictKind::split:
    answer = {exitSplit, differentLine(snapshot), {}};
    break;
  case VerdictKind::undetermined:
  case VerdictKind::nothingToCompare:
    answer = {exitUndetermined, unknownLine(snapshot), {}};
    break;
  }
  for (const Server& server : snapshot.servers)
    answer.details.push_back(detailOf(snapshot, server));
  for (const Server& server : snapshot.servers)
    if (connection::isThisComputer(server.connection.host) && !server.connection.host.empty())
      answer.details.push_back(fmt::format("{}: {} was this computer. To look from where a server stands, probe a "
                                           "project with via = \"ssh HOST\".",
                                           server.name, server.connection.host));
  for (const Evidence& evidence : snapshot.evidence)
    answer.details.push_back(evidence.text);
  return answer;
}

} // namespace whichbase::cli
