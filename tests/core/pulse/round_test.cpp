// Many sessions asked at once.
#include "asked.h"
#include "live/round.h"

#include <fmt/format.h>

#include <csignal>
#include <thread>

namespace whichbase::test {
namespace {

using namespace std::chrono_literals;
using live::askAll;
using live::Question;
using pg::ErrorKind;

std::vector<std::unique_ptr<pg::Session>> sessions(int count) {
  std::vector<std::unique_ptr<pg::Session>> made;
  for (int index = 0; index < count; ++index)
    made.push_back(sessionOf(pulseCluster()));
  return made;
}

std::string first(const live::Answer& answer) {
  return answer.rows.values.empty() ? "nothing" : answer.rows.values[0].at(0).value_or("null");
}

int backendOf(pg::Session& session) {
  pg::Rows rows;
  pg::SqlError error;
  EXPECT_TRUE(session.query("SELECT pg_backend_pid()", soon(), rows, error)) << error.text;
  return std::stoi(rows.values.at(0).at(0).value_or("0"));
}

TEST(Round, AnswersInTheOrderOfTheQuestionsAgainAndAgain) {
  const auto kept = sessions(20);
  for (int round = 0; round < 5; ++round) {
    std::vector<Question> questions;
    for (std::size_t at = 0; at < kept.size(); ++at)
      questions.push_back({kept[at].get(), fmt::format("SET LOCAL lock_timeout = 1; SELECT {}", at * 10), soon()});
    const auto answers = askAll(questions);
    ASSERT_EQ(answers.size(), kept.size());
    for (std::size_t at = 0; at < kept.size(); ++at) {
      EXPECT_EQ(answers[at].error.kind, ErrorKind::none) << answers[at].error.text;
      EXPECT_EQ(first(answers[at]), std::to_string(at * 10));
    }
  }
  EXPECT_NE(backendOf(*kept[0]), 0); // and is good for single questions still
}

TEST(Round, AsksAllAtTheSameTime) {
  const auto kept = sessions(10);
  std::vector<Question> questions;
  for (const auto& session : kept)
    questions.push_back({session.get(), "SELECT pg_sleep(3)", soon()});
  const auto start = pg::Clock::now();
  for (const auto& answer : askAll(questions))
    EXPECT_EQ(answer.error.kind, ErrorKind::none);
  EXPECT_LT(pg::Clock::now() - start, 25s); // one after the other they would take 30 s
}

TEST(Round, ToldErrorsAreThoseOfASingleQuestion) {
  const auto kept = sessions(3);
  const std::vector<std::string> bad = {"SELECT 1; SELECT * FROM nowhere; SELECT 2",
                                        "SET LOCAL ROLE reader; SELECT * FROM games",
                                        "SET LOCAL statement_timeout = 50; SELECT pg_sleep(60)"};
  std::vector<Question> questions;
  for (std::size_t at = 0; at < bad.size(); ++at)
    questions.push_back({kept[at].get(), bad[at], soon()});
  const auto answers = askAll(questions);
  for (std::size_t at = 0; at < bad.size(); ++at) {
    pg::Rows rows;
    pg::SqlError error;
    EXPECT_FALSE(kept[at]->query(bad[at], soon(), rows, error));
    EXPECT_EQ(answers[at].error.kind, error.kind);
    EXPECT_EQ(answers[at].error.text, error.text);
    EXPECT_TRUE(answers[at].rows.values.empty());
    EXPECT_FALSE(kept[at]->lost());
  }
  EXPECT_EQ(answers[1].error.kind, ErrorKind::privilege);
  EXPECT_EQ(answers[2].error.kind, ErrorKind::timeout);
}

TEST(Round, GivesUpOnASilentServerAndHearsTheOthers) {
  const auto kept = sessions(2);
  const int silent = backendOf(*kept[0]);
  kill(silent, SIGSTOP);
  const auto start = pg::Clock::now();
  const auto answers = askAll({{kept[0].get(), "SELECT 1", start + 500ms}, {kept[1].get(), "SELECT 2", soon()}});
  kill(silent, SIGCONT);
  EXPECT_EQ(answers[0].error.kind, ErrorKind::deadline);
  EXPECT_TRUE(kept[0]->lost());
  EXPECT_EQ(first(answers[1]), "2");
  EXPECT_GE(pg::Clock::now() - start, 500ms);
  EXPECT_LT(pg::Clock::now() - start, 30s);
  // A lost one says so at once.
  EXPECT_EQ(askAll({{kept[0].get(), "SELECT 1", soon()}})[0].error.kind, ErrorKind::lost);
}

TEST(Round, TellsSessionsThatTheServerEnded) {
  const auto kept = sessions(2);
  sql(pulseCluster(), fmt::format("SELECT pg_terminate_backend({}, 10000)", backendOf(*kept[0])));
  const auto answers = askAll({{kept[0].get(), "SELECT 1", soon()}, {kept[1].get(), "SELECT 2", soon()}});
  EXPECT_EQ(answers[0].error.kind, ErrorKind::lost) << answers[0].error.text;
  EXPECT_TRUE(kept[0]->lost());
  EXPECT_EQ(first(answers[1]), "2");
}

TEST(Round, EndsAtOnceWhenStopped) {
  pg::Watchdog own;
  pg::SqlError error;
  const auto session = pg::Session::connect({{"host", "127.0.0.1"},
                                             {"hostaddr", "127.0.0.1"},
                                             {"port", std::to_string(pulseCluster().port())},
                                             {"dbname", "TovPlay"},
                                             {"user", "postgres"},
                                             {"password", pulseCluster().password()}},
                                            soon(), own, error);
  ASSERT_TRUE(session) << error.text;
  std::jthread stopping([&] {
    std::this_thread::sleep_for(300ms);
    own.stopAll();
  });
  const auto start = pg::Clock::now();
  const auto answers = askAll({{session.get(), "SELECT pg_sleep(50)", soon()}});
  EXPECT_EQ(answers[0].error.kind, ErrorKind::stopped);
  EXPECT_LT(pg::Clock::now() - start, 20s);
}

TEST(Round, SendsAndReadsMoreThanASocketHolds) {
  const auto kept = sessions(2);
  std::vector<Question> questions;
  for (const auto& session : kept)
    questions.push_back(
        {session.get(), "SELECT length('" + std::string(8'000'000, 'x') + "'), repeat('y', 5000000)", soon()});
  for (const auto& answer : askAll(questions)) {
    ASSERT_EQ(answer.error.kind, ErrorKind::none) << answer.error.text;
    EXPECT_EQ(first(answer), "8000000");
    EXPECT_EQ(answer.rows.values[0].at(1)->size(), 5'000'000u);
  }
}

TEST(Round, WithoutQuestionsIsOverAtOnce) {
  EXPECT_TRUE(askAll({}).empty());
}

} // namespace
} // namespace whichbase::test
