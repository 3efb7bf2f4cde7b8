#include "document/claims.h"
#include "history/event.h"
#include "sample_incident.h"
#include "support/sample_snapshots.h"
#include "topology/continuity.h"

#include <gtest/gtest.h>

using namespace whichbase;
using namespace whichbase::document;
using topology::Side;
using topology::Snapshot;

namespace {

// Of the incident as it was watched: what happened is what eventsBetween() makes of it.
Incident watched(const std::vector<history::Span>& spans) {
  topology::Continuity continuity;
  Snapshot found = samples::incidentBefore();
  found.side = Side::after;
  found = continuity.follow(found);
  const Snapshot repaired = continuity.follow(samples::incidentAfter());
  history::Overview recorded;
  recorded.spans = spans.empty() ? std::vector<history::Span>{{found.finishedAt, repaired.finishedAt}} : spans;
  recorded.events = history::eventsBetween(found, repaired);
  return {repaired, recorded};
}

std::string only(const std::vector<std::string>& texts) {
  return texts.size() == 1 ? texts.front() : std::to_string(texts.size()) + " texts";
}

TEST(Claims, ASplitThatWasWatchedToItsEndLastedAtLeastSoLong) {
  EXPECT_EQ(only(durationOf(watched({}))),
            "Split when it was first seen, at 2025-12-03 14:02:11 UTC, until 2025-12-03 14:31:30 UTC: at least 29 "
            "minutes; when it began was not recorded.");
}

TEST(Claims, OfWhatNobodyWatchedNoDurationIsClaimed) {
  const auto whole = watched({}).recorded->spans.front();
  const auto texts = durationOf(watched(
      {{whole.from, whole.from + std::chrono::minutes(5)}, {whole.from + std::chrono::minutes(9), whole.until}}));
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_NE(texts[0].find("29 minutes lie between, of which not all were watched"), std::string::npos) << texts[0];
  EXPECT_EQ(texts[0].find("at least"), std::string::npos) << texts[0];
  EXPECT_NE(texts[1].find("Nobody watched from 2025-12-03 14:07:11 UTC"), std::string::npos) << texts[1];
}

TEST(Claims, TwoSnapshotsAloneTellNeitherBeginNorEnd) {
  const std::string text = only(durationOf({samples::incident()}));
  EXPECT_NE(text.find("When it began, and when between these two it ended, was not recorded."), std::string::npos)
      << text;
}

TEST(Claims, ASplitThatEndsInUnknownIsNotSaidToHaveEnded) {
  Incident incident = watched({});
  history::Event& turn = incident.recorded->events.front();
  ASSERT_EQ(turn.kind, history::EventKind::verdictChanged);
  turn.text = "Verdict: split → undetermined. Cannot tell.";
  const std::string text = only(durationOf(incident));
  EXPECT_NE(text.find("when not every server could be proven any more: at least"), std::string::npos) << text;
}

TEST(Claims, TheSummaryNamesServersTimeAndStandpoint) {
  EXPECT_EQ(claimOf(samples::incidentAfter()),
            "This holds for these 3 servers (Production Backend, Dashboard and Staging Backend), at 2025-12-03 14:31 "
            "UTC, seen from this computer.");
  EXPECT_NE(claimOf(samples::routes()).find("over ssh prod (Production Backend and Nightly Export)"),
            std::string::npos);
}

} // namespace
