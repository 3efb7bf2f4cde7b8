#include "compare/plan_endpoints.h"

#include "history/take_fingerprint.h"

#include <algorithm>

namespace whichbase::compare {
namespace {

// Which of them leads there is found out by connecting: what answers as another database is refused. Where two
// databases bear the same identifiers that would tell nothing.
std::vector<probe::Target> ghostTargets(const topology::Database& ghost, const topology::Snapshot& snapshot,
                                        const probe::Plan& plan) {
  const auto isAlike = [&](const topology::Database& other) {
    return other.systemIdentifier == ghost.systemIdentifier && other.oid == ghost.oid;
  };
  std::vector<probe::Target> targets;
  if (!ghost.systemIdentifier || std::ranges::count_if(snapshot.databases, isAlike) != 1)
    return targets;
  for (const auto& each : plan.ghosts)
    if (const auto& target = plan.targets.at(each.observation); !target.refused)
      targets.push_back(target);
  return targets;
}

} // namespace

std::vector<std::pair<std::string, Endpoint>> endpointsOf(const topology::Snapshot& snapshot, const probe::Plan& plan) {
  std::vector<std::pair<std::string, Endpoint>> endpoints;
  for (const auto& database : snapshot.databases) {
    if (!database.answered || database.gone)
      continue;
    Endpoint endpoint{database.id, {}, database.systemIdentifier, database.oid};
    if (database.ghost)
      endpoint.targets = ghostTargets(database, snapshot, plan);
    else
      for (const probe::Target* target : history::targetsTo(database, snapshot, plan))
        endpoint.targets.push_back(*target);
    if (!endpoint.targets.empty())
      endpoints.emplace_back(database.id, std::move(endpoint));
  }
  return endpoints;
}

} // namespace whichbase::compare
