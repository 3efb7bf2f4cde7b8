#include "connection/connection_string.h"
#include "demo/incident.h"
#include "demo/runtime_folder.h"
#include "demo/throwaway_cluster.h"
#include "process/child_process.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace {

using namespace whichbase;
using namespace whichbase::demo;
namespace fs = std::filesystem;

// Temporary files of its own, so that these tests see nothing of another demo on this computer.
class Incidents : public ::testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "whichbase-incident-XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(name.data()));
    ::chmod(name.c_str(), 0711);
    m_folder = name;
    ::setenv("TMPDIR", name.c_str(), 1);
    ::unsetenv("XDG_RUNTIME_DIR");
  }
  void TearDown() override {
    ::unsetenv("TMPDIR");
    EXPECT_TRUE(fs::is_empty(m_folder)) << "something is left in " << m_folder;
    fs::remove_all(m_folder);
  }
  fs::path m_folder;
};

// Answers as a server of the project would get them: with its role and password.
std::string ask(const Incident& incident, const project::ConnectionSpec& spec, const std::string& query) {
  const auto lookup = [&](const std::string& name) { return incident.secret(name); };
  const auto url = project::substitute(spec.url, lookup);
  EXPECT_TRUE(url);
  const auto read = connection::parse(*url);
  EXPECT_TRUE(read.value) << read.error.text;
  std::map<std::string, std::string> environment;
  for (const auto& [key, variable] : std::map<std::string, std::string>{{"host", "PGHOST"},
                                                                        {"port", "PGPORT"},
                                                                        {"user", "PGUSER"},
                                                                        {"password", "PGPASSWORD"},
                                                                        {"dbname", "PGDATABASE"}})
    environment[variable] = connection::valueOf(read.value->parameters, key);
  const auto result = process::run(
      {findPostgresPrograms() / "psql", {"-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"}, environment}, query);
  EXPECT_TRUE(result);
  return result->output + result->errors;
}

constexpr const char* tables =
    "SELECT count(*), string_agg(tablename, ',' ORDER BY tablename) FILTER (WHERE tablename IN "
    "('audit_log', 'game_backup', 'login_history', 'user_archive')) FROM pg_tables "
    "WHERE schemaname = 'public'";
constexpr const char* triggers = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal";
constexpr const char* users = "SELECT count(*) FROM public.\"User\"";
constexpr const char* applications =
    "SELECT string_agg(application_name, ',' ORDER BY application_name) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()";

project::Project loaded(const Incident& incident) {
  const auto project = project::load(incident.projectFile());
  EXPECT_TRUE(project) << (project ? "" : project.error().text);
  return project ? *project : project::Project{};
}

TEST_F(Incidents, ActOneHasTwoDatabasesOfOneName) {
  auto incident = Incident::start({});
  ASSERT_TRUE(incident) << incident.error().text;
  const project::Project project = loaded(**incident);
  ASSERT_EQ(project.servers.size(), 3u);
  EXPECT_FALSE(project.hasBefore());
  const auto& local = *project.servers[0].present;
  const auto& external = *project.servers[1].present;
  EXPECT_EQ(project.servers[2].present, external);
  EXPECT_TRUE(external.url.starts_with("postgresql://ops@example.org:${EXTERNAL_PASSWORD}@127.0.0.1:")) << external.url;
  EXPECT_EQ(ask(**incident, local, "SELECT current_database()"), "TovPlay\n");
  EXPECT_EQ(ask(**incident, external, "SELECT current_database()"), "TovPlay\n");
  EXPECT_EQ(ask(**incident, local, users), "22\n");
  EXPECT_EQ(ask(**incident, external, users), "1\n");
  EXPECT_EQ(ask(**incident, local, tables), "17|audit_log,game_backup,login_history,user_archive\n");
  EXPECT_EQ(ask(**incident, external, tables), "9|\n");
  EXPECT_EQ(ask(**incident, local, triggers), "3\n");
  EXPECT_EQ(ask(**incident, external, triggers), "0\n");
  EXPECT_EQ(ask(**incident, local, applications), "production-backend\n");
  EXPECT_EQ(ask(**incident, external, applications), "dashboard,staging-backend\n");
  const std::string newest = "SELECT extract(epoch FROM max(created_at))::bigint FROM public.\"User\"";
  EXPECT_EQ(std::stoll(ask(**incident, local, newest)) - std::stoll(ask(**incident, external, newest)), 19 * 86400);
  for (const char* table : {"\"User\"", "games", "sessions"})
    EXPECT_NE(ask(**incident, local, fmt::format("DELETE FROM public.{}", table)).find("are protected"),
              std::string::npos);
}

TEST_F(Incidents, ActTwoMovesEverythingButWhatIsLeftBehind) {
  auto incident = Incident::start({});
  ASSERT_TRUE(incident) << incident.error().text;
  const project::Project broken = loaded(**incident);
  (*incident)->setBeforeSnapshot((*incident)->folder() / "before.snapshot.json");
  const auto played = (*incident)->playActTwo({});
  ASSERT_TRUE(played) << played.error().text;
  const project::Project fixed = loaded(**incident);
  EXPECT_EQ(fixed.beforeSnapshot, "before.snapshot.json");
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(fixed.servers[i].present, broken.servers[1].present);
    EXPECT_EQ(fixed.servers[i].before, broken.servers[i].present);
  }
  const auto& external = *fixed.servers[0].present;
  EXPECT_EQ(ask(**incident, external, users), "22\n");
  EXPECT_EQ(ask(**incident, external, tables), "13|\n");
  EXPECT_EQ(ask(**incident, external, triggers), "0\n");
  EXPECT_EQ(ask(**incident, external, "SELECT count(*) FROM messages"), "90\n");
  EXPECT_EQ(ask(**incident, external, applications), "dashboard,production-backend,staging-backend\n");
  // The next user gets a number of its own: the sequences came along.
  EXPECT_EQ(ask(**incident, external,
                "BEGIN; INSERT INTO public.\"User\" (username, email) VALUES ('x', 'x@example.org') RETURNING id; "
                "ROLLBACK"),
            "23\n");
  EXPECT_NE(ask(**incident, *broken.servers[0].present, users).find("Connection refused"), std::string::npos);
}

TEST_F(Incidents, ShowNoPasswordInWhatTheyWrite) {
  auto incident = Incident::start({});
  ASSERT_TRUE(incident) << incident.error().text;
  for (const auto& entry : fs::recursive_directory_iterator((*incident)->folder())) {
    if (!entry.is_regular_file() || entry.path().string().find("/data/") != std::string::npos)
      continue;
    std::ifstream stream(entry.path());
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    for (const char* name : {"LOCAL_PASSWORD", "EXTERNAL_PASSWORD"})
      EXPECT_EQ(text.find(*(*incident)->secret(name)), std::string::npos) << entry.path();
  }
  EXPECT_FALSE((*incident)->secret("HOME"));
}

TEST_F(Incidents, StopAtOnceWhenAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  const auto incident = Incident::start(stop.get_token());
  ASSERT_FALSE(incident);
  EXPECT_EQ(incident.error().text, "The demo was stopped.");
}

TEST_F(Incidents, StopInTheMidstOfTheirMaking) {
  std::stop_source stop;
  std::jthread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    stop.request_stop();
  });
  const auto incident = Incident::start(stop.get_token());
  ASSERT_FALSE(incident);
  EXPECT_EQ(incident.error().text, "The demo was stopped.");
}

std::vector<pid_t> postmastersBelow(const fs::path& folder) {
  std::vector<pid_t> found;
  for (const char* cluster : {"local", "external"})
    for (const auto& entry : fs::directory_iterator(folder)) {
      pid_t pid = 0;
      if (std::ifstream(entry.path() / cluster / "data" / "postmaster.pid") >> pid)
        found.push_back(pid);
    }
  return found;
}

TEST_F(Incidents, KilledOnesDieWholeAndAreRemovedAtTheNextStart) {
  std::array<int, 2> ready{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto incident = Incident::start({});
    const char answer = incident ? 'y' : 'n';
    [[maybe_unused]] const ssize_t written = ::write(ready[1], &answer, 1);
    ::pause();
    ::_exit(0);
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  const std::vector<pid_t> postmasters = postmastersBelow(m_folder);
  EXPECT_EQ(postmasters.size(), 2u);
  EXPECT_EQ(removeLeftovers(), 0) << "a live demo was removed";
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  for (const pid_t postmaster : postmasters)
    for (int i = 0; i < 500 && ::kill(postmaster, 0) == 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  for (const pid_t postmaster : postmasters)
    EXPECT_NE(::kill(postmaster, 0), 0) << "a PostgreSQL outlives its demo";
  EXPECT_FALSE(fs::is_empty(m_folder));
  EXPECT_EQ(removeLeftovers(), 1);
  EXPECT_TRUE(fs::is_empty(m_folder));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(Incidents, KilledInTheMidstOfTheirMakingAreRemovedAtTheNextStart) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto incident = Incident::start({});
    ::pause();
    ::_exit(0);
  }
  const auto begun = [&] {
    for (const auto& entry : fs::directory_iterator(m_folder))
      if (fs::exists(entry.path() / "local" / "data"))
        return true;
    return false;
  };
  for (int i = 0; i < 1000 && !begun(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(removeLeftovers(), 1);
  EXPECT_TRUE(fs::is_empty(m_folder));
}

} // namespace
