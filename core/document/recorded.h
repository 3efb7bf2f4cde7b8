// An incident as its file has it, up to a time: what a report of it is made from.
#pragma once

#include "document/incident.h"

#include <expected>
#include <optional>

namespace whichbase::document {

// The last state that was recorded until `at` (empty: of all), with what was proven, noted and written until then.
// Where no before side was recorded and the servers were split while somebody watched, the last state of that is
// before. The error: nothing was recorded by that time, or the file cannot be read.
std::expected<Incident, history::Error> incidentIn(const history::History& file,
                                                   std::optional<topology::UtcTime> at = std::nullopt);

// The same with what a probe saw just now as the present; `before` where the project has one.
std::expected<Incident, history::Error> incidentNow(const history::History& file,
                                                    const std::optional<topology::Snapshot>& before,
                                                    const topology::Snapshot& after);

// The texts written into the incident's report, by the prompts' keys.
std::expected<std::map<std::string, std::string>, history::Error> writtenIn(const history::History& file);

// When a state that was known from `from` on was seen for the last time: nothing else was seen in what was watched
// since.
topology::UtcTime lastSeen(const history::Overview& overview, topology::UtcTime from);

// Without what is later than `at`; a watched span that reaches over it ends there.
history::Overview until(history::Overview overview, topology::UtcTime at);

} // namespace whichbase::document
