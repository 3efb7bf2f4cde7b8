// The lines of a database's card, as the pictures of the window have them.
#include "built_sighting.h"
#include "support/sample_snapshots.h"
#include "topology/card_lines.h"

#include <gtest/gtest.h>

namespace whichbase::topology {

void PrintTo(const CardLine& line, std::ostream* out) {
  *out << static_cast<int>(line.sign) << " " << line.text;
}

namespace {

using Lines = std::vector<CardLine>;

Lines linesOf(const Snapshot& snapshot, const std::string& id) {
  return cardLines(snapshot, *snapshot.database(id));
}

TEST(CardLines, BeforeTheFixOneIsCompleteAndTheOtherLacksMuch) {
  const Snapshot before = samples::incidentBefore();
  EXPECT_EQ(linesOf(before, "A"), (Lines{{Sign::good, "17 tables, 3 protection triggers"}}));
  EXPECT_EQ(linesOf(before, "B"),
            (Lines{{Sign::bad, "9 of 17 tables, 0 of 3 triggers"}, {Sign::bad, "newest user is 19 days older"}}));
}

TEST(CardLines, AfterTheFixTheGhostSaysWhenItWasLastReached) {
  const Comparison incident = samples::incident();
  EXPECT_EQ(linesOf(incident.after, "A"), (Lines{{Sign::none, "last reached 14:20 UTC"}}));
  EXPECT_EQ(linesOf(incident.after, "B"), (Lines{{Sign::warning, "13 of 17 tables, 0 of 3 triggers"}}));
}

TEST(CardLines, ACloneAndAnUnknownOneSayWhatTheyAre) {
  const Snapshot sixty = samples::sixtyServers();
  EXPECT_EQ(linesOf(sixty, "A"), (Lines{{Sign::bad, "clone of B, apart for 6 days or more"}}));
  EXPECT_EQ(linesOf(sixty, "B"), (Lines{{Sign::good, "64 tables, 2 triggers"}}));
  const Lines unknown = linesOf(sixty, "?1");
  ASSERT_FALSE(unknown.empty());
  EXPECT_EQ(unknown[0].sign, Sign::unknown);
  EXPECT_EQ(unknown[0].text.substr(0, 18), "identity unknown: ");
}

TEST(CardLines, AStandbySaysWhoseItIs) {
  EXPECT_EQ(linesOf(samples::replica(), "B").front(), (CardLine{Sign::none, "standby of A, 2 seconds behind"}));
}

TEST(CardLines, WhatIsUnknownIsNeverGood) {
  BuiltSighting sight;
  Facts facts = plainFacts(1);
  facts.tables = Known<std::vector<std::string>>::unknown("timeout");
  facts.users = Known<UsersFact>::unknown("none of the usual names exists here");
  sight.server("One", sight.target(facts));
  const Snapshot snapshot = sight.assembled();
  EXPECT_EQ(linesOf(snapshot, "A"), (Lines{{Sign::unknown, "tables unknown"},
                                           {Sign::unknown, "users unknown: none of the usual names exists here"}}));
}

TEST(CardLines, AnOldCountTellsItsAge) {
  BuiltSighting sight;
  Facts facts = plainFacts(1);
  facts.users.value->countedAt = timeOf("2025-12-03T13:59:21Z");
  sight.server("One", sight.target(facts));
  sight.server("Two", sight.target(plainFacts(2)));
  const Snapshot snapshot = sight.assembled();
  EXPECT_EQ(cardLines(snapshot, snapshot.databases[0]).back().text, "users counted 40 seconds ago");
  EXPECT_EQ(cardLines(snapshot, snapshot.databases[1]).size(), 1U);
  EXPECT_EQ(usersText(snapshot.databases[0].users), "10");
}

} // namespace
} // namespace whichbase::topology
