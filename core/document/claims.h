// How far what was seen reaches: which servers, when, from where. And for how long it was so.
#pragma once

#include "document/incident.h"
#include "document/report.h"

#include <optional>
#include <string>
#include <vector>

namespace whichbase::document {

// "This holds for these 3 servers (…), at 14:31 UTC …, seen from this computer."
std::string claimOf(const topology::Snapshot& snapshot);

// A change of the present side's verdict, by the verdicts' names, from the text that eventsBetween() gives it.
struct Turn {
  std::string from, to; // "split", "single-source"
};
std::optional<Turn> turnOf(const history::Event& event);

// A time during which the servers were known to be split.
struct SplitTime {
  topology::UtcTime from{};
  std::optional<topology::UtcTime> until; // empty: they were when the report's state was last seen
  bool sinceStart = false;                // it was so from the first sighting on, and may be older
  bool toUnknown = false;                 // it ended since not every server was proven any more
};
// From the history. Empty where that holds no verdict.
std::vector<SplitTime> splitTimes(const Incident& incident);

// How long it lasted, in sentences that claim no more than was seen.
std::vector<std::string> durationOf(const Incident& incident);

// Between two watched spans nobody watched; only what is longer than a minute.
std::vector<history::Span> gapsIn(const history::Overview& overview);

} // namespace whichbase::document
