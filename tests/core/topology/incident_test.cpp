// The reference incident from what was seen to what an engineer reads.
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::topology {
namespace {

std::vector<std::string> codesOf(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings)
    codes.push_back(finding.code);
  return codes;
}

const Finding& findingOf(const std::vector<Finding>& findings, const std::string& code) {
  static const Finding none;
  const auto found = std::ranges::find(findings, code, &Finding::code);
  return found == findings.end() ? none : *found;
}

TEST(Incident, BeforeIsSplitBetweenWriterAndReaders) {
  const Snapshot before = samples::incidentBefore();
  EXPECT_EQ(before.verdict.kind, VerdictKind::split);
  EXPECT_EQ(before.verdict.text, "Production writes to A; the others read B");
  EXPECT_EQ(before.verdict.detail, "22 users in A, 1 in B. Rows not compared yet.");
  EXPECT_EQ(before.server("Production Backend")->database, "A");
  EXPECT_EQ(before.database("A")->label, "Local container");
  EXPECT_EQ(before.database("B")->label, "External");
  EXPECT_EQ(
      codesOf(before.findings),
      (std::vector<std::string>{"split", "writers-and-readers-apart", "same-name-different-database", "tables-missing",
                                "triggers-missing", "stale-database", "user-counts-differ", "url-read-differently"}));
}

TEST(Incident, AfterIsOneSourceProvenBySessions) {
  const Comparison incident = samples::incident();
  EXPECT_EQ(incident.after.verdict.kind, VerdictKind::singleSource);
  EXPECT_TRUE(incident.after.verdict.provenBySessions);
  EXPECT_EQ(incident.after.verdict.text, "All 3 servers are on B");
  EXPECT_EQ(codesOf(incident.findings),
            (std::vector<std::string>{"left-behind", "triggers-missing", "url-read-differently"}));
}

TEST(Incident, WhatWasLeftBehindIsNamed) {
  const Comparison incident = samples::incident();
  const Finding& left = findingOf(incident.findings, "left-behind");
  EXPECT_EQ(left.title, "4 tables existed only in A");
  EXPECT_EQ(left.text, "audit_log, game_backup, login_history and user_archive. A not reached since 14:20 UTC.");
  const Finding& triggers = findingOf(incident.findings, "triggers-missing");
  EXPECT_EQ(triggers.title, "3 protection triggers are missing in B");
  EXPECT_NE(triggers.text.find("A guarded DELETE on Game, Session and User; B does not."), std::string::npos);
}

TEST(Incident, WhatIsFixedIsToldInThePastTense) {
  const Comparison incident = samples::incident();
  std::vector<std::string> titles;
  for (const Finding& each : incident.fixed)
    titles.push_back(each.title);
  EXPECT_EQ(titles,
            (std::vector<std::string>{"Writers and readers were apart", "Two databases under the name “TovPlay”",
                                      "The newest user in B was 19 days older", "User counts differed: 22 and 1"}));
}

TEST(Incident, TheMoveAndItsConsequencesAreChanges) {
  const Comparison incident = samples::incident();
  std::vector<std::string> codes;
  for (const Change& change : incident.changes)
    codes.push_back(change.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"verdict-changed", "server-moved", "database-unused", "user-count-changed",
                                             "tables-changed", "finding-fixed", "finding-fixed", "finding-fixed",
                                             "finding-fixed"}));
}

} // namespace
} // namespace whichbase::topology
