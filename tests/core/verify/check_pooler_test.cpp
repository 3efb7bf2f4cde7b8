// Servers whose connections go through PgBouncer, with the tightest pool there is.
#include "checked.h"
#include "process/child_process.h"
#include "support/pgbouncer.h"
#include "support/targets.h"

#include <atomic>
#include <thread>

namespace whichbase::test {
namespace {

using verify::Sight;

// A database of the second cluster behind a pool of one connection, and the application that uses it.
struct Pooled {
  explicit Pooled(const std::string& mode) : database("pooled_" + std::to_string(made++)) {
    std::string problem;
    bouncer = PgBouncer::start(second(), mode, 1, problem);
    EXPECT_TRUE(bouncer) << problem;
    sql(second(), "CREATE DATABASE " + database, "postgres");
    sql(second(), "CREATE TABLE users (id bigserial PRIMARY KEY)", database);
    target = changed(targetOf(second(), database), "port", std::to_string(bouncer->port()));
  }

  std::string application(const std::string& text) const {
    const std::string url = "postgresql://postgres:" + second().password() +
                            "@127.0.0.1:" + std::to_string(bouncer->port()) + "/" + database;
    const auto result = process::run({demo::findPostgresPrograms() / "psql", {"-XAtq", url, "-c", text}, {}, {}});
    return result ? result->output + result->errors : result.error();
  }

  std::string settings() const {
    return application("SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN "
                       "('search_path', 'statement_timeout', 'lock_timeout', 'transaction_read_only', "
                       "'default_transaction_read_only', 'idle_in_transaction_session_timeout')");
  }

  inline static int made = 0;
  std::string database;
  std::unique_ptr<PgBouncer> bouncer;
  probe::Target target;
};

class CheckThroughAPooler : public testing::TestWithParam<const char*> {};

TEST_P(CheckThroughAPooler, ServersBehindAPoolOfOneAreOfOneDatabaseAndNobodyWaitsForever) {
  const Pooled pooled(GetParam());
  const auto start = pg::Clock::now();
  const auto result = checked({participant("One", pooled.target), participant("Two", pooled.target),
                               participant("Direct", targetOf(second(), pooled.database)),
                               participant("Other", targetOf(second(), "shop"), "B")});
  EXPECT_LT(pg::Clock::now() - start, std::chrono::seconds(90));
  EXPECT_EQ(saw(result), "✓✓✓✗") << verify::toText(result);
  EXPECT_EQ(sight(result, 0, 1), Sight::sameDatabase);
  EXPECT_EQ(result.reasons[0][1], "both were served by the same server process behind a pooler");
  EXPECT_EQ(sight(result, 0, 2), Sight::sameDatabase) << result.reasons[0][2];
  EXPECT_NE(sight(result, 0, 3), Sight::sameDatabase);
}

TEST_P(CheckThroughAPooler, TheApplicationGoesOnAsBeforeAndNothingListens) {
  const Pooled pooled(GetParam());
  const std::string before = pooled.settings();
  const std::string backend = pooled.application("SELECT pg_backend_pid()");
  const auto result = checked({participant("One", pooled.target), participant("Two", pooled.target),
                               participant("Direct", targetOf(second(), pooled.database)),
                               participant("Other", targetOf(second(), pooled.database))});
  EXPECT_EQ(pooled.application("SELECT count(*) FROM pg_listening_channels()"), "0\n");
  EXPECT_EQ(pooled.application("INSERT INTO users DEFAULT VALUES RETURNING id"), "1\n");
  EXPECT_EQ(pooled.settings(), before);
  EXPECT_EQ(pooled.application("SELECT pg_backend_pid()"), backend) << "the pooler's connection was lost";
  for (const std::size_t index : {0, 1}) {
    EXPECT_EQ(result.notifyNotes[index], "behind a pooler: no LISTEN, since it would be left to the application");
    EXPECT_FALSE(result.notifyMs[index][2]);
    EXPECT_FALSE(result.notifyMs[2][index]);
  }
  EXPECT_TRUE(result.notifyMs[2][3]);
}

TEST_P(CheckThroughAPooler, AnApplicationAtWorkIsHeldUpForNoMoreThanAFlagsLife) {
  const Pooled pooled(GetParam());
  std::atomic<bool> isOver = false;
  std::vector<std::string> answers;
  std::chrono::milliseconds longest{};
  std::jthread application([&] {
    while (!isOver) {
      const auto start = pg::Clock::now();
      answers.push_back(pooled.application("INSERT INTO users DEFAULT VALUES RETURNING 'written'"));
      longest = std::max(longest, std::chrono::duration_cast<std::chrono::milliseconds>(pg::Clock::now() - start));
    }
  });
  const auto result = checked({participant("One", pooled.target), participant("Two", pooled.target),
                               participant("Direct", targetOf(second(), pooled.database))});
  isOver = true;
  application.join();
  EXPECT_EQ(saw(result), "✓✓✓") << verify::toText(result);
  for (const std::string& answer : answers)
    EXPECT_EQ(answer, "written\n");
  EXPECT_LT(longest, std::chrono::seconds(20)); // generous: the machine may be busy
}

INSTANTIATE_TEST_SUITE_P(Modes, CheckThroughAPooler, testing::Values("session", "transaction", "statement"),
                         [](const auto& each) { return std::string(each.param); });

} // namespace
} // namespace whichbase::test
