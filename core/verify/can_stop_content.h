// What exists only in the database in question: its objects and rows, against those of each database that is in use.
#pragma once

#include "verify/can_stop.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::verify {

// A database that may hold the same content.
struct ContentSide {
  std::string id;
  std::string name;                            // for texts: "B (External)"
  const compare::Endpoint* endpoint = nullptr; // null: it does not answer
};

struct ContentQuestion {
  const StopQuestion* stop = nullptr;
  const topology::Database* database = nullptr;
  bool asked = false; // it answers; otherwise what the snapshot has kept of it is compared
  std::vector<ContentSide> sides;
  std::map<std::string, double> estimates; // rows by table
};

using OnDoing = std::function<void(const std::string& doing)>;

// Reads the schema of each, and compares rows; takes most of the time of the whole question.
void addContent(const ContentQuestion& question, probe::Connector& connector, pg::TimePoint deadline,
                const std::stop_token& stop, const OnDoing& onDoing, StopAnswer& answer);

// Of the differences, what `from` alone has, by code; pure. More than one comparison: what none of the others has.
std::vector<StopReason> onlyHere(const std::vector<compare::SchemaComparison>& comparisons,
                                 const std::vector<std::string>& names);

} // namespace whichbase::verify
