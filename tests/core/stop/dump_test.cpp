#include "stop_fixture.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>

namespace whichbase {
namespace {

using namespace test;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

probe::Target targetOf(const std::string& database, const std::string& user, const std::string& password) {
  probe::Target target;
  target.parameters = {{"host", "127.0.0.1"},
                       {"port", std::to_string(former().port())},
                       {"dbname", database},
                       {"user", user},
                       {"password", password}};
  return target;
}

// Runs the line as somebody would who pastes it, with the password from the environment.
RunResult pasted(const std::string& command, const TemporaryFolder& folder, const std::string& password) {
  RunOptions options;
  options.environment = {{"PGPASSWORD", password}, {"PATH", demo::findPostgresPrograms().string() + ":/usr/bin:/bin"}};
  return runProgram({"/bin/sh", "-c", "cd " + folder.path().string() + " && " + command}, options);
}

topology::Database databaseOf(const std::string& name) {
  topology::Database database;
  database.id = "A";
  database.name = name;
  database.serverVersion = "15.18";
  return database;
}

TEST(DumpCommand, TakesADumpThatPgRestoreReads) {
  const TemporaryFolder folder;
  const auto name = newPair();
  const auto at = topology::fromIso8601("2026-11-23T04:00:00.000Z").value();
  const auto dump = verify::dumpCommand(targetOf(name, "postgres", former().password()), databaseOf(name), at);
  EXPECT_EQ(dump.command, fmt::format("pg_dump --format=custom --host=127.0.0.1 --port={} --username=postgres "
                                      "--dbname={} --file={}-A-2026-11-23.dump",
                                      former().port(), name, name));
  const auto taken = pasted(dump.command, folder, former().password());
  ASSERT_EQ(taken.exitCode, 0) << taken.errors;
  const auto listed = pasted(fmt::format("pg_restore --list {}-A-2026-11-23.dump", name), folder, {});
  EXPECT_EQ(listed.exitCode, 0) << listed.errors;
  EXPECT_TRUE(holds(listed.output, "TABLE DATA public users")) << listed.output;
}

TEST(DumpCommand, NamesThatAShellOrLibpqWouldReadOtherwiseAreQuoted) {
  const TemporaryFolder folder;
  const std::string name = "it's $HOME; dbname=x";
  sql(former(), "postgres", fmt::format("CREATE ROLE \"ops@example.org\" SUPERUSER LOGIN PASSWORD 'secret'; "));
  sql(former(), "postgres", fmt::format("CREATE DATABASE \"{}\"", name));
  const auto dump = verify::dumpCommand(targetOf(name, "ops@example.org", "secret"), databaseOf(name), topology::now());
  EXPECT_FALSE(holds(dump.command, "secret"));
  const auto taken = pasted(dump.command, folder, "secret");
  EXPECT_EQ(taken.exitCode, 0) << dump.command << taken.errors;
  const auto files = std::distance(std::filesystem::directory_iterator(folder.path()), {});
  EXPECT_EQ(files, 1);
}

TEST(DumpCommand, SaysWhichPgDumpAndFromWhere) {
  auto target = targetOf("shop", "app", "secret");
  target.via = route::parseVia("ssh prod").value();
  target.parameters.emplace_back("sslmode", "verify-full");
  auto database = databaseOf("shop");
  database.sizeBytes = topology::Known<std::int64_t>::of(5LL * 1024 * 1024);
  const auto dump = verify::dumpCommand(target, database, topology::now());
  EXPECT_TRUE(holds(dump.command, "'--dbname=dbname='\\''shop'\\'' sslmode='\\''verify-full'\\'''")) << dump.command;
  std::string notes;
  for (const auto& note : dump.notes)
    notes += note + "\n";
  EXPECT_TRUE(holds(notes, "pg_dump of PostgreSQL 15 or later")) << notes;
  EXPECT_TRUE(holds(notes, "Run it where ssh prod logs in")) << notes;
  EXPECT_TRUE(holds(notes, "has 5 MB")) << notes;
  EXPECT_FALSE(holds(dump.command + notes, "secret"));
}

} // namespace
} // namespace whichbase
