#include "histories.h"

#include "support/sample_snapshots.h"

#include <fstream>
#include <iterator>

namespace whichbase::history {

using namespace topology;

UtcTime timeOf(const char* iso8601) {
  return fromIso8601(iso8601).value();
}

namespace {

Snapshot seenAt(Sighting sighting, UtcTime at) {
  sighting.side = Side::after;
  sighting.startedAt = at - std::chrono::milliseconds(300);
  sighting.finishedAt = at;
  for (Observation& observation : sighting.observations) {
    observation.startedAt = sighting.startedAt;
    observation.finishedAt = at;
    observation.timingsMs["connect"] = double(at.time_since_epoch().count() % 97);
  }
  return assemble(sighting);
}

} // namespace

Snapshot brokenAt(UtcTime at) {
  return seenAt(samples::incidentBeforeSighting(), at);
}

Snapshot fixedAt(UtcTime at) {
  return seenAt(samples::incidentAfterSighting(), at);
}

Snapshot withUsers(UtcTime at, std::int64_t users) {
  Sighting sighting = samples::incidentBeforeSighting();
  for (Observation& observation : sighting.observations)
    if (observation.facts && observation.facts->users) {
      observation.facts->users.value->count = Known<std::int64_t>::of(users);
      break;
    }
  return seenAt(std::move(sighting), at);
}

std::int64_t usersIn(const State& state) {
  return *state.after->databases.front().users->count;
}

std::unique_ptr<History> recording(const std::filesystem::path& file, const Retention& retention) {
  auto history = History::open(file, History::Mode::record, retention);
  if (!history)
    throw std::runtime_error(history.error().text);
  return std::move(*history);
}

std::unique_ptr<History> reading(const std::filesystem::path& file) {
  auto history = History::open(file, History::Mode::read);
  if (!history)
    throw std::runtime_error(history.error().text);
  return std::move(*history);
}

void record(History& history, Side side, const Snapshot& snapshot) {
  const auto events = history.record(side, snapshot);
  if (!events)
    throw std::runtime_error(events.error().text);
}

Overview overviewOf(const History& history) {
  auto overview = history.overview();
  if (!overview)
    throw std::runtime_error(overview.error().text);
  return std::move(*overview);
}

State stateAt(const History& history, UtcTime at) {
  auto state = history.at(at);
  if (!state)
    throw std::runtime_error(state.error().text);
  if (!*state)
    throw std::runtime_error("nothing is known at " + toIso8601(at));
  return std::move(**state);
}

std::string bytesOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace whichbase::history
