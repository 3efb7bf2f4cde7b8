// What needs no PostgreSQL: pauses, clocks, and how many users there are between two counts.
#include "live/backoff.h"
#include "live/clocks.h"
#include "live/sighted.h"
#include "live/sweeping.h"
#include "live/users_count.h"

#include <gtest/gtest.h>

namespace whichbase::test {
namespace {

using namespace std::chrono_literals;
using live::CountedUsers;
using live::Pulse;
using topology::CountKind;
using topology::Known;
using topology::UsersFact;
using topology::UtcTime;

const UtcTime noon{std::chrono::hours(12)};

UsersFact factOf(CountKind kind = CountKind::exact) {
  UsersFact users;
  users.relation = "public.users";
  users.kind = kind;
  users.count = Known<std::int64_t>::of(0);
  return users;
}

Pulse pulseWith(std::int64_t inserted, std::int64_t deleted) {
  Pulse pulse;
  pulse.activity.usersInserted = inserted;
  pulse.activity.usersDeleted = deleted;
  return pulse;
}

TEST(UsersCount, StandsWithItsTimeWhileNothingIsWritten) {
  UsersFact users = factOf();
  std::optional<CountedUsers> counted;
  Pulse pulse = pulseWith(100, 5);
  pulse.users = 22;
  live::tellUsers(users, pulse, noon, counted);
  EXPECT_EQ(*users.count, 22);
  EXPECT_FALSE(users.countedAt);
  live::tellUsers(users, pulseWith(100, 5), noon + 5s, counted);
  EXPECT_EQ(users.kind, CountKind::exact);
  EXPECT_EQ(users.countedAt, noon);
}

TEST(UsersCount, IsAnEstimateAfterWrites) {
  UsersFact users = factOf();
  std::optional<CountedUsers> counted;
  Pulse pulse = pulseWith(100, 5);
  pulse.users = 22;
  live::tellUsers(users, pulse, noon, counted);
  live::tellUsers(users, pulseWith(110, 8), noon + 5s, counted);
  EXPECT_EQ(users.kind, CountKind::estimate);
  EXPECT_EQ(*users.count, 29);
  EXPECT_EQ(users.countedAt, noon);
  EXPECT_EQ(users.estimatedAt, noon + 5s);
  pulse.users = 30;
  live::tellUsers(users, pulse, noon + 10s, counted);
  EXPECT_EQ(users.kind, CountKind::exact);
  EXPECT_EQ(*users.count, 30);
  EXPECT_FALSE(users.estimatedAt);
}

TEST(UsersCount, IsNeverEstimatedUnderRowSecurityOrOnAStandby) {
  UsersFact users = factOf(CountKind::visibleOnly);
  std::optional<CountedUsers> counted;
  Pulse pulse = pulseWith(0, 0);
  pulse.users = 3;
  live::tellUsers(users, pulse, noon, counted);
  live::tellUsers(users, pulseWith(10, 0), noon + 5s, counted);
  EXPECT_EQ(users.kind, CountKind::visibleOnly);
  EXPECT_EQ(*users.count, 3);
  users = factOf();
  Pulse standby = pulseWith(10, 0);
  standby.markers.inRecovery = true;
  live::tellUsers(users, standby, noon + 5s, counted);
  EXPECT_EQ(users.kind, CountKind::exact);
  EXPECT_EQ(users.countedAt, noon);
}

TEST(UsersCount, ResetStatisticsGiveNoNegativeNumber) {
  UsersFact users = factOf();
  std::optional<CountedUsers> counted;
  Pulse pulse = pulseWith(100, 5);
  pulse.users = 22;
  live::tellUsers(users, pulse, noon, counted);
  live::tellUsers(users, pulseWith(1, 0), noon + 5s, counted);
  EXPECT_EQ(users.kind, CountKind::estimate);
  EXPECT_EQ(*users.count, 22);
  EXPECT_EQ(users.estimatedAt, noon);
}

TEST(Backoff, GrowsFromNothingToHalfAMinute) {
  live::Backoff backoff;
  EXPECT_EQ(backoff.next(), 0ms);
  for (const int whole : {1'000, 2'000, 4'000, 8'000, 16'000, 30'000, 30'000}) {
    const auto pause = backoff.next();
    EXPECT_LE(pause.count(), whole);
    EXPECT_GE(pause.count(), whole * 3 / 4);
  }
  backoff.reset();
  EXPECT_EQ(backoff.next(), 0ms);
  backoff.slowDown();
  EXPECT_GE(backoff.next(), 22s);
}

TEST(SweepPace, ReasonsThatDoNotCeaseAreFollowedLessOften) {
  live::SweepPace pace;
  EXPECT_FALSE(pace.wantedAt());
  pg::TimePoint now = pg::Clock::now();
  pg::Clock::duration pause{};
  for (int times = 0; times < 12; ++times) {
    pace.started(now);
    EXPECT_FALSE(pace.wantedAt());
    pace.want();
    ASSERT_TRUE(pace.wantedAt());
    EXPECT_GE(*pace.wantedAt() - now, std::max<pg::Clock::duration>(2s, pause));
    pause = *pace.wantedAt() - now;
    now = *pace.wantedAt();
  }
  EXPECT_EQ(pause, 60s);
  now += 5min;
  pace.started(now);
  pace.want();
  EXPECT_EQ(*pace.wantedAt() - now, 2s);
}

TEST(Timeline, NeverGoesBackAndTellsSleepFromAClockThatIsSetBack) {
  live::ClockReading reading = live::readClocks();
  live::Timeline timeline([&] { return reading; });
  const auto pass = [&](std::chrono::seconds steady, std::chrono::seconds boot, std::chrono::seconds utc) {
    reading.steady += steady;
    reading.sinceBoot += boot;
    reading.utc += utc;
  };
  UtcTime last = timeline.now();
  pass(5s, 5s, 5s);
  EXPECT_FALSE(timeline.jumped(10s));
  EXPECT_GE(timeline.now() + 1us, last + 5s);
  last = timeline.now();
  pass(5s, 5s, -3600s);
  EXPECT_FALSE(timeline.jumped(10s));
  EXPECT_GT(timeline.now(), last);
  EXPECT_GE(timeline.ahead(), 3500s);
  pass(5s, 3605s, 3605s);
  EXPECT_TRUE(timeline.jumped(10s));
  EXPECT_FALSE(timeline.jumped(10s));
}

topology::Sighting threeInOne() {
  topology::Sighting sighting;
  sighting.observations.resize(3);
  sighting.servers.resize(3);
  for (std::size_t at = 0; at < 3; ++at) {
    sighting.servers[at].name = std::string(1, static_cast<char>('a' + at));
    sighting.servers[at].observation = at;
    sighting.observations[at].facts.emplace();
    sighting.observations[at].facts->systemIdentifier = Known<std::uint64_t>::of(7);
    sighting.observations[at].facts->databaseOid = 5;
  }
  sighting.meetings = {{0, 1, "flags", topology::Says::sameDatabase, {}},
                       {0, 2, "flags", topology::Says::sameDatabase, {}}};
  return sighting;
}

TEST(Sighted, WhatWasProvenThroughALostOneStays) {
  topology::Sighting sighting = threeInOne();
  sighting.observations[0].facts->tables = Known<std::vector<std::string>>::of({"public.users"});
  live::loseReach(sighting, 0, {topology::Stage::connect, "connection refused", {}, false, {}}, noon);
  const topology::Snapshot snapshot = topology::assemble(sighting);
  EXPECT_FALSE(snapshot.servers[0].reached());
  EXPECT_EQ(snapshot.servers[1].database, "A");
  EXPECT_EQ(snapshot.servers[2].database, "A");
  EXPECT_TRUE(snapshot.database("A")->tables);
}

} // namespace
} // namespace whichbase::test
