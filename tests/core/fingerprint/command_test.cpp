#include "fingerprint_fixture.h"
#include "history/history.h"
#include "support/paths.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace whichbase {
namespace {

using namespace test;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string users(int from, int to) {
  return fmt::format("INSERT INTO users SELECT md5('user' || i)::uuid FROM generate_series({}, {}) i;", from, to);
}

// The reference incident: Production Backend on its own database, the others on another one.
class FingerprintCommand : public testing::Test {
protected:
  void SetUp() override {
    local = newCluster();
    sql(*local, "postgres", "CREATE TABLE users (id uuid PRIMARY KEY);" + users(1, 22));
    external = newDatabase("CREATE TABLE users (id uuid PRIMARY KEY); INSERT INTO users VALUES (md5('stale')::uuid)");
    write(false);
  }
  // Production Backend is on the external database, too, once it is `fixed`.
  void write(bool fixed) const {
    const std::string there =
        fmt::format("postgresql://postgres:${{EXTERNAL}}@127.0.0.1:{}/{}", shared().port(), external);
    const std::string here =
        fmt::format("postgresql://postgres:${{LOCAL}}@127.0.0.1:{}/postgres", local ? local->port() : m_localPort);
    std::string text = "[project]\ntitle = \"TovPlay\"\n";
    for (const std::string name : {"Production Backend", "Dashboard"})
      text += fmt::format("[[server]]\nname = \"{}\"\nurl = \"{}\"\nvia = \"direct\"\n", name,
                          name == "Dashboard" || fixed ? there : here);
    folder.write("tovplay.whichbase.toml", text);
  }
  void deleteLocal() {
    m_localPort = local->port();
    m_password = local->password();
    local.reset();
  }
  RunResult run(std::vector<std::string> words, const std::string& config = "config") {
    words.insert(words.begin(), {commandLineProgram().string(), "fingerprint", project().string(), "--trust"});
    RunOptions options;
    options.environment = {{"XDG_STATE_HOME", (folder.path() / "state").string()},
                           {"XDG_CONFIG_HOME", (folder.path() / config).string()},
                           {"LC_ALL", "C.UTF-8"},
                           {"EXTERNAL", shared().password()},
                           {"LOCAL", local ? local->password() : m_password}};
    return runProgram(words, options);
  }
  std::filesystem::path project() const { return folder.path() / "tovplay.whichbase.toml"; }

  TemporaryFolder folder;
  std::unique_ptr<demo::ThrowawayCluster> local;
  std::string external;

private:
  int m_localPort = 0;
  std::string m_password;
};

TEST_F(FingerprintCommand, ProvesThatTheUsersOfADeletedDatabaseAreInTheOther) {
  const auto taken = run({"A"});
  EXPECT_EQ(taken.exitCode, 0) << taken.errors;
  EXPECT_TRUE(holds(taken.output, "22 users of public.users by id")) << taken.output;
  const auto lacking = run({"--check"});
  EXPECT_EQ(lacking.exitCode, 1) << lacking.errors;
  EXPECT_TRUE(holds(lacking.output, "None of A's 22 users")) << lacking.output;
  sql(shared(), external, users(1, 22));
  write(true);
  deleteLocal();
  const auto proven = run({"--check"});
  EXPECT_EQ(proven.exitCode, 0) << proven.output << proven.errors;
  EXPECT_TRUE(holds(proven.output, "All 22 users of A (as of ")) << proven.output;
  EXPECT_TRUE(holds(proven.output, ") are in B, by id.")) << proven.output;
  // Where the history is lost, letters begin anew: the fingerprint's A is not the present one.
  std::filesystem::copy_file(history::historyFileOf(project()), folder.path() / "kept");
  SQLite::Database(history::historyFileOf(project()).string(), SQLite::OPEN_READWRITE).exec("DELETE FROM states");
  const auto renamed = run({"--check"});
  EXPECT_EQ(renamed.exitCode, 0) << renamed.output << renamed.errors;
  EXPECT_TRUE(holds(renamed.output, ") are in another database, which is called A now, by id.")) << renamed.output;
  std::filesystem::copy_file(folder.path() / "kept", history::historyFileOf(project()),
                             std::filesystem::copy_options::overwrite_existing);
  // Somebody lost one since.
  sql(shared(), external, "DELETE FROM users WHERE id = md5('user7')::uuid");
  const auto lost = run({"--check"});
  EXPECT_EQ(lost.exitCode, 1);
  EXPECT_TRUE(holds(lost.output, "1 of A's 22 users (as of ")) << lost.output;
  // No word of a key, in what is printed or in what is kept.
  std::string everything = taken.output + proven.output + lost.output;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
    if (std::ifstream stream(entry.path(), std::ios::binary); entry.is_regular_file())
      everything.append(std::istreambuf_iterator<char>(stream), {});
  const auto key = sql(shared(), external, "SELECT id FROM users WHERE id = md5('user8')::uuid");
  EXPECT_FALSE(holds(everything, key.substr(0, 8)));
  EXPECT_FALSE(holds(everything, shared().password()));
}

TEST_F(FingerprintCommand, ByAServersNameIsOfTheDatabaseThatItUses) {
  const auto taken = run({"Dashboard"});
  EXPECT_EQ(taken.exitCode, 0) << taken.errors;
  EXPECT_TRUE(holds(taken.output, "A fingerprint of B (")) << taken.output;
  EXPECT_TRUE(holds(taken.output, "1 user of public.users")) << taken.output;
  const auto unknown = run({"Z"});
  EXPECT_EQ(unknown.exitCode, 3);
  EXPECT_TRUE(holds(unknown.errors, "Z is no letter of a database")) << unknown.errors;
  EXPECT_EQ(run({}).exitCode, 2);
  EXPECT_EQ(run({"A", "--check"}).exitCode, 2);
}

TEST_F(FingerprintCommand, CannotBeCheckedWithoutItsKey) {
  EXPECT_EQ(run({"--check"}).exitCode, 3) << "nothing is kept yet";
  ASSERT_EQ(run({"A"}).exitCode, 0);
  const auto absent = run({"--check"}, "elsewhere");
  EXPECT_EQ(absent.exitCode, 3);
  EXPECT_TRUE(holds(absent.errors, "is not here")) << absent.errors;
  std::filesystem::create_directories(folder.path() / "other/whichbase");
  folder.write("other/whichbase/fingerprint.key", std::string(64, 'a'));
  const auto other = run({"--check"}, "other");
  EXPECT_EQ(other.exitCode, 3) << other.output;
  EXPECT_TRUE(holds(other.output, "made with another key")) << other.output;
  EXPECT_FALSE(holds(other.output, "not in B")) << other.output;
}

TEST_F(FingerprintCommand, OfADatabaseThatCannotBeReadIsRefusedWithTheReason) {
  sql(*local, "postgres", "ALTER TABLE users DROP CONSTRAINT users_pkey");
  const auto refused = run({"A"});
  EXPECT_EQ(refused.exitCode, 3);
  EXPECT_TRUE(holds(refused.errors, "no fingerprint of A: public.users has no primary key")) << refused.errors;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "tovplay.whichbase"));
}

TEST_F(FingerprintCommand, LeavesAFileThatReplays) {
  ASSERT_EQ(run({"A"}).exitCode, 0);
  const auto file = history::History::open(folder.path() / "tovplay.whichbase", history::History::Mode::record);
  ASSERT_TRUE(file) << file.error().text;
  EXPECT_EQ((*file)->setAside(), std::filesystem::path());
  EXPECT_TRUE((*file)->overview());
}

} // namespace
} // namespace whichbase
