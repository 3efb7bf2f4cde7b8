// The rungs of the ladder.
#include "built_sighting.h"

#include <gtest/gtest.h>

namespace whichbase::topology {
namespace {

std::string databaseOf(const Snapshot& snapshot, const std::string& server) {
  return snapshot.server(server)->database;
}

TEST(Identify, TwoDatabasesWithOneNameAreTwo) {
  BuiltSighting sight;
  sight.server("One", sight.target(plainFacts(1)));
  sight.server("Two", sight.target(plainFacts(2)));
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(databaseOf(snapshot, "One"), "A");
  EXPECT_EQ(databaseOf(snapshot, "Two"), "B");
  EXPECT_TRUE(snapshot.database("A")->identityProven);
  EXPECT_TRUE(snapshot.database("B")->identityProven);
  EXPECT_EQ(snapshot.instances.size(), 2u);
  ASSERT_FALSE(snapshot.evidence.empty());
  EXPECT_EQ(snapshot.evidence[0].kind, "system-identifiers");
  EXPECT_EQ(snapshot.evidence[0].says, "different-instance");
}

TEST(Identify, EqualIdentifiersAloneProveNothing) {
  BuiltSighting sight;
  sight.server("One", sight.target(plainFacts(1)));
  sight.server("Two", sight.target(plainFacts(1)));
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(databaseOf(snapshot, "One"), "A");
  EXPECT_EQ(databaseOf(snapshot, "Two"), "?1");
  EXPECT_FALSE(snapshot.database("?1")->identityProven);
  EXPECT_NE(snapshot.database("?1")->identityReason.find("no two sessions could be compared"), std::string::npos);
}

TEST(Identify, AFlagSeenInTheOwnDatabaseMakesOneDatabase) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1));
  const auto b = sight.target(plainFacts(1));
  sight.server("One", a);
  sight.server("Two", b);
  sight.meet(a, b, Says::sameDatabase);
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(databaseOf(snapshot, "Two"), "A");
  EXPECT_EQ(snapshot.databases.size(), 1u);
  EXPECT_EQ(snapshot.evidence[0].says, "same-database");
}

TEST(Identify, AFlagSeenUnderAnotherOidMakesSiblingsInOneInstance) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1, 16384));
  const auto b = sight.target(plainFacts(1, 16385));
  sight.server("One", a);
  sight.server("Two", b);
  sight.meet(a, b, Says::sameInstance);
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(databaseOf(snapshot, "Two"), "B");
  EXPECT_EQ(snapshot.database("A")->instance, snapshot.database("B")->instance);
  EXPECT_EQ(snapshot.instances.size(), 1u);
}

TEST(Identify, EqualIdentifiersProvenApartAreTwoInstances) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1));
  const auto b = sight.target(plainFacts(1));
  sight.server("One", a);
  sight.server("Two", b);
  sight.meet(a, b, Says::apart);
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(databaseOf(snapshot, "Two"), "B");
  EXPECT_NE(snapshot.database("A")->instance, snapshot.database("B")->instance);
}

TEST(Identify, AnUnclearMeetingLeavesTheNewcomerUnknownWithItsReason) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1));
  const auto b = sight.target(plainFacts(1));
  sight.server("One", a);
  sight.server("Two", b);
  sight.meet(a, b, Says::unclear, "the pooler has one connection");
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(snapshot.database("?1")->identityReason, "the pooler has one connection");
  EXPECT_TRUE(snapshot.database("?1")->instance.empty());
}

TEST(Identify, AnUnknownIdentifierIsPlacedByMeetingsOnly) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1));
  const auto same = sight.target(withoutIdentifier(plainFacts(0)));
  const auto apart = sight.target(withoutIdentifier(plainFacts(0)));
  const auto open = sight.target(withoutIdentifier(plainFacts(0), "no privilege"));
  sight.server("One", a);
  sight.server("Same", same);
  sight.server("Apart", apart);
  sight.server("Open", open);
  sight.meet(a, same, Says::sameDatabase);
  sight.meet(a, apart, Says::apart);
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(databaseOf(snapshot, "Same"), "A");
  EXPECT_EQ(databaseOf(snapshot, "Apart"), "B");
  EXPECT_EQ(databaseOf(snapshot, "Open"), "?1");
  EXPECT_EQ(snapshot.database("?1")->identityReason, "no privilege");
}

TEST(Identify, AnUnknownIdentifierDoesNotMakeTheKnownOnesUnknown) {
  BuiltSighting sight;
  sight.server("Proxy", sight.target(withoutIdentifier(plainFacts(0))));
  sight.server("One", sight.target(plainFacts(1)));
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(databaseOf(snapshot, "One"), "A");
  EXPECT_EQ(databaseOf(snapshot, "Proxy"), "?1");
}

TEST(Identify, ALoneDatabaseIsItselfWhateverCouldBeRead) {
  BuiltSighting sight;
  sight.server("Only", sight.target(withoutIdentifier(plainFacts(0))));
  EXPECT_EQ(databaseOf(identify(sight.value), "Only"), "A");
}

TEST(Identify, EachUnknownTargetHasAnEntryOfItsOwn) {
  BuiltSighting sight;
  sight.server("One", sight.target(plainFacts(1)));
  const auto shared = sight.target(plainFacts(1));
  sight.server("Two", shared);
  sight.server("Three", shared);
  sight.server("Four", sight.target(plainFacts(1)));
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(databaseOf(snapshot, "Two"), "?1");
  EXPECT_EQ(databaseOf(snapshot, "Three"), "?1");
  EXPECT_EQ(databaseOf(snapshot, "Four"), "?2");
}

TEST(Identify, MeetingsThatContradictEachOtherLeaveItUnknown) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1));
  const auto b = sight.target(plainFacts(1));
  const auto c = sight.target(plainFacts(1));
  sight.server("One", a);
  sight.server("Two", b);
  sight.server("Three", c);
  sight.meet(a, b, Says::sameDatabase);
  sight.meet(b, c, Says::sameDatabase);
  sight.meet(a, c, Says::apart);
  const Snapshot snapshot = identify(sight.value);
  for (const Database& database : snapshot.databases) {
    EXPECT_FALSE(database.identityProven);
    EXPECT_NE(database.identityReason.find("contradict"), std::string::npos);
  }
  EXPECT_EQ(snapshot.databases.size(), 3u);
}

TEST(Identify, OneDatabaseWithTwoIdentifiersIsAContradiction) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1));
  const auto b = sight.target(plainFacts(2));
  sight.server("One", a);
  sight.server("Two", b);
  sight.meet(a, b, Says::sameDatabase);
  const Snapshot snapshot = identify(sight.value);
  EXPECT_FALSE(snapshot.databases[0].identityProven);
  EXPECT_FALSE(snapshot.databases[1].identityProven);
}

TEST(Identify, DifferentOidsAreNeverMerged) {
  BuiltSighting sight;
  const auto a = sight.target(plainFacts(1, 16384));
  const auto b = sight.target(plainFacts(1, 16385));
  sight.server("One", a);
  sight.server("Two", b);
  sight.meet(a, b, Says::sameDatabase);
  const Snapshot snapshot = identify(sight.value);
  EXPECT_NE(databaseOf(snapshot, "One"), databaseOf(snapshot, "Two"));
  EXPECT_FALSE(snapshot.databases[0].identityProven);
}

TEST(Identify, LettersFollowTheOrderOfServersAndGhostsComeAfter) {
  BuiltSighting before;
  before.server("Old", before.target(plainFacts(9)));
  const Database remembered = *before.assembled().database("A");
  BuiltSighting sight;
  const auto ghost = sight.target(plainFacts(9));
  sight.server("One", sight.target(plainFacts(2)));
  sight.server("Two", sight.target(plainFacts(1)));
  sight.ghost(ghost, remembered);
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(databaseOf(snapshot, "One"), "A");
  EXPECT_EQ(databaseOf(snapshot, "Two"), "B");
  ASSERT_NE(snapshot.database("C"), nullptr);
  EXPECT_TRUE(snapshot.database("C")->ghost);
  EXPECT_TRUE(snapshot.database("C")->answered);
}

TEST(Identify, AGhostThatIsAServersDatabaseIsNoGhost) {
  BuiltSighting before;
  before.server("Old", before.target(plainFacts(1)));
  const Database remembered = *before.assembled().database("A");
  BuiltSighting sight;
  const auto used = sight.target(plainFacts(1));
  const auto other = sight.target(plainFacts(1));
  sight.server("One", used);
  sight.ghost(other, remembered);
  sight.meet(used, other, Says::sameDatabase);
  EXPECT_EQ(identify(sight.value).databases.size(), 1u);
}

TEST(Identify, AGhostThatDoesNotAnswerIsRemembered) {
  BuiltSighting before;
  before.server("Old", before.target(plainFacts(9)));
  Database remembered = *before.assembled().database("A");
  remembered.lastReachedAt = timeOf("2025-12-03T13:00:00Z");
  BuiltSighting sight;
  sight.server("One", sight.target(plainFacts(1)));
  sight.ghost(sight.unreached(), remembered);
  const Snapshot snapshot = identify(sight.value);
  const Database& ghost = *snapshot.database("B");
  EXPECT_TRUE(ghost.ghost);
  EXPECT_FALSE(ghost.answered);
  EXPECT_FALSE(ghost.gone);
  EXPECT_EQ(ghost.lastReachedAt, timeOf("2025-12-03T13:00:00Z"));
  EXPECT_EQ(*ghost.users->count, 10);
}

TEST(Identify, GoneNeedsTheAnswerOfTheSameInstance) {
  BuiltSighting before;
  before.server("Old", before.target(plainFacts(9)));
  const Database remembered = *before.assembled().database("A");
  const auto ghostAfter = [&](bool missing, std::optional<std::uint64_t> instance) {
    BuiltSighting sight;
    sight.server("One", sight.target(plainFacts(1)));
    const auto target = sight.unreached(Stage::connect, "database does not exist");
    sight.value.observations[target].failure->databaseMissing = missing;
    sight.value.observations[target].failure->instance = instance;
    sight.ghost(target, remembered);
    return *identify(sight.value).database("B");
  };
  EXPECT_TRUE(ghostAfter(true, 9).gone);
  EXPECT_FALSE(ghostAfter(true, 8).gone);
  EXPECT_FALSE(ghostAfter(true, std::nullopt).gone);
  EXPECT_FALSE(ghostAfter(false, 9).gone);
}

TEST(Identify, AGhostOfWhichNothingIsKnownIsLeftOut) {
  BuiltSighting sight;
  sight.server("One", sight.target(plainFacts(1)));
  sight.ghost(sight.unreached(), Database{});
  EXPECT_EQ(identify(sight.value).databases.size(), 1u);
}

TEST(Identify, TheBestReadingOfSeveralRolesIsTheDatabases) {
  BuiltSighting sight;
  Facts limited = plainFacts(1);
  limited.users = usersFact(3, CountKind::visibleOnly);
  limited.clients = Known<Clients>::of({{}, 4});
  Facts full = plainFacts(1);
  full.users = usersFact(22);
  full.clients = Known<Clients>::of({{{"203.0.113.1", "app", "app", 2}}, 0});
  const auto a = sight.target(limited);
  const auto b = sight.target(full);
  sight.server("Limited", a);
  sight.server("Full", b);
  sight.meet(a, b, Says::sameDatabase);
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(*snapshot.database("A")->users->count, 22);
  EXPECT_EQ(snapshot.database("A")->users->kind, CountKind::exact);
  EXPECT_EQ(snapshot.database("A")->clients->hidden, 0);
  EXPECT_TRUE(snapshot.server("Limited")->countVisibleOnly);
  EXPECT_FALSE(snapshot.server("Full")->countVisibleOnly);
}

TEST(Identify, TheProjectsLabelMatchesAddressOrIdentifier) {
  BuiltSighting sight;
  sight.server("One", sight.target(plainFacts(1)));
  sight.server("Two", sight.target(plainFacts(2)));
  sight.server("Three", sight.target(plainFacts(3)));
  sight.value.labels = {{"host0.example.org:5432", "Local", "cellar"}, {"2", "By number", ""}};
  const Snapshot snapshot = identify(sight.value);
  EXPECT_EQ(snapshot.database("A")->label, "Local");
  EXPECT_EQ(snapshot.database("A")->place, "cellar");
  EXPECT_EQ(snapshot.database("B")->label, "By number");
  EXPECT_EQ(snapshot.database("C")->label, "host2.example.org:5432");
}

TEST(Identify, TheTimeOfInitdbIsInTheIdentifier) {
  BuiltSighting sight;
  sight.server("One", sight.target(plainFacts((1758352980ULL << 32) + 77)));
  EXPECT_EQ(identify(sight.value).database("A")->initializedAt, timeOf("2025-09-20T07:23:00Z"));
}

} // namespace
} // namespace whichbase::topology
