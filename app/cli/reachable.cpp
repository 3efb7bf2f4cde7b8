#include "cli/reachable.h"

#include "history/take_fingerprint.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::cli {
namespace {

using topology::Database;

// A remembered database is found again by its identifiers. Where two are alike, neither is taken for the other.
std::vector<const probe::Target*> targetsOfGhost(const Database& ghost, const topology::Snapshot& after,
                                                 const ProjectProbe& probing) {
  const auto isAlike = [&](const Database& other) {
    return other.systemIdentifier == ghost.systemIdentifier && other.oid == ghost.oid;
  };
  std::vector<const probe::Target*> targets;
  if (!ghost.systemIdentifier || std::ranges::count_if(after.databases, isAlike) != 1)
    return targets;
  for (const auto& remembered : probing.plan().ghosts) {
    const auto seen = probing.seen().find(remembered.observation);
    if (seen == probing.seen().end() || !seen->second.facts)
      continue;
    const auto& facts = *seen->second.facts;
    if (facts.systemIdentifier.value == ghost.systemIdentifier && facts.databaseOid == ghost.oid)
      targets.push_back(&probing.plan().targets.at(remembered.observation));
  }
  return targets;
}

bool equalIgnoringCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

} // namespace

std::vector<Reachable> reachableIn(const topology::Snapshot& after, const ProjectProbe& probing) {
  std::vector<Reachable> reachable;
  for (const auto& database : after.databases) {
    if (!database.answered || database.gone)
      continue;
    auto targets =
        database.ghost ? targetsOfGhost(database, after, probing) : history::targetsTo(database, after, probing.plan());
    if (!targets.empty())
      reachable.push_back({database, std::move(targets)});
  }
  return reachable;
}

std::string databaseCalled(std::string_view name, const topology::Snapshot& after) {
  for (const auto& server : after.servers)
    if (server.name == name)
      return server.database;
  for (const auto& database : after.databases)
    if (equalIgnoringCase(database.id, name))
      return database.id;
  return {};
}

std::string nameOf(const std::string& id, const std::string& label) {
  return label.empty() ? id : fmt::format("{} ({})", id, label);
}

} // namespace whichbase::cli
