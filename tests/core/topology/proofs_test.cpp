// What was proven beyond a sweep: how it is told, when it still holds, and that it follows every letter.
#include "built_sighting.h"
#include "support/sample_parts.h"
#include "topology/continuity.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::topology {
namespace {

using samples::at;

RowsFact usersOfIncident() {
  RowsFact rows;
  rows.a = "A";
  rows.b = "B";
  rows.relation = "public.\"User\"";
  rows.ofUsers = true;
  rows.inA = 22;
  rows.inB = 1;
  rows.onlyInA = 21;
  rows.at = at("2025-12-03T14:05:00Z");
  return rows;
}

ServerCheck seen(const std::string& server, const std::string& database, double ms) {
  return {server, database, true, true, ms, true, {}};
}

Verification writeTest(const Snapshot& snapshot) {
  Verification verification;
  verification.means = Verification::Means::testRow;
  verification.at = at("2025-12-03T14:31:00Z");
  double ms = 1.4;
  for (const Server& server : snapshot.servers)
    verification.servers.push_back(seen(server.name, server.database, ms += 1));
  verification.writer = snapshot.servers.front().name;
  verification.everyoneSees = true;
  return verification;
}

Snapshot with(Snapshot snapshot, const Proofs& proofs) {
  applyProofs(snapshot, proofs);
  return snapshot;
}

const Finding& findingOf(const Snapshot& snapshot, const std::string& code) {
  const auto found = std::ranges::find(snapshot.findings, code, &Finding::code);
  static const Finding none;
  EXPECT_NE(found, snapshot.findings.end()) << "no finding " << code;
  return found == snapshot.findings.end() ? none : *found;
}

TEST(Proofs, RowsAreToldOnOneLine) {
  RowsFact rows = usersOfIncident();
  EXPECT_EQ(toText(rows), "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both");
  EXPECT_EQ(toText(turned(rows)), "1 in B, 22 in A: 0 only in B, 21 only in A, 1 in both");
  rows.inA = 1'000'003;
  rows.inB = 1'000'000;
  rows.onlyInA = 5;
  rows.onlyInB = 2;
  rows.different = 3;
  rows.settled = false;
  EXPECT_EQ(toText(rows), "1,000,003 in A, 1,000,000 in B: 5 only in A, 2 only in B, 999,998 in both (3 of them "
                          "different); rows were written meanwhile");
}

TEST(Proofs, RowsThatWereComparedStandInTheVerdictAndInTheFinding) {
  const Snapshot before = with(samples::incidentBefore(), {{usersOfIncident()}, {}});
  EXPECT_EQ(before.verdict.detail, "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both.");
  const Finding& finding = findingOf(before, "user-counts-differ");
  EXPECT_EQ(finding.text, "Counted in public.\"User\": 22 in A and 1 in B. Rows: 22 in A, 1 in B: 21 only in A, 0 only "
                          "in B, 1 in both.");
  EXPECT_EQ(finding.remedy, "Copy the 21 users that only A has to B; or confirm that nothing needs them.");
}

TEST(Proofs, WithoutThemTheNextStepIsToCompare) {
  const Snapshot before = samples::incidentBefore();
  EXPECT_EQ(before.verdict.detail, "22 users in A, 1 in B. Rows not compared yet.");
  EXPECT_EQ(findingOf(before, "user-counts-differ").remedy,
            "Compare the rows of A and B, which tells what users are missing where, before anything is copied or "
            "deleted.");
}

TEST(Proofs, RowsOfTheOtherDirectionAreTheSameRows) {
  const Snapshot before = with(samples::incidentBefore(), {{turned(usersOfIncident())}, {}});
  EXPECT_EQ(before.verdict.detail, "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both.");
}

TEST(Proofs, RowsAreOfTheirTimeOnceTheNumbersHaveChanged) {
  RowsFact rows = usersOfIncident();
  rows.inA = 20;
  rows.onlyInA = 19;
  rows.at = at("2025-12-03T13:40:00Z");
  const Snapshot before = with(samples::incidentBefore(), {{rows}, {}});
  EXPECT_FALSE(isCurrent(rows, before));
  EXPECT_EQ(before.verdict.detail,
            "22 users in A, 1 in B. Compared 13:40 UTC, before something changed: 20 in A, 1 in B: 19 only in A, 0 "
            "only in B, 1 in both.");
  EXPECT_EQ(findingOf(before, "user-counts-differ").remedy.substr(0, 19), "Compare the rows of");
}

TEST(Proofs, TheLatestComparisonOfTwoDatabasesCounts) {
  RowsFact older = usersOfIncident();
  older.onlyInA = 22;
  older.onlyInB = 1;
  older.at -= std::chrono::minutes(10);
  const Snapshot before = with(samples::incidentBefore(), {{usersOfIncident(), older}, {}});
  EXPECT_EQ(before.verdict.detail, "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both.");
}

TEST(Proofs, RowsOfAnotherRelationAreNotTheUsers) {
  RowsFact rows = usersOfIncident();
  rows.ofUsers = false;
  const Snapshot before = with(samples::incidentBefore(), {{rows}, {}});
  EXPECT_EQ(before.verdict.detail, "22 users in A, 1 in B. Rows not compared yet.");
}

TEST(Proofs, EqualNumbersOfDifferentUsersAreAFinding) {
  BuiltSighting sight;
  sight.server("One", sight.target(plainFacts(1)));
  sight.server("Two", sight.target(plainFacts(2)));
  RowsFact rows;
  rows.a = "A";
  rows.b = "B";
  rows.ofUsers = true;
  rows.inA = rows.inB = 10;
  rows.onlyInA = rows.onlyInB = 3;
  rows.different = 2;
  rows.at = timeOf("2026-01-01T00:10:00Z");
  const Snapshot snapshot = with(sight.assembled(), {{rows}, {}});
  EXPECT_FALSE(hasFinding(snapshot, "user-counts-differ"));
  const Finding& finding = findingOf(snapshot, "user-rows-differ");
  EXPECT_EQ(finding.title, "Users differ, though as many: 3 only in A, 3 only in B and 2 different");
  EXPECT_EQ(finding.subjects, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(finding.remedy, "Merge both: 3 users only A has, and 3 users only B has; decide which side is right for "
                            "the 2 users that differ; or confirm that nothing needs them.");
  rows.onlyInA = rows.onlyInB = rows.different = 0;
  EXPECT_FALSE(hasFinding(with(sight.assembled(), {{rows}, {}}), "user-rows-differ"));
}

TEST(Proofs, UsersThatOnlyAGhostHasAreLeftBehind) {
  Comparison incident = samples::incident();
  RowsFact rows = usersOfIncident();
  rows.inB = 22;
  rows.onlyInA = rows.onlyInB = 4;
  applyProofs(incident.after, {{rows}, {}});
  const Finding& finding = findingOf(incident.after, "left-behind");
  EXPECT_NE(finding.text.find("Users: Compared 14:05 UTC: 22 in A, 22 in B: 4 only in A, 4 "
                              "only in B, 18 in both."),
            std::string::npos)
      << finding.text;
  rows.inB = 20; // what was compared is not what B holds now
  applyProofs(incident.after, {{rows}, {}});
  EXPECT_EQ(findingOf(incident.after, "left-behind").title, "4 tables existed only in A");
}

TEST(Proofs, AWriteTestStandsInTheVerdict) {
  const Snapshot after = samples::incidentAfter();
  const Snapshot tested = with(after, {{}, writeTest(after)});
  EXPECT_TRUE(tested.verdict.detail.ends_with(" Write test 14:31 UTC: seen by all 3 in 5 ms."))
      << tested.verdict.detail;
  ASSERT_TRUE(toldVerification(tested));
  EXPECT_TRUE(toldVerification(tested)->current);
}

TEST(Proofs, AWriteTestIsOfItsTimeOnceALinkHasChanged) {
  const Snapshot after = samples::incidentAfter();
  Verification verification = writeTest(after);
  verification.servers.front().database = "C";
  const Snapshot moved = with(after, {{}, verification});
  EXPECT_FALSE(isCurrent(verification, moved));
  EXPECT_TRUE(moved.verdict.detail.ends_with(" Before something changed: Write test 14:31 UTC: seen by all 3 in 5 ms."))
      << moved.verdict.detail;
  verification.at = after.finishedAt + std::chrono::seconds(1); // it saw more than the last probe did
  EXPECT_EQ(with(after, {{}, verification}).verdict.detail.find(" Otherwise than the last probe: Write test "),
            moved.verdict.detail.find(" Before something changed: "));
  Verification fewer = writeTest(after);
  fewer.servers.pop_back();
  EXPECT_FALSE(isCurrent(fewer, after)) << "a server was added since";
  Snapshot lost = after;
  lost.servers.front().failure = Failure{};
  lost.servers.front().database.clear();
  EXPECT_FALSE(isCurrent(writeTest(after), lost));
  Snapshot movedThere = after;
  movedThere.endpointMoves = {{"Dashboard", "A", "B", at("2025-12-03T14:40:00Z"), false}};
  EXPECT_FALSE(isCurrent(writeTest(after), movedThere));
}

TEST(Proofs, WhoDidNotSeeTheRowIsNamed) {
  const Snapshot after = samples::incidentAfter();
  Verification verification = writeTest(after);
  verification.everyoneSees = false;
  verification.servers[1].saw = verification.servers[1].confirmedDeletion = false;
  verification.servers[1].seenAfterMs.reset();
  const Snapshot tested = with(after, {{}, verification});
  EXPECT_TRUE(tested.verdict.detail.ends_with("Write test 14:31 UTC: not seen by Dashboard.")) << tested.verdict.detail;
  EXPECT_EQ(findingOf(tested, "not-seen-by-all").title, "Dashboard did not see the test row");
  verification.servers[1].reached = false;
  verification.servers[2].confirmedDeletion = false;
  EXPECT_EQ(toText(verification, after.finishedAt), "Write test 14:31 UTC: Dashboard was not reached; its deletion was "
                                                    "not confirmed by Staging Backend.");
  verification.servers.clear();
  EXPECT_EQ(toText(verification, after.finishedAt), "Write test 14:31 UTC: not carried out.");
}

TEST(Proofs, DelaysAreRoundedUp) {
  const Snapshot after = samples::incidentAfter();
  Verification verification = writeTest(after);
  for (ServerCheck& check : verification.servers)
    check.seenAfterMs = 0.01;
  EXPECT_EQ(toText(verification, after.finishedAt), "Write test 14:31 UTC: seen by all 3 in 1 ms.");
  verification.servers.pop_back();
  verification.servers[0].seenAfterMs = 1201;
  EXPECT_EQ(toText(verification, after.finishedAt), "Write test 14:31 UTC: seen by both in 1.3 s.");
}

TEST(Proofs, RaisedFlagsAreToldAsAReadOnlyCheck) {
  const Snapshot after = samples::incidentAfter();
  Verification verification = writeTest(after);
  verification.means = Verification::Means::flags;
  EXPECT_EQ(toText(verification, after.finishedAt), "Checked 14:31 UTC: each of 3 servers sees the others' flags.");
  verification.servers[2].saw = false;
  verification.servers[2].note = "reads a standby of B, 3 s behind";
  EXPECT_EQ(toText(verification, after.finishedAt),
            "Checked 14:31 UTC: all 3 servers lead to one source; Staging Backend: reads a standby of B, 3 s behind.");
  verification.everyoneSees = false;
  verification.servers[2].note.clear();
  EXPECT_EQ(toText(verification, after.finishedAt),
            "Checked 14:31 UTC: Staging Backend does not see the others' flags.");
}

TEST(Proofs, FollowTheLettersOfAComparison) {
  // Looked at alone, B of before is the only database of after, and is A there.
  Snapshot after = assemble(samples::incidentAfterSighting());
  const std::string alone = after.servers.front().database;
  RowsFact rows = usersOfIncident();
  rows.a = alone;
  after.proofs = {{rows}, writeTest(after)};
  const Comparison comparison = compare(samples::incidentBefore(), after);
  const std::string now = comparison.after.servers.front().database;
  EXPECT_EQ(comparison.after.proofs.rows.at(0).a, now);
  for (const ServerCheck& check : comparison.after.proofs.verification->servers)
    EXPECT_EQ(check.database, now);
  EXPECT_TRUE(isCurrent(*comparison.after.proofs.verification, comparison.after));
}

TEST(Proofs, FollowTheLettersOfAWatch) {
  const Snapshot before = samples::incidentBefore();
  Continuity continuity(&before);
  Snapshot after = assemble(samples::incidentAfterSighting());
  after.proofs.verification = writeTest(after);
  const Snapshot followed = continuity.follow(after);
  EXPECT_TRUE(isCurrent(*followed.proofs.verification, followed));
  EXPECT_NE(followed.verdict.detail.find("Write test 14:31 UTC: seen by all 3"), std::string::npos);
}

TEST(Proofs, AreTakenOverFromAnEarlierSweepByIdentifier) {
  Snapshot earlier = samples::incidentAfter();
  earlier.proofs.verification = writeTest(earlier);
  Snapshot next = samples::incidentAfter();
  for (Database& database : next.databases)
    if (database.id == next.servers.front().database)
      database.id = "Q";
  for (Server& server : next.servers)
    server.database = "Q";
  rememberFrom(next, earlier);
  ASSERT_TRUE(next.proofs.verification);
  EXPECT_EQ(next.proofs.verification->servers.front().database, "Q");
  EXPECT_TRUE(toldVerification(next)->current);
}

TEST(Proofs, OfADatabaseThatIsNotThereAreNotGivenToAnother) {
  const Proofs now = relettered({{usersOfIncident()}, writeTest(samples::incidentAfter())}, {{"A", "C"}});
  EXPECT_TRUE(now.rows.empty());
  for (const ServerCheck& check : now.verification->servers)
    EXPECT_TRUE(check.database.empty() || check.database == "C");
}

} // namespace
} // namespace whichbase::topology
