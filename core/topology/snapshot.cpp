#include "topology/snapshot.h"

#include "topology/wording.h"

#include <algorithm>

namespace whichbase::topology {

const Database* Snapshot::database(const std::string& id) const {
  const auto found = std::ranges::find(databases, id, &Database::id);
  return found == databases.end() ? nullptr : &*found;
}

const Server* Snapshot::server(const std::string& name) const {
  const auto found = std::ranges::find(servers, name, &Server::name);
  return found == servers.end() ? nullptr : &*found;
}

std::vector<const Server*> Snapshot::serversOn(const std::string& databaseId) const {
  std::vector<const Server*> on;
  if (databaseId.empty())
    return on;
  for (const Server& each : servers)
    if (each.database == databaseId)
      on.push_back(&each);
  return on;
}

std::string toString(Stage stage) {
  switch (stage) {
  case Stage::configuration:
    return "configuration";
  case Stage::resolve:
    return "resolve";
  case Stage::route:
    return "route";
  case Stage::connect:
    return "connect";
  case Stage::authenticate:
    return "authenticate";
  case Stage::query:
    return "query";
  case Stage::deadline:
    return "deadline";
  }
  return {};
}

std::string toString(VerdictKind kind) {
  switch (kind) {
  case VerdictKind::singleSource:
    return "single-source";
  case VerdictKind::split:
    return "split";
  case VerdictKind::undetermined:
    return "undetermined";
  case VerdictKind::nothingToCompare:
    return "nothing-to-compare";
  }
  return {};
}

std::string toString(Severity severity) {
  switch (severity) {
  case Severity::info:
    return "info";
  case Severity::warning:
    return "warning";
  case Severity::error:
    return "error";
  }
  return {};
}

std::string toString(Side side) {
  return side == Side::before ? "before" : "after";
}

std::string toString(Role role) {
  switch (role) {
  case Role::unstated:
    return "";
  case Role::writes:
    return "writes";
  case Role::reads:
    return "reads";
  }
  return {};
}

std::string toString(CountKind kind) {
  switch (kind) {
  case CountKind::exact:
    return "exact";
  case CountKind::estimate:
    return "estimate";
  case CountKind::visibleOnly:
    return "visible-only";
  }
  return {};
}

std::string usersText(const Known<UsersFact>& users) {
  if (!users || !users->count)
    return "?";
  return (users->kind == CountKind::estimate ? "~" : "") + withCommas(*users->count);
}

} // namespace whichbase::topology
