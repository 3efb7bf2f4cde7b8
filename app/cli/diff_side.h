// One of the two that `diff` compares: a database that can be asked now, or what was recorded of one.
#pragma once

#include "cli/probed_incident.h"
#include "compare/databases.h"

#include <expected>
#include <string>

namespace whichbase::cli {

struct DiffSide {
  std::string name;     // for texts: "A", or the server's or the file's name
  std::string database; // id in the probe's snapshot; empty for a file
  compare::ComparedSide side;
  std::string note; // a sentence where it is not what somebody may expect; else empty
  bool isLive() const { return std::holds_alternative<compare::Endpoint>(side); }
};

// "inventory.json", "before.snapshot.json:A", "./a".
bool namesFile(const std::string& name);
// An inventory that was kept, or a database of a snapshot: FILE where it has one only, FILE:LETTER.
std::expected<DiffSide, compare::Problem> sideFromFile(const std::string& name);

// By its letter, or by a server's name: then over that server's own connection. A database that does not answer is what
// the incident's history kept of it, or what the probe's snapshots remember.
std::expected<DiffSide, compare::Problem> sideOf(const std::string& name, const ProbedIncident& incident);

// Under which the history keeps a database's schema, as compare::toJson writes it.
std::string schemaKey(const std::string& database);

} // namespace whichbase::cli
