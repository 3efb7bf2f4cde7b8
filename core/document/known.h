// What several sections ask an incident for: its sides, its databases, its findings.
#pragma once

#include "document/incident.h"

#include <string>
#include <vector>

namespace whichbase::document {

// Before where there is one, and the present, with the word for each.
struct NamedSide {
  const topology::Snapshot* snapshot;
  std::string name; // "Before", "After"; "Now" where there is one side alone
};
std::vector<NamedSide> sidesOf(const Incident& incident);

// The state that the incident is told of: before, or the only one.
const topology::Snapshot& troubledSide(const Incident& incident);

// One database on both sides; at least one of them is set.
struct KnownDatabase {
  std::string id;
  const topology::Database* before = nullptr;
  const topology::Database* after = nullptr; // also of a state with one side alone
  const topology::Database& newest() const { return after ? *after : *before; }
};
std::vector<KnownDatabase> databasesOf(const Incident& incident);

// Its users as a cell of a table: "22", "22, last known" where it no longer answers, "–" where there is none.
std::string usersCell(const topology::Database* database);
// The same of any number that was read from it.
std::string cellOf(const topology::Database* database, const std::string& number);

// Rows that were compared, of before first; what both sides have once.
struct ComparedRows {
  NamedSide side;
  topology::RowsFact rows;
};
std::vector<ComparedRows> comparedRows(const Incident& incident);

const std::vector<topology::Finding>& openFindings(const Incident& incident);
std::vector<topology::Finding> fixedFindings(const Incident& incident);
// Of the troubled side, and of the codes that only the present has.
std::vector<topology::Finding> allFindings(const Incident& incident);

// "TovPlay": of the newest side that has one.
std::string titleOf(const Incident& incident);
std::string symptomOf(const Incident& incident);

} // namespace whichbase::document
