#include "history/event.h"

#include "history/event_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace whichbase::history {

namespace {

using topology::Snapshot;

constexpr std::array<std::pair<EventKind, const char*>, 21> kindNames{{
    {EventKind::serverMoved, "server-moved"},
    {EventKind::endpointMoved, "endpoint-moved"},
    {EventKind::configurationChanged, "configuration-changed"},
    {EventKind::serverUnreachable, "server-unreachable"},
    {EventKind::serverReached, "server-reached"},
    {EventKind::databaseAppeared, "database-appeared"},
    {EventKind::databaseUnreached, "database-unreached"},
    {EventKind::databaseGone, "database-gone"},
    {EventKind::databaseRestarted, "database-restarted"},
    {EventKind::databasePromoted, "database-promoted"},
    {EventKind::usersChanged, "users-changed"},
    {EventKind::usersJumped, "users-jumped"},
    {EventKind::tablesAppeared, "tables-appeared"},
    {EventKind::tablesGone, "tables-gone"},
    {EventKind::triggersAppeared, "triggers-appeared"},
    {EventKind::triggersGone, "triggers-gone"},
    {EventKind::verdictChanged, "verdict-changed"},
    {EventKind::verification, "verification"},
    {EventKind::note, "note"},
    {EventKind::recordingStarted, "recording-started"},
    {EventKind::keptAsBefore, "kept-as-before"},
}};

// What a sweep that was cut did not get to see is no change of the verdict.
void addVerdict(std::vector<Event>& events, const Snapshot& earlier, const Snapshot& later) {
  if (!earlier.complete || !later.complete || earlier.verdict.kind == later.verdict.kind)
    return;
  Event event{later.finishedAt, EventKind::verdictChanged, later.side, {}, {}};
  event.text = fmt::format("Verdict: {} → {}. {}.", toString(earlier.verdict.kind), toString(later.verdict.kind),
                           later.verdict.text);
  events.push_back(std::move(event));
}

// From the weightiest on.
int weightOf(EventKind kind) {
  constexpr std::array order{
      EventKind::verdictChanged,   EventKind::endpointMoved,        EventKind::serverMoved,
      EventKind::databaseGone,     EventKind::databaseUnreached,    EventKind::serverUnreachable,
      EventKind::usersJumped,      EventKind::tablesGone,           EventKind::triggersGone,
      EventKind::databasePromoted, EventKind::databaseRestarted,    EventKind::databaseAppeared,
      EventKind::serverReached,    EventKind::configurationChanged, EventKind::tablesAppeared,
      EventKind::triggersAppeared, EventKind::usersChanged,
  };
  return static_cast<int>(std::ranges::find(order, kind) - order.begin());
}

} // namespace

bool Event::isMajor() const {
  switch (kind) {
  case EventKind::usersChanged:
  case EventKind::tablesAppeared:
  case EventKind::triggersAppeared:
  case EventKind::serverReached:
  case EventKind::recordingStarted:
    return false;
  default:
    return true;
  }
}

std::vector<Event> eventsBetween(const Snapshot& earlier, const Snapshot& later) {
  std::vector<Event> events;
  const Pair pair(earlier, later);
  addVerdict(events, earlier, later);
  addServerEvents(events, pair);
  addDatabaseEvents(events, pair);
  addContentEvents(events, pair);
  std::ranges::stable_sort(events, {}, [](const Event& event) { return weightOf(event.kind); });
  return events;
}

std::string toString(EventKind kind) {
  const auto found = std::ranges::find(kindNames, kind, &std::pair<EventKind, const char*>::first);
  return found == kindNames.end() ? std::string() : found->second;
}

std::optional<EventKind> eventKindFrom(std::string_view name) {
  for (const auto& [kind, text] : kindNames)
    if (name == text)
      return kind;
  return std::nullopt;
}

} // namespace whichbase::history
