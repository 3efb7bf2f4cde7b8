// What a report's sections say, whatever the format that they are shown in.
#pragma once

#include "topology/snapshot.h"

#include <string>
#include <vector>

namespace whichbase::report {

std::string signOf(topology::Severity severity);       // "✗", "!", "i"
std::string titleOf(const topology::Finding& finding); // its text where it has no title

// "External: TovPlay on 203.0.113.196:5432; PostgreSQL 15.18; initialised 2025-11-30; system …, oid 16385"
std::string describe(const topology::Database& database);

// Masked; "(no connection on this side)" where there is no server.
std::string connectionText(const topology::Server* server);

// Strings of one server, or of several that have the same.
struct Configured {
  std::vector<std::string> servers;
  const topology::Server* before = nullptr;
  const topology::Server* after = nullptr;

  const topology::MaskedConnection& present() const { return (after ? after : before)->connection; }
  std::string safeForm() const; // empty where the string is safe as it is
  std::string source() const;   // where string and password come from, the project itself left out
};
// In the project's order; before may be null.
std::vector<Configured> configuredIn(const topology::Snapshot* before, const topology::Snapshot* after);

// Not split, not undetermined, and no error found.
bool isFine(const topology::Snapshot& snapshot);
// What to do about errors and warnings, the most urgent first, each behind what it is for.
std::vector<std::string> remediesOf(const std::vector<topology::Finding>& findings);
// What was done from before to after, as sentences; findings and verdict have words of their own.
std::vector<std::string> changesOf(const topology::Comparison& comparison);

// "Rows of users, compared 14:02 UTC: 22 in A, 1 in B: …"
std::string rowsLine(const topology::RowsFact& rows, const topology::Snapshot& snapshot);
// "at most 2.3 ms": rounded up, since what is measured is an upper bound.
std::string delayWords(double ms);
// "Dashboard on B: saw it after at most 3.4 ms; confirmed the deletion"; `isRow`: of a test row.
std::string checkLine(const topology::ServerCheck& check, bool isRow);

} // namespace whichbase::report
