// The reference incident as Whichbase sees it: probed live in both acts.
#include "demo/incident.h"
#include "probe/plan.h"
#include "topology/assemble.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace whichbase;
using topology::Finding;
using topology::Side;
using topology::Snapshot;
using topology::VerdictKind;

Snapshot probed(const demo::Incident& incident, const Snapshot* before) {
  const auto project = project::load(incident.projectFile());
  EXPECT_TRUE(project) << (project ? "" : project.error().text);
  const auto secret = [&](const std::string& name) { return incident.secret(name); };
  return probe::probeSide(*project, Side::after, {secret}, before, {}, {});
}

const Finding* findingOf(const std::vector<Finding>& findings, const std::string& code) {
  const auto found = std::ranges::find(findings, code, &Finding::code);
  return found == findings.end() ? nullptr : &*found;
}

std::string codesOf(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings)
    codes.push_back(finding.code);
  return fmt::format("{}", fmt::join(codes, " "));
}

std::string databasesOf(const Snapshot& snapshot) {
  std::string text;
  for (const topology::Server& server : snapshot.servers)
    text += server.failure ? "failed: " + server.failure->text + ' ' : server.database + ' ';
  return text;
}

TEST(IncidentProbed, IsASplitThenOneSourceWithWhatWasLeftBehindNamed) {
  auto incident = demo::Incident::start({});
  ASSERT_TRUE(incident) << incident.error().text;
  Snapshot before = probed(**incident, nullptr);
  before.side = Side::before;
  EXPECT_EQ(databasesOf(before), "A B B ");
  EXPECT_EQ(before.verdict.kind, VerdictKind::split) << before.verdict.text;
  ASSERT_NE(before.database("A"), nullptr);
  ASSERT_NE(before.database("B"), nullptr);
  EXPECT_EQ(topology::usersText(before.database("A")->users), "22");
  EXPECT_EQ(topology::usersText(before.database("B")->users), "1");
  EXPECT_EQ(before.database("A")->label, "Local container");
  for (const char* code : {"split", "writers-and-readers-apart", "same-name-different-database", "user-counts-differ",
                           "tables-missing", "triggers-missing", "stale-database", "url-read-differently"})
    EXPECT_TRUE(findingOf(before.findings, code)) << code << " is not among " << codesOf(before.findings);

  ASSERT_TRUE((*incident)->playActTwo({}));
  const Snapshot now = probed(**incident, &before);
  const topology::Comparison comparison = topology::compare(before, now);
  const Snapshot& after = comparison.after;
  EXPECT_EQ(databasesOf(after), "B B B ");
  EXPECT_EQ(after.verdict.kind, VerdictKind::singleSource) << after.verdict.text;
  EXPECT_TRUE(after.verdict.provenBySessions) << after.verdict.text;
  ASSERT_NE(after.database("B"), nullptr);
  EXPECT_EQ(topology::usersText(after.database("B")->users), "22");
  EXPECT_EQ(after.database("B")->tables.value->size(), 13u);

  const Finding* leftBehind = findingOf(comparison.findings, "left-behind");
  ASSERT_TRUE(leftBehind) << codesOf(comparison.findings);
  for (const char* table : {"audit_log", "game_backup", "login_history", "user_archive"})
    EXPECT_NE(leftBehind->text.find(table), std::string::npos) << leftBehind->text;
  const Finding* triggers = findingOf(comparison.findings, "triggers-missing");
  ASSERT_TRUE(triggers) << codesOf(comparison.findings);
  for (const char* trigger : {"protect_users", "protect_games", "protect_sessions"})
    EXPECT_NE(triggers->text.find(trigger), std::string::npos) << triggers->text;
  for (const char* code : {"writers-and-readers-apart", "user-counts-differ", "stale-database"})
    EXPECT_TRUE(findingOf(comparison.fixed, code)) << code << " is not among " << codesOf(comparison.fixed);
}

} // namespace
