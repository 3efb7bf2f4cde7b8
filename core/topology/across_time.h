// Which database of one time is which of another. Flags cannot be raised across time: the same letter then means equal
// system identifier and oid, and that it is the same running instance (equal start time, and no other has that) or the
// one live candidate on either side.
#pragma once

#include "topology/snapshot.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace whichbase::topology {

struct Rematch {
  std::map<std::string, std::string> ids; // by after's present id: its id beside before
  std::set<std::string> matched;          // of these new ids: those that are before's by identifier
  std::set<std::string> running;          // of `matched`: those that ran on from one to the other
  std::set<std::string> open;             // of before: may be one of after's, and it cannot be told which
  std::vector<Evidence> evidence;         // kind across-time
  std::vector<Finding> findings;          // identity-unknown, where it cannot be told
};

// `settled`: ids of before for present ids of after that are decided already.
Rematch matchAcrossTime(const Snapshot& before, const Snapshot& after,
                        const std::map<std::string, std::string>& settled = {});

// A ghost that did not answer is a copy of what was recorded: whether `recorded` is what it was copied from.
bool isRecordOf(const Database& ghost, const Database& recorded);

// Both known, and equal to the millisecond, which is what a snapshot's file keeps.
bool isSameStart(const Database& a, const Database& b);

// System identifier and oid; empty where identity or identifier are not known.
using DatabaseKey = std::pair<std::uint64_t, std::uint32_t>;
std::optional<DatabaseKey> keyOf(const Database& database);

// The snapshot with other ids for its databases, sorted by them. Verdict and findings are left to diagnose().
void relabel(Snapshot& snapshot, const Rematch& rematch);

} // namespace whichbase::topology
