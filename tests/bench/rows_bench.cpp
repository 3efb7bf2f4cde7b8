// Two databases of a million users (or as many as the argument says) with 100 differences: their rows compared, beside
// COPY ... ORDER BY of both to files, side by side, and comm on them, in one run. Prints figures; judges nothing.
#include "compare/rows.h"
#include "counting_forwarder.h"
#include "demo/throwaway_cluster.h"
#include "support/temporary_folder.h"
#include "timing.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using namespace whichbase;

constexpr int runs = 5;

void stopWith(const std::string& problem) {
  fmt::print(stderr, "{}\n", problem);
  std::exit(1);
}

std::unique_ptr<demo::ThrowawayCluster> makeCluster(const std::filesystem::path& programs) {
  demo::ClusterOptions options;
  options.settings = {{"shared_buffers", "'1GB'"}, {"max_wal_size", "'8GB'"}, {"autovacuum", "off"}};
  options.hba = "host all all 127.0.0.1/32 trust\n";
  options.programs = programs;
  auto cluster = demo::ThrowawayCluster::create(options);
  if (!cluster)
    stopWith(cluster.error().text);
  return std::move(*cluster);
}

struct Side {
  demo::ThrowawayCluster* cluster = nullptr;
  std::string database;
};

void run(const Side& side, const std::string& sql) {
  if (const auto result = side.cluster->sql(side.database, sql); !result)
    stopWith(result.error().text);
}

// Numbers of as many digits each, so that their order is that of their texts, as comm needs it.
Side makeUsers(demo::ThrowawayCluster& cluster, const std::string& name, const std::string& encoding, long count) {
  run({&cluster, "postgres"},
      fmt::format("CREATE DATABASE {} TEMPLATE template0 LOCALE 'C' ENCODING '{}'", name, encoding));
  run({&cluster, name},
      fmt::format(
          "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text, created_at timestamptz NOT "
          "NULL, score double precision, active boolean NOT NULL); INSERT INTO users SELECT 1000000000 + i, "
          "'user' || i || '@example.org', md5(i::text), '2026-01-01'::timestamptz + i * interval '1 minute', i * "
          "0.1, i % 2 = 0 FROM generate_series(1, {}) i",
          count));
  return {&cluster, name};
}

void plant(const Side& side, long count) {
  const long step = count / 100;
  run(side,
      fmt::format("DELETE FROM users WHERE (id - 1000000000) % {0} = 0 AND (id - 1000000000) / {0} % 2 = 0; UPDATE "
                  "users SET score = score + 1 WHERE (id - 1000000000) % {0} = 0",
                  step));
  run(side, "VACUUM ANALYZE users");
}

compare::Endpoint endpointOf(const Side& side, int port) {
  probe::Target target;
  target.parameters = {
      {"host", "127.0.0.1"}, {"port", std::to_string(port)}, {"dbname", side.database}, {"user", "postgres"}};
  compare::Endpoint endpoint;
  endpoint.name = side.database;
  endpoint.targets = {target};
  return endpoint;
}

compare::RowsResult compareThem(const Side& from, const Side& to, int fromPort, int toPort) {
  probe::Connector connector({});
  auto result = compare::compareRows(endpointOf(from, fromPort), endpointOf(to, toPort), {}, connector, {});
  if (!result)
    stopWith(result.error().text);
  if (result->onlyInFrom + result->different != 100 || result->onlyInTo != 0)
    stopWith(fmt::format("100 differences became {} and {}", result->onlyInFrom, result->different));
  return std::move(*result);
}

void copyThem(const Side& from, const Side& to, const std::filesystem::path& folder) {
  std::string commands;
  for (const Side* side : {&from, &to})
    commands += fmt::format("{} -Xq -h 127.0.0.1 -p {} -U postgres {} -c 'COPY (SELECT * FROM users ORDER BY id) TO "
                            "STDOUT' > {} & ",
                            (demo::findPostgresPrograms() / "psql").string(), side->cluster->port(), side->database,
                            (folder / side->database).string());
  commands += fmt::format("wait; LC_ALL=C comm -3 {} {} > {}", (folder / from.database).string(),
                          (folder / to.database).string(), (folder / "differences").string());
  if (std::system(commands.c_str()) != 0)
    stopWith("psql or comm failed");
}

std::string residentPeak() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:"))
      return line.substr(line.find_first_not_of(" \t", 6));
  return "unknown";
}

void measure(const std::string& what, const Side& from, const Side& to) {
  const test::TemporaryFolder folder;
  std::vector<double> ours, copies;
  std::string method;
  compareThem(from, to, from.cluster->port(), to.cluster->port()); // warms the servers' caches
  for (int round = 0; round < runs; ++round) {
    copies.push_back(bench::millisecondsOf([&] { copyThem(from, to, folder.path()); }));
    ours.push_back(bench::millisecondsOf(
        [&] { method = compareThem(from, to, from.cluster->port(), to.cluster->port()).method; }));
  }
  bench::CountingForwarder fromWire(from.cluster->port()), toWire(to.cluster->port());
  compareThem(from, to, fromWire.port(), toWire.port());
  const auto copied = static_cast<double>(std::filesystem::file_size(folder.path() / from.database) +
                                          std::filesystem::file_size(folder.path() / to.database));
  const auto sent = static_cast<double>(fromWire.bytes() + toWire.bytes());
  fmt::print(
      "{} ({}): {:.0f} ms; COPY ORDER BY side by side and comm: {:.0f} ms: ratio {:.2f}; {:.0f} kB over the wire of "
      "{:.0f} kB: {:.3f} %; resident at most {}\n",
      what, method, bench::median(ours), bench::median(copies), bench::median(ours) / bench::median(copies),
      sent / 1000, copied / 1000, 100 * sent / copied, residentPeak());
}

} // namespace

int main(int argc, char** argv) {
  const long count = argc > 1 ? std::atol(argv[1]) : 1'000'000;
  const auto cluster = makeCluster({});
  const Side a = makeUsers(*cluster, "a", "UTF8", count);
  run(a, "VACUUM ANALYZE users");
  const Side b = makeUsers(*cluster, "b", "UTF8", count);
  plant(b, count);
  measure(fmt::format("{} users, same version and encoding", count), a, b);
  if (count > 1'000'000)
    return 0;
  const Side latin = makeUsers(*cluster, "latin", "LATIN1", count);
  plant(latin, count);
  measure("another encoding", a, latin);
  if (const auto programs = demo::findOtherPostgresPrograms(); !programs.empty()) {
    const auto other = makeCluster(programs);
    const Side elsewhere = makeUsers(*other, "elsewhere", "UTF8", count);
    plant(elsewhere, count);
    measure("another major version", a, elsewhere);
  }
}
