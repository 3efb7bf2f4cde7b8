// Small snapshots built by hand, to lay out.
#pragma once

#include "topology/snapshot.h"

#include <string>

namespace whichbase::layout::tests {

inline topology::Server server(const std::string& name, const std::string& database,
                               topology::Role role = topology::Role::reads,
                               const std::string& environment = "production") {
  topology::Server result;
  result.name = name;
  result.address = "203.0.113.20";
  result.environment = environment;
  result.role = role;
  result.database = database;
  if (database.empty())
    result.failure = topology::Failure{topology::Stage::connect, "refused", "Start it.", false, {}};
  return result;
}

inline topology::Database database(const std::string& id, std::int64_t users = 22) {
  topology::Database result;
  result.id = id;
  result.identityProven = !id.starts_with('?');
  result.name = "TovPlay";
  result.label = "Database " + id;
  result.address = "203.0.113.196:5432";
  topology::UsersFact fact;
  fact.count = topology::Known<std::int64_t>::of(users);
  result.users = topology::Known<topology::UsersFact>::of(fact);
  return result;
}

// Production Backend on A, Dashboard and Staging Backend on B; then all on B, A left as a ghost.
inline topology::Comparison incident() {
  using topology::Role;
  topology::Comparison result;
  result.before.databases = {database("A"), database("B", 1)};
  result.before.servers = {server("Production Backend", "A", Role::writes), server("Dashboard", "B", Role::reads, ""),
                           server("Staging Backend", "B", Role::reads, "staging")};
  result.after = result.before;
  result.after.servers[0].database = "B";
  result.after.databases[0].ghost = true;
  return result;
}

} // namespace whichbase::layout::tests
