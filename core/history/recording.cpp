// What record() writes: the state where it says something new, what happened, how many users there are, and that
// somebody watched.
#include "connection/connection_string.h"
#include "history/essence.h"
#include "history/store.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace whichbase::history {
namespace {

using namespace topology;
using namespace std::chrono_literals;

// Two who watch at the same time see the same a little apart; a clock that was set back is further off.
constexpr std::chrono::microseconds together = 60s;

std::expected<void, Error> knowLast(History::Store& store, Side side) {
  auto& last = store.lastOf(side);
  const auto newest = store.chain(side).newest();
  if (!newest) {
    last.reset();
    return {};
  }
  if (last && last->place == *newest)
    return {};
  const auto snapshot = store.snapshot(side, *newest); // somebody else wrote it
  if (!snapshot)
    return std::unexpected(snapshot.error());
  last = LastState{*newest, *snapshot, essenceOf(**snapshot)};
  return {};
}

struct Users {
  std::optional<std::int64_t> count;
  CountKind kind = CountKind::exact;
  bool operator==(const Users&) const = default;
};

Users usersOf(const Database& database) {
  if (!database.answered || database.gone || !database.users)
    return {};
  const Known<std::int64_t>& count = database.users->count;
  return {count.value, count ? database.users->kind : CountKind::exact};
}

// Nothing: no point of it yet.
std::optional<Users> lastPoint(SQLite::Database& database, const std::string& id) {
  SQLite::Statement row(database, "SELECT users, kind FROM points WHERE database = ? ORDER BY id DESC LIMIT 1");
  row.bind(1, id);
  if (!row.executeStep())
    return std::nullopt;
  Users users;
  if (!row.getColumn(0).isNull())
    users.count = row.getColumn(0).getInt64();
  users.kind = CountKind(row.getColumn(1).getInt());
  return users;
}

void addPoint(SQLite::Database& database, UtcTime at, const std::string& id, const Users& users) {
  const auto last = lastPoint(database, id);
  if (last ? *last == users : !users.count)
    return;
  SQLite::Statement row(database, "INSERT INTO points(at, database, users, kind) VALUES(?, ?, ?, ?)");
  row.bind(1, numberOf(at));
  row.bind(2, id);
  if (users.count)
    row.bind(3, *users.count);
  row.bind(4, int(users.kind));
  row.exec();
}

void nameDatabase(SQLite::Database& database, const Database& described) {
  SQLite::Statement row(database,
                        "INSERT INTO databases(id, label, relation) VALUES(?, ?, ?) ON CONFLICT(id) DO UPDATE "
                        "SET label = excluded.label, "
                        "relation = CASE excluded.relation WHEN '' THEN relation ELSE excluded.relation END");
  row.bind(1, described.id);
  row.bind(2, described.label.empty() ? described.name : described.label);
  row.bind(3, described.users ? described.users->relation : "");
  row.exec();
}

// A database of both sides is counted on the after side; one that no side speaks of any more is not reached.
void addPoints(History::Store& store, Side side, const Snapshot& snapshot, UtcTime at, bool isSeenNow) {
  const auto& other = store.lastOf(side == Side::before ? Side::after : Side::before);
  for (const Database& database : snapshot.databases) {
    nameDatabase(store.database(), database);
    const bool countedThere = side == Side::before && other && other->snapshot->database(database.id) != nullptr;
    if (isSeenNow && !countedThere)
      addPoint(store.database(), at, database.id, usersOf(database));
  }
  const auto& earlier = store.lastOf(side);
  if (!earlier || side == Side::before)
    return;
  for (const Database& database : earlier->snapshot->databases)
    if (snapshot.database(database.id) == nullptr && !(other && other->snapshot->database(database.id) != nullptr))
      addPoint(store.database(), at, database.id, Users());
}

// Empty: there is none.
std::string meta(SQLite::Database& database, const char* key) {
  SQLite::Statement row(database, "SELECT value FROM meta WHERE key = ?");
  row.bind(1, key);
  return row.executeStep() ? row.getColumn(0).getString() : std::string();
}

void setMeta(SQLite::Database& database, const char* key, const std::string& value) {
  SQLite::Statement row(database, "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = "
                                  "excluded.value WHERE value <> excluded.value");
  row.bind(1, key);
  row.bind(2, value);
  row.exec();
}

// Why this state is one to come back to; empty: it is not. What a sweep that was cut did not get to see changes no
// verdict.
std::string momentReason(SQLite::Database& database, Side side, const Snapshot& snapshot) {
  if (side != Side::after || !snapshot.complete)
    return {};
  const std::string verdict = toString(snapshot.verdict.kind);
  const std::string earlier = meta(database, "verdict");
  setMeta(database, "verdict", verdict);
  if (earlier.empty())
    return "first complete sweep";
  return earlier == verdict ? std::string() : fmt::format("verdict: {} → {}", earlier, verdict);
}

} // namespace

void insert(SQLite::Database& database, const Event& event) {
  SQLite::Statement row(database, "INSERT INTO events(at, side, kind, subjects, text) VALUES(?, ?, ?, ?, ?)");
  row.bind(1, numberOf(event.at));
  row.bind(2, numberOf(event.side));
  row.bind(3, toString(event.kind));
  row.bind(4, nlohmann::json(event.subjects).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  row.bind(5, connection::redact(event.text));
  row.exec();
}

Moment insertMoment(SQLite::Database& database, UtcTime at, const std::string& reason) {
  SQLite::Statement row(database, "INSERT INTO moments(at, reason) VALUES(?, ?)");
  row.bind(1, numberOf(at));
  row.bind(2, reason);
  row.exec();
  return {database.getLastInsertRowid(), at, reason};
}

std::expected<std::vector<Event>, Error> recordSighting(History::Store& store, Side side, const Snapshot& snapshot) {
  std::vector<Event> happened;
  if (auto event = watchUntil(store, snapshot.finishedAt))
    happened.push_back(std::move(*event));
  if (auto known = knowLast(store, side); !known)
    return std::unexpected(known.error());
  auto& last = store.lastOf(side);
  // A recorded before side is of an earlier time: here it counts from when the watch began.
  const UtcTime begun = timeFrom(
      store.database().execAndGet(fmt::format("SELECT begins FROM spans WHERE id = {}", store.span)).getInt64());
  const UtcTime at = std::max(snapshot.finishedAt, begun);
  Snapshot essence = essenceOf(snapshot);
  const bool isLate = last && at < last->place.at && last->place.at - at < together;
  if (!isLate && (!last || essence != last->essence)) {
    if (last)
      std::ranges::move(eventsBetween(*last->snapshot, snapshot), std::back_inserter(happened));
    const std::string reason = momentReason(store.database(), side, snapshot);
    addPoints(store, side, snapshot, at, snapshot.finishedAt >= begun);
    const StatePlace place = store.chain(side).append(at, storedForm(snapshot), !reason.empty());
    if (!reason.empty())
      insertMoment(store.database(), at, reason);
    setMeta(store.database(), "title", snapshot.title);
    last = LastState{place, std::make_shared<const Snapshot>(snapshot), std::move(essence)};
  }
  for (Event& event : happened) {
    event.at = std::max(event.at, begun);
    event.side = side;
    insert(store.database(), event);
  }
  return happened;
}

} // namespace whichbase::history
