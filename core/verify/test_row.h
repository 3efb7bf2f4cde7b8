// A test row: written through one server's connection, seen by every server's own, deleted, and the deletion confirmed
// by all. Only ever on somebody's express wish, who saw the SQL.
#pragma once

#include "compare/problem.h"
#include "probe/connector.h"
#include "topology/proofs.h"
#include "verify/journal.h"
#include "verify/participant.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::verify {

enum class TestRowPlace {
  ownTable,   // whichbase_canary, created for it and dropped
  usersTable, // the users relation
};

struct TestRowWish {
  TestRowPlace place = TestRowPlace::ownTable;
  std::string writer; // server; empty: the first that writes by its role, else the first that can
  // usersTable: the INSERT as the engineer completed it; empty: the template. It must hold the token.
  std::string insertSql{};
  std::string token{}; // of an earlier plan, whose template was completed; empty: a new one
};

// A column of the primary key, as a condition finds its value: `before` '5' `after`.
struct KeyPart {
  std::string column; // quoted
  std::string before; // "id OPERATOR(pg_catalog.=) "
  std::string after;  // "::bigint"
  bool operator==(const KeyPart&) const = default;
};

// What will be done, exactly, found out by looking only.
struct TestRowPlan {
  TestRowPlace place = TestRowPlace::ownTable;
  std::string token;    // "whichbase-3f9c…", unique
  std::string writer;   // server
  std::string database; // id, where its connection leads
  std::string relation; // quoted and schema-qualified
  // In the order in which they run; each is a transaction of its own. Those that are empty do not run.
  std::string createSql;
  std::string insertSql; // usersTable: a template from the catalog until it is completed
  std::string seeSql;    // what each server's own session asks until it sees the row
  std::string deleteSql;
  std::string dropSql;
  bool isComplete = true;          // false: the template has places to fill in
  std::vector<std::string> toFill; // "public.users.email (text, NOT NULL, must hold the token)"
  // What may happen beyond the row: triggers by name and table, event triggers, publications, rules.
  std::vector<std::string> warnings;
  // Why it must not be done: a trigger that forbids the deletion, no privilege, no disk to lose. Not empty: refused.
  std::vector<std::string> refusals;
  bool writesToProduction = false; // the project's name has to be typed
  // Of the database, where known: the row goes nowhere else.
  std::optional<std::uint64_t> systemIdentifier{};
  std::uint32_t oid = 0;
  std::string presentSql{}; // how many are left
  std::string removeSql{};  // what anybody can run there by hand; harmless where nothing is left
  // usersTable: how the row is found.
  std::string condition{};          // "email OPERATOR(pg_catalog.=) 'whichbase-…@example.org'"
  std::vector<KeyPart> key{};       // the primary key, used beside the token once it is known
  std::string usersRelation{};      // as found when it was planned; empty: none
  std::vector<std::string> roles{}; // ownTable: of the other sessions, which are to read it
};

// Connects through the writer's connection, and reads the catalog.
std::expected<TestRowPlan, compare::Problem> planTestRow(const std::vector<Participant>& participants,
                                                         const TestRowWish& wish, probe::Connector& connector,
                                                         pg::TimePoint deadline);

enum class TestRowStep { inserting, waiting, deleting, confirming, done };

struct TestRowLine {
  TestRowStep step = TestRowStep::inserting;
  std::size_t server = 0; // index of the participant that `check` is about; those of the writer come too
  topology::ServerCheck check;
};
using OnTestRowLine = std::function<void(const TestRowLine& line)>; // on the working thread

struct TestRowOptions {
  std::chrono::milliseconds seeWithin{10'000}; // each server has so long to see the row, and its deletion
  std::chrono::milliseconds connectWithin{10'000};
  std::string project{}; // path and title for the journal
  std::string title{};
};

struct TestRowResult {
  topology::Verification verification;
  bool refused = false;     // nothing was written, and will not be
  bool provenApart = false; // a server looked all the time, and does not see what the others do
  bool inserted = false;
  bool deleted = false; // proven: the deletion was acknowledged, or nothing is left
  // What was left behind and how to remove it, where it could not be removed: exactly what to run.
  std::string leftBehind;
  std::vector<std::string> problems; // redacted sentences, in the order of time
};

// Refuses an incomplete or refused plan before it writes anything. A stop deletes the row before it returns.
TestRowResult writeTestRow(const TestRowPlan& plan, const std::vector<Participant>& participants,
                           const TestRowOptions& options, Journal& journal, probe::Connector& connector,
                           std::stop_token stop, const OnTestRowLine& onLine = {});

// What an earlier run left: removes it through the connection of the server that wrote it, or of another that leads to
// the same database, and tells what was done, or exactly what to run and why it was not.
struct Removal {
  JournalEntry entry;
  bool removed = false; // nothing is left
  std::string text;     // a sentence
};
std::vector<Removal> removeLeftBehind(const std::vector<Participant>& participants, Journal& journal,
                                      const std::string& project, probe::Connector& connector, pg::TimePoint deadline);

std::string toText(const TestRowPlan& plan); // for people, before it is confirmed: SQL, warnings, refusals
std::string toText(const TestRowResult& result);
std::string
toJson(const TestRowResult& result); // {"format": "whichbase/verification", "version": 1, "means": "test-row", …}

} // namespace whichbase::verify
