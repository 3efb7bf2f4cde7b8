// What a session tells beside rows: how many were affected, what was notified, which server process serves it.
#include "asked.h"

#include <poll.h>

namespace whichbase::test {
namespace {

pg::Rows answered(pg::Session& session, const std::string& text) {
  pg::Rows rows;
  pg::SqlError error;
  EXPECT_TRUE(session.query(text, soon(), rows, error)) << error.text;
  return rows;
}

pg::Rows heard(pg::Session& session, const std::string& text) {
  pg::Rows rows;
  pg::SqlError error;
  EXPECT_TRUE(session.send(text, error));
  while (!session.hear(rows, error)) {
    pollfd ready{session.socket(), POLLIN, 0};
    if (poll(&ready, 1, 60'000) <= 0)
      session.abandon(error);
  }
  EXPECT_EQ(error.kind, pg::ErrorKind::none) << error.text;
  return rows;
}

TEST(Session, TellsHowManyRowsTheLastStatementAffected) {
  const auto session = sessionOf(pulseCluster());
  for (const auto& ask : {answered, heard}) {
    EXPECT_EQ(ask(*session, "CREATE TEMPORARY TABLE affected (n int)").affected, 0);
    EXPECT_EQ(ask(*session, "INSERT INTO affected VALUES (1), (2), (3)").affected, 3);
    EXPECT_EQ(ask(*session, "SELECT 1; DELETE FROM affected WHERE n > 1").affected, 2);
    EXPECT_EQ(ask(*session, "DELETE FROM affected WHERE n > 1").affected, 0);
    EXPECT_EQ(ask(*session, "DROP TABLE affected").affected, 0);
  }
  pg::Rows rows;
  pg::SqlError error;
  EXPECT_FALSE(session->query("INSERT INTO nowhere VALUES (1)", soon(), rows, error));
  EXPECT_EQ(rows.affected, 0);
}

TEST(Session, HearsWhatAnotherOneNotifies) {
  const auto listener = sessionOf(pulseCluster()), sender = sessionOf(pulseCluster());
  heard(*listener, "LISTEN whichbase_heard");
  std::vector<pg::Notification> come;
  pg::SqlError error;
  ASSERT_TRUE(listener->notifications(come, error)) << error.text;
  EXPECT_TRUE(come.empty());
  answered(*sender, "NOTIFY whichbase_heard, 'first'");
  while (come.empty()) {
    pollfd ready{listener->socket(), POLLIN, 0};
    ASSERT_GT(poll(&ready, 1, 60'000), 0);
    ASSERT_TRUE(listener->notifications(come, error)) << error.text;
  }
  ASSERT_EQ(come.size(), 1U);
  EXPECT_EQ(come[0].channel, "whichbase_heard");
  EXPECT_EQ(come[0].payload, "first");
  EXPECT_EQ(come[0].senderPid, sender->backendPid());
}

TEST(Session, KnowsWhatServesItWhereNoPoolerStandsBetween) {
  const auto session = sessionOf(pulseCluster());
  EXPECT_NE(session->backendPid(), 0U);
  EXPECT_EQ(answered(*session, "SELECT pg_backend_pid()").values.at(0).at(0), std::to_string(session->backendPid()));
}

TEST(Session, ThatIsLostHearsNothingAnyMore) {
  const auto session = sessionOf(pulseCluster()), other = sessionOf(pulseCluster());
  answered(*other, "SELECT pg_terminate_backend(" + std::to_string(session->backendPid()) + ")");
  std::vector<pg::Notification> come;
  pg::SqlError error;
  while (session->notifications(come, error)) {
    pollfd ready{session->socket(), POLLIN, 0};
    ASSERT_GT(poll(&ready, 1, 60'000), 0);
  }
  EXPECT_EQ(error.kind, pg::ErrorKind::lost);
  EXPECT_TRUE(session->lost());
}

} // namespace
} // namespace whichbase::test
