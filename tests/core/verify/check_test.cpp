// "Check again" against real clusters.
#include "checked.h"
#include "support/run_program.h"

#include <nlohmann/json.hpp>

#include <thread>

namespace whichbase::test {
namespace {

using verify::Sight;

std::vector<verify::Participant> threeOnOne() {
  return {participant("Production", targetOf(first())),
          participant("Dashboard", targetOf(first().port(), "shop", "reader", "pw")),
          participant("Staging", targetOf(first().port(), "shop", "readonly", "pw"))};
}

TEST(Check, ThreeRolesOfOneDatabaseSeeEachOther) {
  const auto result = checked(threeOnOne());
  EXPECT_EQ(saw(result), "✓✓✓");
  EXPECT_TRUE(result.verification.everyoneSees);
  EXPECT_EQ(told(result), "each of 3 servers sees the others' flags.");
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t column = 0; column < 3; ++column) {
      EXPECT_EQ(sight(result, row, column), Sight::sameDatabase) << row << " " << column;
      EXPECT_EQ(result.reasons[row][column], "");
      EXPECT_EQ(result.notifyMs[row][column].has_value(), row != column) << row << " " << column;
    }
  EXPECT_TRUE(result.notes.empty());
}

TEST(Check, TellsWhatEachSessionMayDo) {
  const auto result = checked(threeOnOne());
  EXPECT_EQ(result.abilities[0].canWrite, true);
  EXPECT_EQ(result.abilities[1].canWrite, false);
  EXPECT_EQ(result.abilities[1].whyNot, "its role may not INSERT into public.users");
  EXPECT_EQ(result.abilities[2].canWrite, false);
  EXPECT_EQ(result.abilities[2].whyNot, "default_transaction_read_only is on for its sessions");
  const auto bare = checked({participant("One", targetOf(first(), "sibling")),
                             participant("Two", targetOf(first().port(), "sibling", "reader", "pw"))});
  EXPECT_EQ(bare.abilities[0].canWrite, true);
  EXPECT_EQ(bare.abilities[1].canWrite, false);
  EXPECT_EQ(bare.abilities[1].whyNot, "its role may not INSERT into any table");
}

TEST(Check, TwoDatabasesDoNotSeeEachOther) {
  const auto result =
      checked({participant("Production", targetOf(first())), participant("Dashboard", targetOf(second()), "B"),
               participant("Staging", targetOf(second()), "B")});
  EXPECT_EQ(saw(result), "✗✓✓");
  EXPECT_FALSE(result.verification.everyoneSees);
  EXPECT_EQ(told(result), "Production does not see the others' flags.");
  EXPECT_EQ(sight(result, 0, 1), Sight::notSeen);
  EXPECT_EQ(result.verification.servers[0].database, "A");
  EXPECT_EQ(result.verification.servers[2].database, "B");
  EXPECT_FALSE(result.notifyMs[0][1]);
  EXPECT_TRUE(result.notifyMs[1][2]);
}

TEST(Check, OfTwoServersOnTwoDatabasesNeitherSees) {
  const auto result = checked({participant("One", targetOf(first())), participant("Two", targetOf(second()), "B")});
  EXPECT_EQ(saw(result), "✗✗");
  EXPECT_EQ(told(result), "One and Two do not see the others' flags.");
}

TEST(Check, ASiblingDatabaseIsToldAsSuch) {
  const auto result = checked({participant("One", targetOf(first())), participant("Two", targetOf(first())),
                               participant("Three", targetOf(first(), "sibling"), "C")});
  EXPECT_EQ(saw(result), "✓✓✗");
  EXPECT_EQ(sight(result, 0, 2), Sight::sameInstance);
  EXPECT_EQ(sight(result, 2, 0), Sight::sameInstance);
  EXPECT_EQ(told(result), "Three: is in another database of the same instance.");
  EXPECT_FALSE(result.verification.everyoneSees);
}

TEST(Check, AByteCloneIsAnotherDatabase) {
  auto clone = demo::ThrowawayCluster::cloneOf(second(), {});
  ASSERT_TRUE(clone) << clone.error().text;
  probe::Target cloned = targetOf((*clone)->port(), "shop", "postgres", second().password());
  const auto result = checked({participant("One", targetOf(second())), participant("Two", targetOf(second())),
                               participant("Three", cloned, "C")});
  EXPECT_EQ(saw(result), "✓✓✗");
  EXPECT_EQ(sight(result, 2, 0), Sight::notSeen);
  EXPECT_EQ(result.reasons[2][0], "");
  EXPECT_EQ(told(result), "Three does not see the others' flags.");
}

TEST(Check, WhoIsNotReachedIsNamed) {
  auto refused = participant("Gone", targetOf(second()));
  refused.target.refused =
      topology::Failure{topology::Stage::route, "localhost is this computer, not Gone", "", false, {}};
  const auto result = checked({participant("One", targetOf(first())), participant("Two", targetOf(first())),
                               participant("Nobody", targetOf(1, "shop", "postgres", "pw")), refused});
  EXPECT_EQ(saw(result), "✓✓--");
  EXPECT_FALSE(result.verification.everyoneSees);
  EXPECT_EQ(told(result), "Nobody and Gone were not reached.");
  EXPECT_EQ(result.verification.servers[3].note, "localhost is this computer, not Gone");
  EXPECT_NE(result.verification.servers[2].note, "");
}

TEST(Check, ADatabaseThatIsAnotherThanAtTheLastProbeIsNotTakenForIt) {
  auto moved = participant("One", targetOf(first()));
  moved.oid = 1;
  auto other = participant("Two", targetOf(first()));
  other.systemIdentifier = 1;
  const auto result = checked({moved, other});
  EXPECT_EQ(saw(result), "✓✓");
  EXPECT_EQ(result.verification.servers[0].database, "");
  EXPECT_EQ(result.verification.servers[0].note, "leads elsewhere than at the last probe");
}

TEST(Check, ASessionThatDiesInBetweenIsOpenedAgain) {
  auto participants = threeOnOne();
  std::size_t killed = 0;
  const auto result = checked(participants, {}, {}, [&](const verify::CheckLine& line) {
    if (!line.done && line.server == 1)
      killed = sql(first(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'").size();
  });
  EXPECT_GT(killed, 0U);
  EXPECT_EQ(saw(result), "✓✓✓");
  EXPECT_TRUE(result.verification.everyoneSees);
}

TEST(Check, EveryServerGetsItsLineAndItsLastOneIsItsResult) {
  std::vector<topology::ServerCheck> last(3);
  std::vector<int> done(3);
  const auto thread = std::this_thread::get_id();
  const auto result = checked(threeOnOne(), {}, {}, [&](const verify::CheckLine& line) {
    EXPECT_EQ(std::this_thread::get_id(), thread);
    EXPECT_EQ(done.at(line.server), 0);
    done.at(line.server) += line.done ? 1 : 0;
    last.at(line.server) = line.check;
  });
  EXPECT_EQ(done, (std::vector<int>{1, 1, 1}));
  EXPECT_EQ(last, result.verification.servers);
}

TEST(Check, LeavesNothingBehind) {
  checked(threeOnOne());
  EXPECT_EQ(
      sql(first(), "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'whichbase' AND state <> 'idle'"),
      "0\n");
  EXPECT_EQ(sql(first(), "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), "0\n");
}

TEST(Check, StopsAtAnyMoment) {
  for (int ms = 0; ms < 200; ms += 12) {
    std::stop_source source;
    std::jthread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(ms));
      source.request_stop();
    });
    const auto start = pg::Clock::now();
    const auto result = checked(threeOnOne(), {}, source.get_token());
    EXPECT_LT(pg::Clock::now() - start, std::chrono::seconds(30));
    for (std::size_t row = 0; row < 3; ++row)
      for (std::size_t column = 0; column < 3; ++column)
        EXPECT_NE(sight(result, row, column), Sight::notSeen) << "stopped after " << ms << " ms";
  }
  EXPECT_EQ(checked(threeOnOne()).verification.everyoneSees, true);
}

TEST(Check, OfFortyServersEveryPairIsLookedAt) {
  std::vector<verify::Participant> many;
  for (std::size_t index = 0; index < verify::pairsUpTo; ++index)
    many.push_back(participant("S" + std::to_string(index), targetOf(first())));
  const auto result = checked(many);
  EXPECT_TRUE(result.verification.everyoneSees);
  EXPECT_TRUE(result.notes.empty());
  for (std::size_t row = 0; row < many.size(); ++row)
    for (std::size_t column = 0; column < many.size(); ++column)
      EXPECT_EQ(sight(result, row, column), Sight::sameDatabase) << row << " " << column;
}

TEST(Check, OfManyServersNotEveryPairIsLookedAt) {
  std::vector<verify::Participant> many;
  for (std::size_t index = 0; index <= verify::pairsUpTo; ++index)
    many.push_back(participant("S" + std::to_string(index), index == 7 ? targetOf(second()) : targetOf(first()),
                               index == 7 ? "B" : "A"));
  const auto result = checked(many);
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_EQ(result.verification.servers[7].saw, false);
  EXPECT_EQ(result.verification.servers[40].saw, true);
  EXPECT_EQ(told(result), "S7 does not see the others' flags.");
  many.erase(many.begin() + 7);
  many.push_back(participant("Last", targetOf(first())));
  const auto all = checked(many);
  EXPECT_TRUE(all.verification.everyoneSees);
  EXPECT_EQ(told(all), "all 41 servers lead to one database.");
}

TEST(Check, NobodyIsNothing) {
  const auto result = checked({});
  EXPECT_FALSE(result.verification.everyoneSees);
  EXPECT_EQ(told(result), "no server took part.");
  EXPECT_EQ(told(checked({participant("One", targetOf(first()))})), "one server, nothing to compare.");
}

TEST(Check, IsToldAsAMatrixAndAsJson) {
  auto participants = threeOnOne();
  participants.push_back(participant("Old", targetOf(second()), "B"));
  const auto result = checked(participants);
  const std::string text = verify::toText(result);
  EXPECT_NE(text.find("   2  Dashboard   A  cannot write: its role may not INSERT into public.users\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("   1  Production   ·   ✓   ✓   ✗\n"), std::string::npos) << text;
  EXPECT_NE(text.find("   4  Old          ✗   ✗   ✗   ·\n"), std::string::npos) << text;
  const std::string json = verify::toJson(result);
  EXPECT_EQ(schemaViolation(json, "verification.schema.json"), "");
  const auto read = nlohmann::json::parse(json);
  EXPECT_EQ(read["means"], "flags");
  EXPECT_EQ(read["everyone_sees"], false);
  EXPECT_EQ(read["sights"].size(), 16U);
  EXPECT_EQ(read["notify"].size(), 6U);
}

} // namespace
} // namespace whichbase::test
