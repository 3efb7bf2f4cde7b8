// What watching costs a database of 10 million users under load: the CPU time of our backends over that of pgbench's,
// from /proc, in one run. Pulses every 5 s with exact counts in their budget. Prints figures; judges nothing.
#include "demo/throwaway_cluster.h"
#include "live/pulse.h"
#include "live/round.h"
#include "process/child_process.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

namespace {

using namespace whichbase;
using namespace std::chrono_literals;

constexpr int seconds = 60;
constexpr auto interval = 5s;
constexpr auto countLimit = 1s;

[[noreturn]] void fail(const std::string& text) {
  fmt::print(stderr, "{}\n", text);
  std::exit(1);
}

// utime + stime of a process in clock ticks; 0 where it has gone.
long ticksOf(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string line;
  std::getline(file, line);
  const auto name = line.rfind(')');
  if (name == std::string::npos)
    return 0;
  std::istringstream rest(line.substr(name + 2));
  std::string skipped;
  for (int field = 3; field < 14; ++field)
    rest >> skipped;
  long user = 0, system = 0;
  rest >> user >> system;
  return user + system;
}

std::string sql(demo::ThrowawayCluster& cluster, const std::string& text) {
  const auto result = cluster.sql("postgres", text);
  if (!result)
    fail(result.error().text);
  return *result;
}

// CPU time of the backends with this application name, parallel workers included.
std::map<std::string, long> ticksOfApplication(demo::ThrowawayCluster& cluster, const std::string& application) {
  std::map<std::string, long> ticks;
  std::istringstream pids(
      sql(cluster, fmt::format("SELECT pid FROM pg_stat_activity WHERE application_name = '{}'", application)));
  for (std::string pid; std::getline(pids, pid);)
    if (!pid.empty())
      ticks[pid] = ticksOf(pid);
  return ticks;
}

long difference(const std::map<std::string, long>& before, const std::map<std::string, long>& after) {
  long sum = 0;
  for (const auto& [pid, ticks] : after) {
    const auto found = before.find(pid);
    sum += ticks - (found == before.end() ? 0 : found->second);
  }
  return sum;
}

struct Counts {
  int exact = 0, ended = 0;
  std::chrono::microseconds took{0};
};

// As a watch does it: with a count where one is due; where that fails, once more without.
void pulse(pg::Session& session, live::CountBudget& budget, Counts& counts) {
  live::PulseQuestion question;
  question.usersRelation = "public.users";
  const bool isCounting = budget.isDue(pg::Clock::now());
  if (isCounting) {
    question.countedRelation = question.usersRelation;
    question.creationColumn = "created_at";
  }
  const auto answer = live::askAll({{&session, live::pulseStatement({}, question), pg::Clock::now() + 10s}}).at(0);
  if (answer.error.kind == pg::ErrorKind::none) {
    const auto heard = live::readPulse(answer.rows.values.at(0).at(0).value_or(""));
    if (!heard)
      fail("a pulse could not be read");
    if (!isCounting)
      return;
    budget.took(pg::Clock::now(), heard->countTook, false);
    ++counts.exact;
    counts.took += heard->countTook;
  } else if (isCounting && answer.error.kind == pg::ErrorKind::timeout) {
    budget.took(pg::Clock::now(), countLimit, true);
    ++counts.ended;
    counts.took += countLimit;
    pulse(session, budget, counts);
  } else {
    fmt::print(stderr, "a pulse failed: {}\n", answer.error.text);
  }
}

std::unique_ptr<demo::ThrowawayCluster> makeCluster() {
  auto cluster = demo::ThrowawayCluster::create({.settings = {{"shared_buffers", "'512MB'"},
                                                              {"autovacuum", "off"},
                                                              {"max_wal_size", "'8GB'"},
                                                              {"wal_level", "minimal"},
                                                              {"max_wal_senders", "0"}}});
  if (!cluster)
    fail(cluster.error().text);
  sql(**cluster, "CREATE TABLE users AS SELECT i AS id, 'user' || i || '@example.org' AS email, "
                 "timestamptz '2020-01-01' + i * interval '10 seconds' AS created_at "
                 "FROM generate_series(1, 10000000) i");
  sql(**cluster, "ALTER TABLE users ADD PRIMARY KEY (id)");
  sql(**cluster, "VACUUM ANALYZE users");
  return std::move(*cluster);
}

std::unique_ptr<process::ChildProcess> startLoad(demo::ThrowawayCluster& cluster, const std::string& script) {
  std::ofstream(script) << "\\set id random(1, 10000000)\n"
                           "UPDATE users SET email = 'user' || :id || '@example.net' WHERE id = :id;\n"
                           "SELECT email FROM users WHERE id = :id;\n";
  auto load =
      process::ChildProcess::start({demo::findPostgresPrograms() / "pgbench",
                                    {"-n", "-c", "4", "-T", std::to_string(seconds + 60), "-f", script, "-h",
                                     "127.0.0.1", "-p", std::to_string(cluster.port()), "-U", "postgres", "postgres"},
                                    {{"PGPASSWORD", cluster.password()}}},
                                   {.log = script + ".log"});
  if (!load)
    fail(load.error());
  std::this_thread::sleep_for(3s);
  return std::move(*load);
}

} // namespace

int main() {
  const auto cluster = makeCluster();
  const std::string script = fmt::format("/tmp/whichbase-load-{}.sql", getpid());
  const auto load = startLoad(*cluster, script);
  pg::Watchdog watchdog;
  pg::SqlError error;
  const auto session = pg::Session::connect({{"host", "127.0.0.1"},
                                             {"hostaddr", "127.0.0.1"},
                                             {"port", std::to_string(cluster->port())},
                                             {"dbname", "postgres"},
                                             {"user", "postgres"},
                                             {"password", cluster->password()},
                                             {"application_name", "whichbase"}},
                                            pg::Clock::now() + 30s, watchdog, error);
  if (!session)
    fail(error.text);
  const auto before = ticksOfApplication(*cluster, "pgbench");
  live::CountBudget budget;
  Counts counts;
  const auto end = pg::Clock::now() + std::chrono::seconds(seconds);
  for (auto next = pg::Clock::now(); next < end; next += interval) {
    std::this_thread::sleep_until(next);
    pulse(*session, budget, counts);
  }
  std::this_thread::sleep_until(end);
  const long ours = difference({}, ticksOfApplication(*cluster, "whichbase"));
  const long theirs = difference(before, ticksOfApplication(*cluster, "pgbench"));
  const double second = static_cast<double>(sysconf(_SC_CLK_TCK));
  fmt::print("{} s of pulses every 5 s, 10 million users: our backends {:.2f} s of CPU, pgbench's {:.2f} s: {:.2f} %; "
             "{} exact counts, {} ended by their limit, {:.2f} s in all\n",
             seconds, static_cast<double>(ours) / second, static_cast<double>(theirs) / second,
             100.0 * static_cast<double>(ours) / static_cast<double>(theirs), counts.exact, counts.ended,
             std::chrono::duration<double>(counts.took).count());
  unlink(script.c_str());
  unlink((script + ".log").c_str());
}
