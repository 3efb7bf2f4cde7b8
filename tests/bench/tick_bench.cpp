// One tick over 400 kept sessions, 10 to each of 40 databases, beside bare libpq loops that send the same pulse over as
// many kept connections of their own. Prints figures; judges nothing.
#include "demo/throwaway_cluster.h"
#include "kept_connections.h"
#include "live/pulse.h"
#include "live/round.h"
#include "timing.h"

#include <fmt/format.h>

#include <cstdlib>

namespace {

using namespace whichbase;

constexpr int databaseCount = 40;
constexpr int sessionCount = 400;
constexpr int runs = 9;
constexpr probe::Limits limits{.statement = std::chrono::seconds(60)}; // all are asked of one busy server

std::unique_ptr<demo::ThrowawayCluster> makeCluster() {
  auto cluster = demo::ThrowawayCluster::create(
      {.settings = {{"max_connections", "900"}}, .hba = "host all all 127.0.0.1/32 trust\n"});
  std::string problem = cluster ? "" : cluster.error().text;
  const auto run = [&](const std::string& database, const std::string& sql) {
    if (!problem.empty())
      return;
    if (const auto result = (*cluster)->sql(database, sql); !result)
      problem = result.error().text;
  };
  run("postgres", "CREATE DATABASE shop0");
  run("shop0", "CREATE TABLE users AS SELECT i AS id, now() AS created_at FROM generate_series(1, 1000) i; "
               "DO $$ BEGIN FOR i IN 1..20 LOOP EXECUTE format('CREATE TABLE t%s (id int)', i); END LOOP; END $$");
  for (int index = 1; index < databaseCount; ++index)
    run("postgres", fmt::format("CREATE DATABASE shop{} TEMPLATE shop0", index));
  if (!problem.empty()) {
    fmt::print(stderr, "{}\n", problem);
    std::exit(1);
  }
  return std::move(*cluster);
}

std::vector<std::unique_ptr<pg::Session>>
keptSessions(demo::ThrowawayCluster& cluster, const std::vector<std::string>& databases, pg::Watchdog& watchdog) {
  std::vector<std::unique_ptr<pg::Session>> sessions;
  for (const auto& database : databases) {
    pg::SqlError error;
    sessions.push_back(pg::Session::connect({{"host", "127.0.0.1"},
                                             {"hostaddr", "127.0.0.1"},
                                             {"port", std::to_string(cluster.port())},
                                             {"dbname", database},
                                             {"user", "postgres"},
                                             {"password", cluster.password()},
                                             {"application_name", "whichbase"}},
                                            pg::Clock::now() + std::chrono::seconds(60), watchdog, error));
    if (!sessions.back()) {
      fmt::print(stderr, "{}\n", error.text);
      std::exit(1);
    }
  }
  return sessions;
}

// What a tick does: words each pulse, asks all, reads all.
void tick(const std::vector<std::unique_ptr<pg::Session>>& sessions, const live::PulseQuestion& question) {
  std::vector<live::Question> questions;
  for (const auto& session : sessions)
    questions.push_back(
        {session.get(), live::pulseStatement(limits, question), pg::Clock::now() + std::chrono::seconds(60)});
  for (const auto& answer : live::askAll(questions))
    if (answer.rows.values.empty() || !live::readPulse(answer.rows.values[0].at(0).value_or(""))) {
      fmt::print(stderr, "no pulse: {}\n", answer.error.text);
      std::exit(1);
    }
}

} // namespace

int main() {
  const auto cluster = makeCluster();
  std::vector<std::string> databases;
  for (int index = 0; index < sessionCount; ++index)
    databases.push_back(fmt::format("shop{}", index % databaseCount));
  live::PulseQuestion question;
  question.usersRelation = "public.users"; // a count would measure the server only
  question.withClients = false;            // one session a database reads them
  const std::string statement = live::pulseStatement(limits, question);

  pg::Watchdog watchdog;
  const auto sessions = keptSessions(*cluster, databases, watchdog);
  const auto bare = bench::keptConnections(cluster->port(), "postgres", cluster->password(), databases);
  tick(sessions, question); // warms the servers' caches
  bench::askInTurn(bare, statement);
  std::vector<double> ours, inTurn, atOnce;
  for (int run = 0; run < runs; ++run) {
    inTurn.push_back(bench::millisecondsOf([&] { bench::askInTurn(bare, statement); }));
    ours.push_back(bench::millisecondsOf([&] { tick(sessions, question); }));
    atOnce.push_back(bench::millisecondsOf([&] { bench::askAtOnce(bare, statement); }));
  }
  fmt::print("a tick over {} kept sessions: {:.0f} ms; bare libpq, one after the other: {:.0f} ms: ratio {:.2f}; bare "
             "libpq, all at once: {:.0f} ms: ratio {:.2f}\n",
             sessionCount, bench::median(ours), bench::median(inTurn), bench::median(ours) / bench::median(inTurn),
             bench::median(atOnce), bench::median(ours) / bench::median(atOnce));
}
