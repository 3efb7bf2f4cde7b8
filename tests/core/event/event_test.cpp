// What is an event, and what is none.
#include "history/event.h"
#include "support/sample_parts.h"
#include "support/sample_snapshots.h"
#include "topology/continuity.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whichbase::history {
namespace {

using samples::at;
using topology::Database;
using topology::Known;
using topology::Side;
using topology::Snapshot;
using topology::Stage;
using topology::UtcTime;

constexpr const char* production = "Production Backend";

// Servers on databases of the reference incident, sighted minute by minute by one who watches.
class Story {
public:
  Story() : m_sighting(samples::incidentBeforeSighting()) {
    m_sighting.side = Side::after;
    tick();
  }
  // The sighting of the next minute; changes to it stay.
  topology::Sighting& sighting() { return m_sighting; }
  topology::Facts& factsOf(std::size_t server) {
    return *m_sighting.observations[m_sighting.servers[server].observation].facts;
  }
  void tick() {
    m_earlier = m_later;
    m_sighting.startedAt += std::chrono::minutes(1);
    m_sighting.finishedAt += std::chrono::minutes(1);
    m_later = m_continuity.follow(topology::identify(m_sighting));
  }
  std::vector<Event> events() {
    tick();
    return eventsBetween(m_earlier, m_later);
  }
  void cut(std::size_t server, const std::string& reason = "connection refused") {
    auto& observation = m_sighting.observations[m_sighting.servers[server].observation];
    m_kept = observation;
    observation = samples::failed(Stage::connect, reason, "Start it.", m_sighting.startedAt);
  }
  void heal(std::size_t server) { m_sighting.observations[m_sighting.servers[server].observation] = m_kept; }
  // All servers on the second one's database, whose string they then have.
  void repoint(std::size_t server) {
    m_sighting.servers[server].observation = m_sighting.servers[1].observation;
    m_sighting.servers[server].connection = m_sighting.servers[1].connection;
  }
  const Snapshot& later() const { return m_later; }

private:
  topology::Sighting m_sighting;
  topology::Continuity m_continuity;
  topology::Observation m_kept;
  Snapshot m_earlier, m_later;
};

std::optional<Event> eventIn(const std::vector<Event>& events, EventKind kind) {
  const auto found = std::ranges::find(events, kind, &Event::kind);
  return found == events.end() ? std::nullopt : std::optional(*found);
}

std::string textOf(const std::vector<Event>& events, EventKind kind) {
  const auto event = eventIn(events, kind);
  return event ? event->text : "(no " + toString(kind) + ")";
}

std::vector<std::string> kindsOf(const std::vector<Event>& events) {
  std::vector<std::string> kinds;
  for (const Event& each : events)
    kinds.push_back(toString(each.kind));
  return kinds;
}

TEST(Event, NothingHappenedIsNoEvent) {
  Story story;
  EXPECT_EQ(kindsOf(story.events()), std::vector<std::string>{});
  const Snapshot snapshot = samples::sixtyServers();
  EXPECT_TRUE(eventsBetween(snapshot, snapshot).empty());
}

TEST(Event, AMovedServerAndTheVerdictAreTold) {
  Story story;
  story.repoint(0);
  const auto events = story.events();
  EXPECT_EQ(events.front().kind, EventKind::verdictChanged);
  EXPECT_EQ(events.front().text, "Verdict: split → single-source. " + story.later().verdict.text + ".");
  const auto moved = eventIn(events, EventKind::serverMoved);
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->text, "Production Backend moved from A to B.");
  EXPECT_EQ(moved->subjects, (std::vector<std::string>{production, "A", "B"}));
  EXPECT_EQ(moved->at, story.later().finishedAt);
  EXPECT_EQ(moved->side, Side::after);
  EXPECT_EQ(textOf(events, EventKind::configurationChanged),
            "Production Backend is configured for 203.0.113.196:5432/TovPlay now, and was for postgres:5432/TovPlay.");
  EXPECT_EQ(textOf(events, EventKind::databaseUnreached), "A is not reached any more, last seen with 22 users.");
  EXPECT_FALSE(eventIn(events, EventKind::endpointMoved));
}

TEST(Event, AnEndpointThatMovedIsToldAsThat) {
  Story story;
  const auto string = story.sighting().servers[0].connection;
  story.repoint(0);
  story.sighting().servers[0].connection = string;
  const auto events = story.events();
  EXPECT_EQ(textOf(events, EventKind::endpointMoved),
            "Production Backend moved from A to B; the configuration did not change.");
  EXPECT_FALSE(eventIn(events, EventKind::serverMoved));
  EXPECT_FALSE(eventIn(events, EventKind::configurationChanged));
}

TEST(Event, AMoveWhileTheServerWasAwayIsToldWhenItIsBack) {
  Story story;
  story.cut(0);
  story.tick();
  story.tick();
  story.repoint(0);
  const auto events = story.events();
  EXPECT_EQ(textOf(events, EventKind::serverMoved), "Production Backend moved from A to B.");
  EXPECT_EQ(textOf(events, EventKind::serverReached), "Production Backend is reached, and leads to B.");
}

TEST(Event, AnUnreachableServerIsToldOnceWithStageAndReason) {
  Story story;
  story.cut(0);
  const auto events = story.events();
  EXPECT_EQ(textOf(events, EventKind::serverUnreachable),
            "Production Backend is not reached any more: connect: connection refused.");
  EXPECT_EQ(textOf(events, EventKind::databaseUnreached), "A is not reached any more, last seen with 22 users.");
  EXPECT_FALSE(eventIn(events, EventKind::databaseGone));
  EXPECT_FALSE(eventIn(events, EventKind::usersJumped));
  EXPECT_FALSE(eventIn(events, EventKind::tablesGone));
  EXPECT_EQ(kindsOf(story.events()), std::vector<std::string>{});
}

TEST(Event, ServersThatFailAlikeAreToldTogether) {
  Story story;
  story.cut(1); // both readers share it
  EXPECT_EQ(textOf(story.events(), EventKind::serverUnreachable),
            "Dashboard and Staging Backend are not reached any more: connect: connection refused.");
}

TEST(Event, BackFromBeingUnreachableTellsWhatChangedMeanwhile) {
  Story story;
  story.cut(0);
  story.tick();
  story.tick();
  story.heal(0);
  story.factsOf(0).users.value->count = Known<std::int64_t>::of(25);
  story.factsOf(0).tables.value->pop_back();
  const auto events = story.events();
  EXPECT_EQ(textOf(events, EventKind::serverReached), "Production Backend is reached, and leads to A.");
  EXPECT_EQ(textOf(events, EventKind::databaseAppeared), "A is reached again, with 25 users.");
  EXPECT_EQ(textOf(events, EventKind::usersChanged), "Users in A: 22 → 25.");
  EXPECT_TRUE(textOf(events, EventKind::tablesGone).starts_with("1 table gone from A: "));
  EXPECT_FALSE(eventIn(events, EventKind::serverMoved));
}

TEST(Event, ADatabaseThatWasNeverSeenAppears) {
  Story story;
  auto facts = story.factsOf(0);
  facts.systemIdentifier = Known<std::uint64_t>::of(99);
  story.factsOf(0) = facts;
  const auto events = story.events();
  EXPECT_EQ(textOf(events, EventKind::databaseAppeared), "C appeared: “TovPlay” on postgres:5432, with 22 users.");
  EXPECT_EQ(textOf(events, EventKind::endpointMoved),
            "Production Backend moved from A to C; the configuration did not change.");
}

TEST(Event, AnUnknownIdentityIsNeitherAMoveNorANewDatabase) {
  Story story;
  const auto proven = story.factsOf(0);
  story.factsOf(0).systemIdentifier = Known<std::uint64_t>::unknown("no privilege");
  const auto hidden = story.events();
  EXPECT_FALSE(eventIn(hidden, EventKind::serverMoved));
  EXPECT_FALSE(eventIn(hidden, EventKind::endpointMoved));
  EXPECT_FALSE(eventIn(hidden, EventKind::databaseAppeared));
  story.factsOf(0) = proven;
  const auto back = story.events();
  EXPECT_FALSE(eventIn(back, EventKind::serverMoved));
  EXPECT_EQ(story.later().server(production)->database, "A");
}

TEST(Event, ACloneThatMayBeTheKnownOneIsNeitherMovedNorNew) {
  Story story;
  story.factsOf(0).startedAt = Known<UtcTime>::of(*story.factsOf(0).startedAt - std::chrono::hours(1));
  const auto events = story.events();
  EXPECT_EQ(story.later().server(production)->database, "C");
  EXPECT_FALSE(eventIn(events, EventKind::endpointMoved));
  EXPECT_FALSE(eventIn(events, EventKind::serverMoved));
  EXPECT_FALSE(eventIn(events, EventKind::databaseAppeared));
  EXPECT_FALSE(eventIn(events, EventKind::databaseUnreached));
}

TEST(Event, AGoneDatabaseIsToldOnce) {
  Story story;
  story.cut(0, "database \"TovPlay\" does not exist");
  auto& failure = *story.sighting().observations[story.sighting().servers[0].observation].failure;
  failure.databaseMissing = true;
  failure.instance = samples::localIdentifier;
  const auto events = story.events();
  EXPECT_EQ(textOf(events, EventKind::databaseGone), "A does not exist any more: its instance says so.");
  EXPECT_FALSE(eventIn(events, EventKind::databaseUnreached));
  EXPECT_EQ(kindsOf(story.events()), std::vector<std::string>{});
}

TEST(Event, ARestartIsOnlyALaterStart) {
  Story story;
  const auto started = story.sighting().finishedAt + std::chrono::seconds(30);
  story.factsOf(0).startedAt = Known<UtcTime>::of(started);
  EXPECT_TRUE(textOf(story.events(), EventKind::databaseRestarted).starts_with("A was restarted at 14:03 UTC"));
  EXPECT_EQ(kindsOf(story.events()), std::vector<std::string>{});
  story.factsOf(0).startedAt = Known<UtcTime>::unknown("no answer");
  EXPECT_FALSE(eventIn(story.events(), EventKind::databaseRestarted));
}

TEST(Event, APromotedStandbyIsTold) {
  Snapshot earlier = samples::replica(), later = earlier;
  const auto standby = std::ranges::find(later.databases, true, &Database::inRecovery);
  ASSERT_NE(standby, later.databases.end());
  standby->inRecovery = false;
  EXPECT_EQ(textOf(eventsBetween(earlier, later), EventKind::databasePromoted),
            standby->id + " was promoted: it was a standby, and is a primary now.");
  EXPECT_FALSE(eventIn(eventsBetween(later, earlier), EventKind::databasePromoted));
}

struct UsersCase {
  std::int64_t was, is;
  EventKind kind;
  const char* text;
};

TEST(Event, UsersThatChangeAreToldAndJumpsStandOut) {
  const UsersCase cases[] = {
      {1, 22, EventKind::usersJumped, "Users in A: 1 → 22."},
      {20, 30, EventKind::usersChanged, "Users in A: 20 → 30."},
      {20, 31, EventKind::usersJumped, "Users in A: 20 → 31."},
      {50'000, 54'000, EventKind::usersChanged, "Users in A: 50,000 → 54,000."},
      {50'000, 56'000, EventKind::usersJumped, "Users in A: 50,000 → 56,000."},
      {22, 21, EventKind::usersJumped, "Users in A: 22 → 21, 1 fewer."},
      {0, 1, EventKind::usersJumped, "Users in A: 0 → 1."},
      {3, 0, EventKind::usersJumped, "Users in A: 3 → 0, 3 fewer."},
  };
  for (const UsersCase& each : cases) {
    Story story;
    story.factsOf(0).users.value->count = Known<std::int64_t>::of(each.was);
    story.tick();
    story.factsOf(0).users.value->count = Known<std::int64_t>::of(each.is);
    EXPECT_EQ(textOf(story.events(), each.kind), each.text);
  }
}

TEST(Event, UnknownNumbersAndEstimatesAreNoChange) {
  Snapshot earlier = samples::incidentBefore(), later = earlier;
  Database& a = later.databases.front();
  a.users = Known<topology::UsersFact>::unknown("timeout");
  a.tables = Known<std::vector<std::string>>::unknown("timeout");
  a.triggers = Known<std::vector<topology::Trigger>>::unknown("timeout");
  EXPECT_TRUE(eventsBetween(earlier, later).empty());
  EXPECT_TRUE(eventsBetween(later, earlier).empty());
  a = earlier.databases.front();
  a.users.value->count = Known<std::int64_t>::of(40);
  a.users.value->kind = topology::CountKind::estimate;
  EXPECT_TRUE(eventsBetween(earlier, later).empty());
  a.users.value->kind = topology::CountKind::exact;
  a.users.value->relation = "public.accounts";
  EXPECT_TRUE(eventsBetween(earlier, later).empty());
}

TEST(Event, ANumberThatTheStatisticsCarryOnIsToldAsAnEstimate) {
  Snapshot earlier = samples::incidentBefore(), later = earlier;
  later.finishedAt += std::chrono::minutes(1);
  topology::UsersFact& users = *later.databases.front().users.value;
  users.kind = topology::CountKind::estimate;
  users.countedAt = earlier.finishedAt;
  users.count = Known<std::int64_t>::of(25);
  EXPECT_EQ(textOf(eventsBetween(earlier, later), EventKind::usersChanged), "Users in A: 22 → ~25.");
  Snapshot counted = later;
  counted.finishedAt += std::chrono::minutes(1);
  topology::UsersFact& exact = *counted.databases.front().users.value;
  exact.kind = topology::CountKind::exact;
  exact.countedAt.reset();
  EXPECT_TRUE(eventsBetween(later, counted).empty());
  exact.count = Known<std::int64_t>::of(24);
  EXPECT_EQ(textOf(eventsBetween(later, counted), EventKind::usersChanged), "Users in A: ~25 → 24.");
}

TEST(Event, TablesAreNamedAndLongListsAreBounded) {
  Story story;
  const auto tables = *story.factsOf(0).tables;
  story.factsOf(0).tables.value->resize(13);
  const auto fewer = story.events();
  EXPECT_TRUE(textOf(fewer, EventKind::tablesGone).starts_with("4 tables gone from A: "));
  story.factsOf(0).tables.value->clear();
  EXPECT_NE(textOf(story.events(), EventKind::tablesGone).find(" and 7 more."), std::string::npos);
  story.factsOf(0).tables = Known<std::vector<std::string>>::of(tables);
  EXPECT_TRUE(textOf(story.events(), EventKind::tablesAppeared).starts_with("17 tables new in A: "));
}

TEST(Event, TriggersGoneDisabledAndBackAreTold) {
  Story story;
  const auto triggers = *story.factsOf(0).triggers;
  ASSERT_EQ(triggers.size(), 3U);
  story.factsOf(0).triggers.value->at(0).enabled = false;
  story.factsOf(0).triggers.value->pop_back();
  EXPECT_EQ(textOf(story.events(), EventKind::triggersGone),
            "1 trigger gone from A: " + triggers[2].name + " on " +
                triggers[2].table.substr(8, triggers[2].table.size() - 9) + "; 1 trigger disabled in A: " +
                triggers[0].name + " on " + triggers[0].table.substr(8, triggers[0].table.size() - 9) + ".");
  story.factsOf(0).triggers = Known<std::vector<topology::Trigger>>::of(triggers);
  const std::string back = textOf(story.events(), EventKind::triggersAppeared);
  EXPECT_TRUE(back.starts_with("1 trigger new in A: ")) << back;
  EXPECT_NE(back.find("; 1 trigger enabled again in A: "), std::string::npos) << back;
  story.factsOf(0).triggers.value->at(1).events = {"UPDATE"};
  EXPECT_TRUE(textOf(story.events(), EventKind::triggersGone).starts_with("1 trigger defined otherwise in A: "));
}

TEST(Event, ServersThatComeGoAndChangeTheirStringAreTold) {
  Story story;
  auto& servers = story.sighting().servers;
  const auto staging = servers[2];
  servers.pop_back();
  EXPECT_EQ(textOf(story.events(), EventKind::configurationChanged), "Staging Backend was removed.");
  servers.push_back(staging);
  EXPECT_EQ(textOf(story.events(), EventKind::configurationChanged),
            "Staging Backend was added, configured for 203.0.113.196:5432/TovPlay.");
  servers[2].connection.text += "?sslmode=require";
  EXPECT_EQ(textOf(story.events(), EventKind::configurationChanged),
            "The connection string of Staging Backend changed.");
  servers[2].route = "ssh:staging.example.org";
  EXPECT_EQ(textOf(story.events(), EventKind::configurationChanged), "The route of Staging Backend changed.");
  servers[2].connection.text.clear(); // could not be read this time
  EXPECT_FALSE(eventIn(story.events(), EventKind::configurationChanged));
}

TEST(Event, WhatACutSweepDidNotVisitIsNoEvent) {
  Snapshot earlier = samples::incidentBefore(), later = earlier;
  later.complete = false;
  later.servers[0].failure = topology::Failure{Stage::deadline, "not visited before the sweep ended", {}, false, {}};
  later.servers[0].database.clear();
  later.verdict.kind = topology::VerdictKind::undetermined;
  EXPECT_TRUE(eventsBetween(earlier, later).empty());
  EXPECT_TRUE(eventsBetween(later, earlier).empty());
}

TEST(Event, EveryKindHasANameThatReadsBack) {
  for (int i = 0; i <= static_cast<int>(EventKind::keptAsBefore); ++i) {
    const auto kind = static_cast<EventKind>(i);
    EXPECT_FALSE(toString(kind).empty()) << i;
    EXPECT_EQ(eventKindFrom(toString(kind)), kind);
  }
  EXPECT_EQ(toString(EventKind::endpointMoved), "endpoint-moved");
  EXPECT_EQ(eventKindFrom("no-such-kind"), std::nullopt);
}

TEST(Event, OnlyTheSmallOnesGoWithoutALabel) {
  EXPECT_FALSE((Event{{}, EventKind::usersChanged, Side::after, {}, {}}).isMajor());
  EXPECT_TRUE((Event{{}, EventKind::usersJumped, Side::after, {}, {}}).isMajor());
  EXPECT_TRUE((Event{{}, EventKind::note, Side::after, {}, {}}).isMajor());
}

} // namespace
} // namespace whichbase::history
