// When somebody watched: spans that grow with each sighting.
#include "history/store.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>

namespace whichbase::history {
namespace {

using namespace topology;
using namespace std::chrono_literals;

// A pause that is longer than this, and than three times the usual one, is no pause between two ticks: the computer
// slept, or the program was stopped.
constexpr std::chrono::microseconds longestTick = 5min;
constexpr std::chrono::microseconds watchedJustNow = 1min;

Event started(UtcTime at, std::optional<UtcTime> watchedBefore) {
  Event event;
  event.at = at;
  event.kind = EventKind::recordingStarted;
  event.text = watchedBefore
                   ? fmt::format("Recording goes on. Nobody watched since {}.", toShortClock(*watchedBefore, at))
                   : "Recording started.";
  return event;
}

} // namespace

std::optional<Event> beginWatch(History::Store& store, UtcTime at) {
  SQLite::Database& database = store.database();
  std::optional<UtcTime> watched;
  SQLite::Statement row(database, "SELECT max(ends) FROM spans WHERE begins <= ?");
  row.bind(1, numberOf(at));
  if (row.executeStep() && !row.getColumn(0).isNull())
    watched = timeFrom(row.getColumn(0).getInt64());
  SQLite::Statement added(database, "INSERT INTO spans(begins, ends) VALUES(?, ?)");
  added.bind(1, numberOf(at));
  added.bind(2, numberOf(at));
  added.exec();
  store.span = database.getLastInsertRowid();
  store.usualGap = {};
  if (watched && at - *watched < watchedJustNow) // another window watches, too
    return std::nullopt;
  return started(at, watched);
}

std::optional<Event> watchUntil(History::Store& store, UtcTime at) {
  SQLite::Statement row(store.database(), "SELECT begins, ends FROM spans WHERE id = ?");
  row.bind(1, store.span);
  if (store.span == 0 || !row.executeStep())
    return beginWatch(store, at);
  const UtcTime begins = timeFrom(row.getColumn(0).getInt64());
  const UtcTime ends = timeFrom(row.getColumn(1).getInt64());
  row.reset();
  const auto gap = at - ends;
  if (gap > std::max(longestTick, 3 * store.usualGap)) {
    auto event = beginWatch(store, at);
    store.usualGap = gap;
    return event;
  }
  // A clock that was set back: what follows is another stretch of its time.
  if (at < begins && begins - at > watchedJustNow && ends - at > longestTick)
    return std::nullopt;
  if (gap > 0us) {
    store.usualGap = gap;
    SQLite::Statement grown(store.database(), "UPDATE spans SET ends = ? WHERE id = ?");
    grown.bind(1, numberOf(at));
    grown.bind(2, store.span);
    grown.exec();
  }
  return std::nullopt;
}

} // namespace whichbase::history
