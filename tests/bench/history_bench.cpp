// A recorded history of 20,000 changes: recording it, opening it, and jumping and scrubbing through it, beside plain
// SQLite inserts and beside snapshots kept as one JSON file each. Prints figures; judges nothing.
#include "history/history.h"
#include "report/json.h"
#include "support/sample_snapshots.h"
#include "support/temporary_folder.h"
#include "timing.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <cstdio>
#include <random>

namespace {

using namespace whichbase;
using bench::median;
using bench::millisecondsOf;
using bench::percentile;
using history::History;
using topology::UtcTime;

constexpr int changes = 20'000;

UtcTime timeOf(int change) {
  return topology::fromIso8601("2025-12-03T14:00:00Z").value() + std::chrono::seconds(5 * change);
}

topology::Snapshot snapshotOf(int change) {
  topology::Sighting sighting = samples::incidentBeforeSighting();
  sighting.side = topology::Side::after;
  sighting.finishedAt = timeOf(change);
  for (auto& observation : sighting.observations)
    if (observation.facts && observation.facts->users)
      observation.facts->users.value->count = topology::Known<std::int64_t>::of(change);
  return topology::assemble(sighting);
}

template <class T>
T taken(std::expected<T, history::Error> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().text);
    std::exit(1);
  }
  return std::move(*result);
}

void recordAll(const std::filesystem::path& file) {
  double milliseconds = 0;
  const auto history = taken(History::open(file, History::Mode::record));
  for (int change = 0; change < changes; ++change) {
    const auto snapshot = snapshotOf(change);
    milliseconds += millisecondsOf([&] { taken(history->record(topology::Side::after, snapshot)); });
  }
  SQLite::Database plain(file.string() + ".plain", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  plain.execAndGet("PRAGMA journal_mode = WAL").getString();
  plain.exec("PRAGMA synchronous = NORMAL; CREATE TABLE states(id INTEGER PRIMARY KEY, at INTEGER, body TEXT)");
  const std::string body(800, 'x');
  const double yardstick = millisecondsOf([&] {
    for (int change = 0; change < changes; ++change) {
      SQLite::Statement row(plain, "INSERT INTO states(at, body) VALUES(?, ?)");
      row.bind(1, change);
      row.bind(2, body);
      row.exec();
    }
  });
  fmt::print(
      "record(): {:.0f} changes a second; plain SQLite inserts of 800 bytes, one transaction each: {:.0f} ({:.1f} "
      "times)\n",
      changes / milliseconds * 1000, changes / yardstick * 1000, milliseconds / yardstick);
}

void readAll(const std::filesystem::path& file, const std::filesystem::path& json) {
  std::vector<double> opening;
  for (int i = 0; i < 5; ++i)
    opening.push_back(millisecondsOf([&] {
      const auto history = taken(History::open(file, History::Mode::read));
      taken(history->overview());
    }));
  fmt::print("{} changes, {:.1f} MB: open and overview in {:.0f} ms (median of 5)\n", changes,
             double(std::filesystem::file_size(file)) / 1e6, median(opening));
  std::vector<double> loads, jumps, steps;
  for (int i = 0; i < 300; ++i)
    loads.push_back(millisecondsOf([&] { (void)report::loadSnapshot(json); }));
  const auto history = taken(History::open(file, History::Mode::read));
  std::mt19937 random(1);
  for (int i = 0; i < 1'000; ++i)
    jumps.push_back(millisecondsOf([&] { taken(history->at(timeOf(int(random() % changes)))); }));
  for (int change = 5'000; change < 8'000; ++change)
    steps.push_back(millisecondsOf([&] { taken(history->at(timeOf(change))); }));
  const double yardstick = median(loads);
  fmt::print("reading one snapshot's JSON file: {:.2f} ms\n", yardstick);
  fmt::print("at() anywhere: {:.2f} ms, 99th percentile {:.2f} ms ({:.1f} times)\n", median(jumps),
             percentile(jumps, 0.99), median(jumps) / yardstick);
  fmt::print(
      "at() the next change: {:.2f} ms, 99th percentile {:.2f} ms ({:.1f} times); a frame at 30 a second has 33 ms\n",
      median(steps), percentile(steps, 0.99), median(steps) / yardstick);
}

} // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0); // figures at once, also into a file
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "bench.whichbase";
  recordAll(file);
  readAll(file, folder.write("snapshot.json", report::toJson(snapshotOf(0))));
  return 0;
}
