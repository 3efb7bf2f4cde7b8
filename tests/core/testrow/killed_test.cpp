// The real program, killed at random moments while it writes a test row: after the next start nothing is left.
#include "support/paths.h"
#include "test_row_fixture.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <thread>

namespace whichbase::test {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int lanes = 4; // two for each place
constexpr int killsPerLane = 50;

// One run of the program, whose progress is heard.
class Running {
public:
  Running(const std::vector<std::string>& command, const std::string& home) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
      throw std::runtime_error("no pipe");
    m_errors = pipe[0];
    std::vector<std::string> words{"/usr/bin/env", "XDG_STATE_HOME=" + home, "XDG_CONFIG_HOME=" + home,
                                   "LC_ALL=C.UTF-8"};
    words.insert(words.end(), command.begin(), command.end());
    std::vector<char*> arguments;
    for (auto& word : words)
      arguments.push_back(word.data());
    arguments.push_back(nullptr);
    m_pid = ::fork();
    if (m_pid == 0) {
      ::dup2(pipe[1], STDERR_FILENO);
      ::dup2(pipe[1], STDOUT_FILENO);
      ::execv(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::close(pipe[1]);
  }
  ~Running() {
    end(SIGKILL);
    ::close(m_errors);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  // Until it has said the text, or the time is over, or it has ended.
  void hear(const std::string& text, Clock::duration patience) {
    const auto deadline = Clock::now() + patience;
    while ((text.empty() || m_said.find(text) == std::string::npos) && Clock::now() < deadline) {
      pollfd waiting{m_errors, POLLIN, 0};
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
      if (::poll(&waiting, 1, static_cast<int>(std::max<long long>(left.count(), 1))) <= 0)
        continue;
      std::array<char, 4096> part{};
      const ssize_t got = ::read(m_errors, part.data(), part.size());
      if (got <= 0)
        return;
      m_said.append(part.data(), static_cast<std::size_t>(got));
    }
  }
  // Its exit code; 128 and the signal where that ended it.
  int end(int signal) {
    if (m_pid <= 0)
      return m_exitCode;
    if (signal != 0)
      ::kill(m_pid, signal);
    int status = 0;
    ::waitpid(m_pid, &status, 0);
    m_pid = -1;
    m_exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return m_exitCode;
  }
  const std::string& said() const { return m_said; }

private:
  pid_t m_pid = -1;
  int m_errors = -1;
  int m_exitCode = -1;
  std::string m_said;
};

std::size_t entriesIn(const std::filesystem::path& home) {
  std::size_t count = 0;
  std::error_code none;
  for (std::filesystem::directory_iterator at(home / "whichbase/test-rows", none), end; !none && at != end;
       at.increment(none))
    ++count;
  return count;
}

// A database, a project and a state folder, in which one run after another is killed.
class Lane {
public:
  Lane(int number, std::uint32_t seed, const std::filesystem::path& folder)
      : m_random(seed), m_home(folder / fmt::format("lane{}", number)), m_database(newDatabase(usersTable)),
        m_place(number % 2 == 0 ? "own-table" : "users") {
    std::filesystem::create_directories(m_home);
    m_project = (m_home / "shop.whichbase.toml").string();
    std::string text = "[project]\ntitle = \"Shop\"\n";
    for (const char* name : {"Backend", "Dashboard"})
      text +=
          fmt::format("[[server]]\nname = \"{}\"\nurl = \"{}\"\nvia = \"direct\"\n", name, shared().url(m_database));
    std::FILE* const file = std::fopen(m_project.c_str(), "w");
    std::fputs(text.c_str(), file);
    std::fclose(file);
  }
  void run(std::map<std::string, int>& hits, std::mutex& mutex) {
    for (int kills = 0; kills < killsPerLane && !testing::Test::HasFailure();) {
      const std::string where = killOnce();
      const std::scoped_lock lock(mutex);
      ++hits[where];
      kills += where == ended ? 0 : 1;
    }
  }
  bool isCleanAgain(std::string& problem);
  static constexpr const char* ended = "6 not at all: it ended before";

private:
  std::vector<std::string> command(const std::vector<std::string>& more) const {
    std::vector<std::string> words{commandLineProgram().string(), "verify", m_project};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  std::string killOnce();
  std::string left() const;
  std::string whereIn(const std::string& left, const std::string& said, bool hasEnded) const;

  std::mt19937 m_random;
  const std::filesystem::path m_home;
  const std::string m_database;
  const std::string m_place;
  std::string m_project;
};

// "tables rows"
std::string Lane::left() const {
  const auto answer = shared().sql(m_database, "SELECT (SELECT count(*) FROM pg_class WHERE relname = "
                                               "'whichbase_canary') || ' ' || (SELECT count(*) FROM public.users)");
  return answer ? answer->substr(0, 3) : answer.error().text;
}

std::string Lane::whereIn(const std::string& left, const std::string& said, bool hasEnded) const {
  if (hasEnded)
    return Lane::ended;
  const bool isThere = left != "0 0";
  const bool isNoted = entriesIn(m_home) > 0;
  if (!isNoted)
    return said.find("Deleting") == std::string::npos ? "1 before the journal" : "5 after the journal's entry was gone";
  if (said.find("Deleting") != std::string::npos)
    return isThere ? "3 written, deletion begun" : "4 deleted, the entry still there";
  return isThere ? "2b written" : "2a in the journal, not (yet) written";
}

// After a kill, the next start has to leave nothing, at once.
std::string Lane::killOnce() {
  bool hasEnded = false;
  std::string said;
  {
    Running running(command({"--canary", m_place, "--yes"}), m_home);
    const auto number = m_random();
    // Some at any moment of the run; most while it writes.
    const char* const after[] = {"Inserting", "Inserting", "sees it", "Deleting", "that it is gone"};
    if (number % 8 != 0)
      running.hear(after[number % std::size(after)], 60s);
    running.hear({}, std::chrono::microseconds(m_random() % (number % 8 == 0 ? 400'000U : 25'000U)));
    const int exitCode = running.end(SIGKILL);
    hasEnded = exitCode != 128 + SIGKILL;
    said = running.said();
    EXPECT_TRUE(!hasEnded || exitCode == 0) << said;
  }
  const std::string where = whereIn(left(), said, hasEnded);
  std::string problem;
  EXPECT_TRUE(isCleanAgain(problem)) << m_place << ", killed " << where << ": " << problem << "\n" << said;
  return where;
}

bool Lane::isCleanAgain(std::string& problem) {
  if (entriesIn(m_home) > 0) { // without an entry nothing was ever sent
    Running next(command({"--clean"}), m_home);
    next.hear({}, 0ms);
    next.hear("\n\n\n", 60s); // to its end
    const int exitCode = next.end(0);
    if (exitCode != 0)
      problem += fmt::format("the next start ended with {}: {}. ", exitCode, next.said());
  }
  if (const std::string rest = left(); rest != "0 0")
    problem += "tables and rows left: " + rest + ". ";
  if (entriesIn(m_home) != 0)
    problem += "an entry of the journal is left. ";
  return problem.empty();
}

TEST(KilledTestRow, AfterTwoHundredKillsAtRandomMomentsTheNextStartLeavesNothing) {
  const char* const given = std::getenv("WHICHBASE_SEED");
  const auto seed = given != nullptr ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : 20261123U;
  const TemporaryFolder folder;
  std::vector<std::unique_ptr<Lane>> all;
  for (int number = 0; number < lanes; ++number)
    all.push_back(std::make_unique<Lane>(number, seed + static_cast<std::uint32_t>(number), folder.path()));
  std::map<std::string, int> hits;
  std::mutex mutex;
  {
    std::vector<std::jthread> threads;
    for (auto& lane : all)
      threads.emplace_back([&] { lane->run(hits, mutex); });
  }
  int kills = 0;
  for (const auto& [where, count] : hits) {
    fmt::print("killed {}: {}\n", where, count);
    kills += where == Lane::ended ? 0 : count;
  }
  EXPECT_EQ(kills, lanes * killsPerLane);
  // It was hit where it matters.
  EXPECT_GT(hits["2b written"] + hits["3 written, deletion begun"], 10) << "seed " << seed;
}

} // namespace
} // namespace whichbase::test
