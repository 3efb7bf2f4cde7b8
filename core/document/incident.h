// What an incident report is made from: recorded values alone, so that the same recording gives the same report, byte
// for byte.
#pragma once

#include "history/history.h"
#include "topology/snapshot.h"

#include <map>
#include <optional>
#include <string>
#include <variant>

namespace whichbase::document {

struct Incident {
  // One side alone, or before against after; with their proofs (Snapshot::proofs).
  std::variant<topology::Snapshot, topology::Comparison> state;
  // What the incident's file holds up to that state: events and notes, users over time, when somebody watched. Nothing
  // where only snapshots were given.
  std::optional<history::Overview> recorded{};
  // What the engineer wrote, by the prompts' keys (see Prompt).
  std::map<std::string, std::string> written{};

  const topology::Comparison* comparison() const { return std::get_if<topology::Comparison>(&state); }
  const topology::Snapshot* before() const { return comparison() ? &comparison()->before : nullptr; }
  const topology::Snapshot& present() const {
    return comparison() ? comparison()->after : std::get<topology::Snapshot>(state);
  }
  // The report's date: when its state was last seen, never the time at which the report is made.
  topology::UtcTime at() const { return present().finishedAt; }
};

// In the incident's file (History::setText) the prompts' texts stand under this prefix: "report/lessons".
inline constexpr const char* writtenPrefix = "report/";

} // namespace whichbase::document
