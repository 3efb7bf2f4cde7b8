// What was proven beyond a sweep, because somebody asked for it: rows that were compared, and whether every server sees
// what one of them writes. Values; they belong to the time at which they were taken.
#pragma once

#include "topology/utc_time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::topology {

struct Snapshot;

// The rows of one relation, compared between two databases.
struct RowsFact {
  std::string a, b;     // ids of databases
  std::string relation; // quoted and schema-qualified; empty: the users relation of either
  bool ofUsers = false; // it is the relation whose users are counted
  std::int64_t inA = 0;
  std::int64_t inB = 0;
  std::int64_t onlyInA = 0;
  std::int64_t onlyInB = 0;
  std::int64_t different = 0; // in both, but not the same
  bool settled = true;        // nobody wrote meanwhile
  UtcTime at{};
  bool operator==(const RowsFact&) const = default;
};

// How one server's own session met what was to be seen.
struct ServerCheck {
  std::string server;
  std::string database; // id where it led then; empty: not reached
  bool reached = false;
  bool saw = false;                  // the flag, or the test row
  std::optional<double> seenAfterMs; // since the write was acknowledged; an upper bound
  bool confirmedDeletion = false;    // of a test row
  std::string note;                  // why not, or what limits it: "standby, 3 s behind"; may be empty
  bool operator==(const ServerCheck&) const = default;
};

// "Does every server see the same data": asked of each server's own connection at one time.
struct Verification {
  enum class Means {
    flags,   // read-only: raised flags between every pair
    testRow, // a row was written, seen, deleted
  };
  Means means = Means::flags;
  UtcTime at{};
  std::string writer;               // the server through which the row was written
  std::string relation;             // where the test row was
  std::vector<ServerCheck> servers; // in the project's order
  bool everyoneSees = false;        // and, for a test row, confirmed the deletion
  bool operator==(const Verification&) const = default;
};

struct Proofs {
  std::vector<RowsFact> rows; // the latest of each pair and relation
  std::optional<Verification> verification;
  bool empty() const { return rows.empty() && !verification; }
  bool operator==(const Proofs&) const = default;
};

// "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both"; with rows that differ: "…, 1 in both (3 of them different)".
std::string toText(const RowsFact& rows);
// "Write test 14:31 UTC: seen by all 3 in 4 ms.", "Checked 14:31 UTC: each of 3 servers sees the others' flags.",
// "Write test 14:31 UTC: not seen by Dashboard."
std::string toText(const Verification& verification, UtcTime reference);

// Whether what was verified still stands: the same servers, each led to the database where it led then, and no endpoint
// moved since. Otherwise it is shown grey, with its age.
bool isCurrent(const Verification& verification, const Snapshot& snapshot);
// Whether both databases answered in the snapshot, and hold as many users as then. Where their number is not known
// exactly, or the rows are of another relation, nothing tells after the next sweep.
bool isCurrent(const RowsFact& rows, const Snapshot& snapshot);
// Like isCurrent(), but what is remembered of a database that no longer answers counts, too: nothing can have been
// copied from it since.
bool isLastKnown(const RowsFact& rows, const Snapshot& snapshot);

// The verification as the verdict's detail ends with it; `current` false: it is to be shown grey.
struct ToldVerification {
  std::string text;
  bool current = false;
};
std::optional<ToldVerification> toldVerification(const Snapshot& snapshot);

// The same rows seen from the other side.
RowsFact turned(const RowsFact& rows);

// The proofs for a snapshot that calls the databases otherwise: by the id then, the id now. What belongs to one that is
// not among these is left out; a verification stays, and is not current.
Proofs relettered(const Proofs& proofs, const std::map<std::string, std::string>& ids);

// Takes the proofs into the snapshot and diagnoses again: the verdict's detail and the findings tell them. What is not
// current any more is told with its time, and never as the present state.
void applyProofs(Snapshot& snapshot, const Proofs& proofs);

} // namespace whichbase::topology
