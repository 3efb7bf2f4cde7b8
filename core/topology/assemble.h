// From observations to a snapshot: identify, then diagnose. Pure functions on values.
#pragma once

#include "topology/snapshot.h"

#include <string>
#include <vector>

namespace whichbase::topology {

// All that a sweep saw of one side.
struct Sighting {
  std::string title;
  std::string symptom;
  Side side = Side::after;
  UtcTime startedAt{};
  UtcTime finishedAt{};
  bool complete = true;
  std::vector<ServerSpec> servers;
  std::vector<Label> labels;
  // One a target. The servers point into it; the ghosts do, too.
  std::vector<Observation> observations;
  std::vector<Meeting> meetings;
  // Databases of the before side, visited although no server of this side may use them: the index of the observation,
  // and what was last known of the database. A ghost that turns out to be a server's database is no ghost.
  struct Ghost {
    std::size_t observation = 0;
    Database remembered;
    bool operator==(const Ghost&) const = default;
  };
  std::vector<Ghost> ghosts;
  bool operator==(const Sighting&) const = default;
};

// Fills servers, databases, instances and evidence; letters in the order of the project's servers. See identify.cpp
// for the ladder. Never folds "unknown" into same or different.
Snapshot identify(const Sighting& sighting);

// Fills verdict and findings of a snapshot from its own values. `relettered` copies may be diagnosed again.
void diagnose(Snapshot& snapshot);

// identify() and diagnose().
Snapshot assemble(const Sighting& sighting);

// A later sweep may have reached a ghost that `snapshot` could not reach any more: takes what `earlier`, an earlier
// snapshot of the same side, last knew of it ("not reached since 14:20"), and diagnoses again. Call it before compare()
// when sweeps follow one another.
void rememberFrom(Snapshot& snapshot, const Snapshot& earlier);

// Gives the same database the same id in both, by the rule across time (equal system identifier and oid, one live
// candidate), adds remembered ghosts of before to after, diagnoses both again, and tells what changed.
Comparison compare(const Snapshot& before, const Snapshot& after);

} // namespace whichbase::topology
