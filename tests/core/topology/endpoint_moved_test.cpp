// The finding endpoint-moved: a configuration that nobody changed leads elsewhere.
#include "built_sighting.h"
#include "topology/continuity.h"

#include <gtest/gtest.h>

namespace whichbase::topology {
namespace {

struct Endpoints {
  Continuity continuity;
  int minute = 0;

  // The targets of Server 1 and Server 2, on host0 and host1.
  Snapshot lead(const std::optional<Facts>& first, const std::optional<Facts>& second, Says says = Says::unclear,
                const std::string& host = "host0.example.org") {
    BuiltSighting sight;
    ++minute;
    sight.value.finishedAt += std::chrono::minutes(minute);
    const auto target = [&](const std::optional<Facts>& facts) {
      return facts ? sight.target(*facts) : sight.unreached();
    };
    sight.server("Server 1", target(first)).connection.host = host;
    sight.server("Server 2", target(second));
    if (says != Says::unclear)
      sight.meet(0, 1, says);
    return continuity.follow(sight.assembled());
  }
};

Facts started(Facts facts, const char* at) {
  facts.startedAt = Known<UtcTime>::of(timeOf(at));
  return facts;
}

const Facts primary = started(withSender(plainFacts(1), streamingSender()), "2025-12-01T00:00:00Z");
const Facts standby = started(standbyOf(plainFacts(1)), "2025-12-02T00:00:00Z");

Facts promoted() {
  return started(plainFacts(1), "2025-12-02T00:00:00Z");
}

TEST(EndpointMoved, AnUnchangedConfigurationThatLeadsElsewhereIsAnError) {
  Endpoints endpoints;
  EXPECT_FALSE(hasFinding(endpoints.lead(plainFacts(1), plainFacts(2)), "endpoint-moved"));
  const Snapshot moved = endpoints.lead(plainFacts(3), plainFacts(2));
  const auto finding = findingIn(moved.findings, "endpoint-moved");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->severity, Severity::error);
  EXPECT_EQ(finding->subjects, (std::vector<std::string>{"A", "C", "Server 1"}));
  EXPECT_EQ(finding->title, "Server 1 was moved from A to C");
  EXPECT_EQ(finding->text, "The unchanged connection string of Server 1 led to A (host0.example.org:5432), and since "
                           "14:02 UTC to C (host0.example.org:5432).");
  EXPECT_FALSE(finding->remedy.empty());
  ASSERT_EQ(endpoints.continuity.moves().size(), 1U);
  EXPECT_EQ(endpoints.continuity.moves().front().at, moved.finishedAt);
}

TEST(EndpointMoved, ItStaysForAsLongAsTheEndpointStaysThere) {
  Endpoints endpoints;
  endpoints.lead(plainFacts(1), plainFacts(2));
  const Snapshot moved = endpoints.lead(plainFacts(3), plainFacts(2));
  const Snapshot still = endpoints.lead(plainFacts(3), plainFacts(2));
  EXPECT_EQ(still.endpointMoves, moved.endpointMoves);
  EXPECT_FALSE(hasFinding(endpoints.lead(std::nullopt, plainFacts(2)), "endpoint-moved")); // where is it now?
  EXPECT_TRUE(hasFinding(endpoints.lead(plainFacts(3), plainFacts(2)), "endpoint-moved"));
  EXPECT_FALSE(hasFinding(endpoints.lead(plainFacts(1), plainFacts(2)), "endpoint-moved")); // back
  EXPECT_TRUE(endpoints.continuity.moves().empty());
}

TEST(EndpointMoved, AMoveOnFromThereIsTold) {
  Endpoints endpoints;
  endpoints.lead(plainFacts(1), plainFacts(2));
  endpoints.lead(plainFacts(3), plainFacts(2));
  const Snapshot further = endpoints.lead(plainFacts(4), plainFacts(2));
  ASSERT_EQ(further.endpointMoves.size(), 1U);
  EXPECT_EQ(further.endpointMoves.front().from, "C");
  EXPECT_EQ(further.endpointMoves.front().to, "D");
}

TEST(EndpointMoved, AChangedConfigurationIsNone) {
  Endpoints endpoints;
  endpoints.lead(plainFacts(1), plainFacts(2));
  EXPECT_FALSE(
      hasFinding(endpoints.lead(plainFacts(3), plainFacts(2), Says::unclear, "other.example.org"), "endpoint-moved"));
  EXPECT_TRUE(
      hasFinding(endpoints.lead(plainFacts(1), plainFacts(2), Says::unclear, "other.example.org"), "endpoint-moved"));
}

TEST(EndpointMoved, ARestartIsNone) {
  Endpoints endpoints;
  endpoints.lead(started(plainFacts(1), "2025-12-01T00:00:00Z"), plainFacts(2));
  endpoints.lead(std::nullopt, plainFacts(2));
  EXPECT_FALSE(
      hasFinding(endpoints.lead(started(plainFacts(1), "2025-12-03T14:02:30Z"), plainFacts(2)), "endpoint-moved"));
}

TEST(EndpointMoved, NothingIsClaimedOfAnUnknownIdentity) {
  Endpoints endpoints;
  endpoints.lead(plainFacts(1), plainFacts(2));
  const Snapshot unclear = endpoints.lead(withoutIdentifier(plainFacts(0)), plainFacts(2));
  EXPECT_EQ(unclear.server("Server 1")->database, "?1");
  EXPECT_FALSE(hasFinding(unclear, "endpoint-moved"));
  EXPECT_FALSE(hasFinding(endpoints.lead(plainFacts(1), plainFacts(2)), "endpoint-moved"));
}

TEST(EndpointMoved, AnEndpointThatNowLeadsToARunningCloneIsTold) {
  Endpoints endpoints;
  const Facts original = started(plainFacts(1), "2025-12-01T00:00:00Z");
  const Facts clone = started(plainFacts(1), "2025-12-02T00:00:00Z");
  endpoints.lead(original, original, Says::sameDatabase);
  const Snapshot moved = endpoints.lead(clone, original, Says::apart);
  EXPECT_EQ(moved.server("Server 1")->database, "B");
  EXPECT_EQ(moved.server("Server 2")->database, "A");
  EXPECT_TRUE(hasFinding(moved, "endpoint-moved"));
}

TEST(EndpointMoved, GoingWhereAllOthersAreIsAWarning) {
  Endpoints endpoints;
  endpoints.lead(plainFacts(1), plainFacts(2));
  const Snapshot joined = endpoints.lead(plainFacts(2), plainFacts(2), Says::sameDatabase);
  EXPECT_EQ(joined.verdict.kind, VerdictKind::singleSource);
  EXPECT_EQ(findingIn(joined.findings, "endpoint-moved")->severity, Severity::warning);
}

TEST(EndpointMoved, AFailoverToThePromotedStandbyIsAWarning) {
  Endpoints endpoints;
  const Snapshot first = endpoints.lead(primary, standby, Says::apart);
  ASSERT_EQ(first.database("B")->replicaOf, "A");
  endpoints.lead(std::nullopt, standby);
  const Snapshot after = endpoints.lead(promoted(), promoted(), Says::sameDatabase);
  EXPECT_EQ(after.server("Server 1")->database, "B");
  const auto finding = findingIn(after.findings, "endpoint-moved");
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->severity, Severity::warning);
  EXPECT_NE(finding->text.find("B was the standby of A and is a primary now: a failover."), std::string::npos);
  EXPECT_EQ(after.verdict.kind, VerdictKind::singleSource);
  ASSERT_NE(after.database("A"), nullptr);
  EXPECT_FALSE(after.database("A")->answered);
}

TEST(EndpointMoved, AFailoverBesideARunningPrimaryIsAnError) {
  Endpoints endpoints;
  endpoints.lead(primary, standby, Says::apart);
  const Facts lonely = started(plainFacts(1), "2025-12-01T00:00:00Z");
  const Snapshot swapped = endpoints.lead(promoted(), lonely, Says::apart);
  EXPECT_EQ(swapped.server("Server 1")->database, "B");
  EXPECT_EQ(swapped.server("Server 2")->database, "A");
  ASSERT_EQ(swapped.endpointMoves.size(), 2U);
  const auto finding = findingIn(swapped.findings, "endpoint-moved");
  EXPECT_EQ(finding->severity, Severity::error);
  EXPECT_NE(finding->text.find("A still runs as one"), std::string::npos);
}

TEST(EndpointMoved, AReturningPrimaryThatFollowsNowIsNotCalledAnother) {
  Endpoints endpoints;
  endpoints.lead(primary, standby, Says::apart);
  endpoints.lead(std::nullopt, promoted());
  const Facts follower = started(standbyOf(plainFacts(1)), "2025-12-03T14:02:00Z");
  const Snapshot back = endpoints.lead(follower, withSender(promoted(), streamingSender()), Says::apart);
  EXPECT_EQ(back.server("Server 2")->database, "B");
  EXPECT_FALSE(hasFinding(back, "endpoint-moved"));
}

} // namespace
} // namespace whichbase::topology
