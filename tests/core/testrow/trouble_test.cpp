// Lost connections, stopped servers, stops, full disks, journals that cannot be written.
#include "support/pgbouncer.h"
#include "test_row_fixture.h"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/mount.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

namespace whichbase::test {
namespace {

using namespace std::chrono_literals;
using verify::TestRowLine;
using verify::TestRowStep;

constexpr const char* endOurs =
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = "
    "'whichbase' AND pid <> pg_backend_pid()";

class TroubledTestRow : public TestRow {
protected:
  // Both places, one after the other.
  void inBothPlaces(const std::function<void(const std::string& database, const Participants& all,
                                             const verify::TestRowPlan& plan)>& test) {
    for (const bool own : {true, false}) {
      SCOPED_TRACE(own ? "own table" : "users");
      const std::string database = newDatabase(usersTable);
      const Participants all{participant("Backend", database), participant("Dashboard", database)};
      test(database, all, own ? plan(all) : usersPlan(all));
    }
  }
  // Does something once, as soon as the row was written and somebody has looked for it.
  static verify::OnTestRowLine onceWritten(const std::function<void()>& action) {
    auto done = std::make_shared<std::atomic<bool>>(false);
    return [done, action](const TestRowLine& line) {
      if (line.step == TestRowStep::waiting && !done->exchange(true))
        action();
    };
  }
};

TEST_F(TroubledTestRow, AConnectionThatIsLostAfterTheInsertStillEndsInADeletion) {
  inBothPlaces([&](const std::string& database, const Participants& all, const verify::TestRowPlan& made) {
    const auto result = write(made, all, onceWritten([&] { sql(database, endOurs); }));
    EXPECT_TRUE(result.inserted && result.deleted) << verify::toText(result);
    EXPECT_EQ(entries(), 0U);
    expectNothingLeft(database);
  });
}

TEST_F(TroubledTestRow, AConnectionThatIsLostBeforeTheInsertLeavesNothing) {
  inBothPlaces([&](const std::string& database, const Participants& all, const verify::TestRowPlan& made) {
    const auto result = write(made, all, [&](const TestRowLine& line) {
      if (line.step == TestRowStep::inserting)
        sql(database, endOurs);
    });
    EXPECT_FALSE(result.inserted);
    EXPECT_TRUE(result.deleted) << verify::toText(result); // it was asked
    EXPECT_FALSE(result.verification.everyoneSees);
    EXPECT_EQ(entries(), 0U);
    expectNothingLeft(database);
  });
}

TEST_F(TroubledTestRow, WhatIsRefusedAsLateAsTheCommitWasNotWritten) {
  const std::string database = newDatabase(
      std::string(usersTable) +
      "CREATE FUNCTION public.no() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no'; END$$;"
      "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON public.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE "
      "FUNCTION public.no();");
  const Participants all{participant("Backend", database)};
  const auto result = write(usersPlan(all), all);
  EXPECT_FALSE(result.inserted);
  EXPECT_TRUE(result.deleted) << verify::toText(result);
  EXPECT_TRUE(holds(joined(result.problems), "The row was not written")) << joined(result.problems);
  EXPECT_EQ(entries(), 0U);
  expectNothingLeft(database);
}

TEST_F(TroubledTestRow, AServerThatIsStoppedLeavesAnEntryAndTheNextStartRemovesTheRow) {
  auto cluster = newCluster();
  sql(*cluster, "postgres", usersTable);
  const Participants all{participant("Backend", *cluster, "postgres")};
  m_options.connectWithin = 1s;
  for (const bool own : {true, false}) {
    const auto made = own ? plan(all) : usersPlan(all);
    const auto result = write(made, all, onceWritten([&] { EXPECT_TRUE(cluster->stop(true)); }));
    EXPECT_TRUE(result.inserted);
    EXPECT_FALSE(result.deleted);
    EXPECT_TRUE(holds(result.leftBehind, own ? "DROP TABLE public.whichbase_canary" : "DELETE FROM public.users WHERE"))
        << result.leftBehind;
    EXPECT_EQ(entries(), 1U);
    auto removals = clean(all); // it is still not there
    ASSERT_EQ(removals.size(), 1U);
    EXPECT_FALSE(removals[0].removed);
    EXPECT_TRUE(holds(removals[0].text, "may still be there")) << removals[0].text;
    ASSERT_TRUE(cluster->start());
    removals = clean(all);
    ASSERT_EQ(removals.size(), 1U);
    EXPECT_TRUE(removals[0].removed) << removals[0].text;
    EXPECT_EQ(entries(), 0U);
    expectNothingLeft(*cluster, "postgres");
  }
}

TEST_F(TroubledTestRow, WhatItSaysToRunByHandRemovesItAndHarmsNothing) {
  inBothPlaces([&](const std::string& database, const Participants&, const verify::TestRowPlan& made) {
    sql(database, made.removeSql); // nothing is there yet
    if (!made.createSql.empty())
      sql(database, made.createSql);
    sql(database, made.insertSql);
    EXPECT_EQ(sql(database, made.seeSql), "1\n");
    sql(database, made.removeSql);
    expectNothingLeft(database);
  });
}

TEST_F(TroubledTestRow, AStopAtAnyMomentLeavesNothing) {
  inBothPlaces([&](const std::string& database, const Participants& all, const verify::TestRowPlan& made) {
    for (const auto step :
         {TestRowStep::inserting, TestRowStep::waiting, TestRowStep::deleting, TestRowStep::confirming}) {
      std::stop_source stop;
      const auto result = write(
          made, all,
          [&](const TestRowLine& line) {
            if (line.step == step)
              stop.request_stop();
          },
          stop.get_token());
      EXPECT_TRUE(result.deleted) << verify::toText(result);
      EXPECT_EQ(entries(), 0U);
      expectNothingLeft(database);
    }
    std::stop_source stop;
    stop.request_stop();
    const auto result = write(made, all, {}, stop.get_token());
    EXPECT_FALSE(result.inserted || result.verification.everyoneSees);
    expectNothingLeft(database);
  });
}

TEST_F(TroubledTestRow, WithoutAJournalNothingIsWritten) {
  inBothPlaces([&](const std::string& database, const Participants& all, const verify::TestRowPlan& made) {
    const auto file = m_folder.write("in-the-way", "x");
    m_journalFolder = file / "test-rows";
    auto result = write(made, all);
    EXPECT_TRUE(result.refused && !result.inserted) << verify::toText(result);
    EXPECT_TRUE(holds(joined(result.problems), "journal")) << joined(result.problems);
    m_journalFolder = m_folder.path() / "open-to-all";
    std::filesystem::create_directories(m_journalFolder);
    std::filesystem::permissions(m_journalFolder, std::filesystem::perms::all);
    result = write(made, all);
    EXPECT_TRUE(result.refused && !result.inserted) << verify::toText(result);
    expectNothingLeft(database);
    if (made.place == verify::TestRowPlace::usersTable) {
      EXPECT_EQ(sql(database, "SELECT is_called FROM public.users_id_seq"), "f\n"); // not even tried
    }
  });
}

TEST_F(TroubledTestRow, ALockThatSomebodyHoldsIsNotWaitedForLong) {
  const std::string database = newDatabase(usersTable);
  const Participants all{participant("Backend", database)};
  const auto made = usersPlan(all);
  probe::Connector connector({});
  auto session = connector.connect(all[0].target, pg::Clock::now() + 20s);
  ASSERT_TRUE(session);
  pg::Rows rows;
  pg::SqlError error;
  ASSERT_TRUE((*session)->query("BEGIN; LOCK TABLE public.users IN SHARE MODE", pg::Clock::now() + 20s, rows, error));
  const auto result = write(made, all);
  EXPECT_FALSE(result.inserted);
  EXPECT_TRUE(result.deleted);
  EXPECT_TRUE(holds(joined(result.problems), "another session's lock")) << joined(result.problems);
  EXPECT_EQ(entries(), 0U);
}

// A file system of 8 MB for a tablespace.
class SmallDisk {
public:
  explicit SmallDisk(const std::filesystem::path& folder) : m_folder(folder) {
    std::filesystem::create_directories(m_folder);
    // PostgreSQL wants it to be its own.
    const passwd* const user = ::getpwnam(demo::findProgramUser().c_str());
    const std::string options = fmt::format("size=8m,mode=700,uid={}", user == nullptr ? 0 : user->pw_uid);
    m_mounted = ::mount("none", m_folder.c_str(), "tmpfs", 0, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (m_mounted)
      ::umount2(m_folder.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool isMounted() const { return m_mounted; }
  void fill() const {
    std::ofstream file(m_folder / "filler", std::ios::binary);
    const std::string block(4096, 'x');
    while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush())
      ;
  }
  const std::filesystem::path& folder() const { return m_folder; }

private:
  std::filesystem::path m_folder;
  bool m_mounted = false;
};

TEST_F(TroubledTestRow, OnAFullDiskNothingIsWrittenAndNothingIsLeft) {
  const SmallDisk disk(m_folder.path() / "disk");
  std::filesystem::permissions(m_folder.path(), std::filesystem::perms(0755));
  if (!disk.isMounted())
    GTEST_SKIP() << "this machine lets nobody mount a small file system";
  auto cluster = newCluster();
  sql(*cluster, "postgres", fmt::format("CREATE TABLESPACE small LOCATION '{}'", disk.folder().string()));
  sql(*cluster, "postgres", "CREATE DATABASE shop");
  // A row fills a page nearly, so that the next one needs a new page.
  sql(*cluster, "shop",
      "CREATE TABLE public.users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL, pad text NOT "
      "NULL DEFAULT repeat('x', 10)) TABLESPACE small; ALTER TABLE public.users ALTER pad SET STORAGE PLAIN;"
      "ALTER DATABASE shop SET default_tablespace = small;"
      "ALTER TABLE public.users ALTER pad SET DEFAULT repeat('x', 7000);"
      "INSERT INTO public.users (email) VALUES ('me@example.org'); CHECKPOINT;");
  disk.fill();
  const Participants all{participant("Backend", *cluster, "shop")};
  for (const bool own : {true, false}) {
    const auto made = own ? plan(all) : usersPlan(all);
    EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals);
    const auto result = write(made, all);
    EXPECT_FALSE(result.inserted) << verify::toText(result);
    EXPECT_TRUE(result.deleted) << verify::toText(result);
    EXPECT_TRUE(holds(joined(result.problems), "53100")) << joined(result.problems);
    EXPECT_EQ(entries(), 0U);
    expectNothingLeft(*cluster, "shop");
  }
  EXPECT_EQ(sql(*cluster, "shop", "SELECT count(*) FROM public.users"), "1\n");
  cluster.reset(); // before the file system
}

TEST_F(TroubledTestRow, ThroughAPoolerOfEveryModeTheRowIsSeenAndGone) {
  const std::string database = newDatabase(usersTable);
  for (const char* mode : {"session", "transaction", "statement"}) {
    SCOPED_TRACE(mode);
    std::string problem;
    const auto pooler = PgBouncer::start(shared(), mode, mode == std::string("session") ? 3 : 1, problem);
    ASSERT_TRUE(pooler) << problem;
    const Participants all{participant("Backend", shared(), database, "postgres", pooler->port()),
                           participant("Dashboard", shared(), database, "postgres", pooler->port())};
    for (const bool own : {true, false}) {
      const auto made = own ? plan(all) : usersPlan(all);
      EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals);
      const auto result = write(made, all);
      EXPECT_TRUE(result.verification.everyoneSees) << verify::toText(result);
      EXPECT_EQ(entries(), 0U);
      expectNothingLeft(database);
    }
    // The application's next transaction finds its settings as they were.
    probe::Connector connector({});
    auto session = connector.connect(all[0].target, pg::Clock::now() + 20s);
    ASSERT_TRUE(session);
    pg::Rows rows;
    pg::SqlError error;
    ASSERT_TRUE((*session)->query("SELECT current_setting('statement_timeout') || current_setting('lock_timeout') || "
                                  "current_setting('transaction_read_only') || current_setting('search_path') || "
                                  "current_setting('synchronous_commit')",
                                  pg::Clock::now() + 20s, rows, error));
    EXPECT_EQ(rows.values.at(0).at(0), "00off\"$user\", publicon");
  }
}

TEST_F(TroubledTestRow, AStandbyThatLagsIsNotCalledBroken) {
  auto primary = newCluster();
  sql(*primary, "postgres", usersTable);
  auto made = demo::ThrowawayCluster::standbyOf(*primary, {.settings = {{"recovery_min_apply_delay", "'3s'"}}});
  ASSERT_TRUE(made) << made.error().text;
  const auto standby = std::move(*made);
  const Participants all{participant("Backend", *primary, "postgres"), participant("Report", *standby, "postgres")};
  // Enough time: it comes, late.
  m_options.seeWithin = 30s;
  auto result = write(usersPlan(all), all);
  EXPECT_TRUE(result.verification.everyoneSees) << verify::toText(result);
  EXPECT_GT(result.verification.servers[1].seenAfterMs.value_or(0), 2000);
  // Not enough: nobody can tell.
  m_options.seeWithin = 500ms;
  result = write(plan(all), all);
  EXPECT_FALSE(result.verification.everyoneSees);
  EXPECT_FALSE(result.provenApart) << verify::toText(result);
  EXPECT_TRUE(holds(result.verification.servers[1].note, "standby, ")) << verify::toText(result);
  EXPECT_TRUE(result.deleted);
  EXPECT_EQ(entries(), 0U);
  expectNothingLeft(*primary, "postgres");
}

TEST_F(TroubledTestRow, ACopyOfTheDatabaseDoesNotPassForIt) {
  auto cluster = newCluster();
  sql(*cluster, "postgres", usersTable);
  const Participants all{participant("Backend", *cluster, "postgres")};
  m_options.connectWithin = 1s;
  const auto result = write(usersPlan(all), all, onceWritten([&] { EXPECT_TRUE(cluster->stop()); }));
  ASSERT_FALSE(result.deleted);
  auto made = demo::ThrowawayCluster::cloneOf(*cluster, {}); // with the row
  ASSERT_TRUE(made) << made.error().text;
  const auto copy = std::move(*made);
  ASSERT_TRUE(cluster->stop());
  // The server's string leads nowhere now, another one to the copy.
  auto removals = clean({all[0], participant("Dashboard", *copy, "postgres")});
  ASSERT_EQ(removals.size(), 1U);
  EXPECT_FALSE(removals[0].removed) << removals[0].text;
  EXPECT_EQ(entries(), 1U);
  expectNothingLeft(*copy, "postgres"); // there it is gone
  ASSERT_TRUE(cluster->start());
  removals = clean(all);
  EXPECT_TRUE(!removals.empty() && removals[0].removed);
  expectNothingLeft(*cluster, "postgres");
  EXPECT_EQ(entries(), 0U);
}

} // namespace
} // namespace whichbase::test
