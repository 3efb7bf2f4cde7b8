// Lets go of the oldest changes. What is kept of them (moments, and where the rest begins) becomes whole first.
#include "history/store.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <set>

namespace whichbase::history {
namespace {

using namespace topology;

std::int64_t number(SQLite::Database& database, const std::string& statement) {
  return database.execAndGet(statement).getInt64();
}

std::uintmax_t usedBytes(SQLite::Database& database) {
  const std::int64_t pages = number(database, "PRAGMA page_count") - number(database, "PRAGMA freelist_count");
  return std::uintmax_t(pages * number(database, "PRAGMA page_size"));
}

std::set<std::int64_t> keptIds(History::Store& store, Side side) {
  std::set<std::int64_t> kept;
  SQLite::Statement moments(store.database(), "SELECT at FROM moments");
  while (moments.executeStep())
    if (const auto place = store.chain(side).placeAt(timeFrom(moments.getColumn(0).getInt64())))
      kept.insert(place->id);
  return kept;
}

// States of the side before `id`, but those of moments. The one at `id` and the kept ones stand alone afterwards.
std::expected<void, Error> forgetBefore(History::Store& store, Side side, std::int64_t id) {
  SQLite::Database& database = store.database();
  auto whole = keptIds(store, side);
  whole.insert(id);
  for (const std::int64_t kept : whole) {
    if (kept > id)
      continue;
    if (auto made = store.chain(side).makeKeyframe(kept); !made)
      return std::unexpected(damaged(store.file, made.error()));
  }
  // What rested on a kept state no longer does: only that state itself stays.
  SQLite::Statement rows(database, "SELECT id FROM states WHERE side = ? AND id < ?");
  rows.bind(1, numberOf(side));
  rows.bind(2, id);
  SQLite::Statement gone(database, "DELETE FROM states WHERE id = ?");
  while (rows.executeStep()) {
    if (whole.contains(rows.getColumn(0).getInt64()))
      continue;
    gone.bind(1, rows.getColumn(0).getInt64());
    gone.exec();
    gone.reset();
  }
  return {};
}

// The newest state stays, whatever its age; so does each database's last point before the time.
std::expected<void, Error> forgetBefore(History::Store& store, UtcTime time) {
  for (const Side side : {Side::before, Side::after}) {
    const auto place = store.chain(side).placeAt(time);
    if (!place)
      continue;
    if (auto done = forgetBefore(store, side, place->id); !done)
      return done;
  }
  SQLite::Statement points(store.database(),
                           "DELETE FROM points WHERE at < ?1 AND id NOT IN (SELECT max(id) FROM points WHERE at < ?1 "
                           "GROUP BY database)");
  points.bind(1, numberOf(time));
  points.exec();
  return {};
}

// A tenth of the states that may go; nothing where none may.
std::optional<UtcTime> tenthAfterOldest(SQLite::Database& database) {
  const std::int64_t count = number(database, "SELECT count(*) FROM states");
  SQLite::Statement row(database, "SELECT at FROM states ORDER BY at LIMIT 1 OFFSET ?");
  row.bind(1, count / 10 + 1);
  return row.executeStep() ? std::optional(timeFrom(row.getColumn(0).getInt64())) : std::nullopt;
}

std::expected<void, Error> makeSmaller(History::Store& store) {
  SQLite::Database& database = store.database();
  // To nine tenths, so that it is not the next record's work again.
  while (usedBytes(database) > store.retention.bytes / 10 * 9) {
    const auto states = number(database, "SELECT count(*) FROM states");
    const auto until = tenthAfterOldest(database);
    if (!until)
      return {};
    if (auto done = forgetBefore(store, *until); !done)
      return done;
    if (number(database, "SELECT count(*) FROM states") == states)
      return {}; // what is left is kept
  }
  return {};
}

} // namespace

std::expected<void, Error> tidy(History::Store& store, UtcTime now) {
  SQLite::Database& database = store.database();
  const UtcTime oldest = now - store.retention.age;
  SQLite::Statement old(database, "SELECT 1 FROM states WHERE at < ? LIMIT 1");
  old.bind(1, numberOf(oldest));
  const bool isTooOld = old.executeStep();
  old.reset();
  const bool isTooLarge = usedBytes(database) > store.retention.bytes;
  if (!isTooOld && !isTooLarge)
    return {};
  {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (isTooOld)
      if (auto done = forgetBefore(store, oldest); !done)
        return done;
    if (isTooLarge)
      if (auto done = makeSmaller(store); !done)
        return done;
    transaction.commit();
    ++store.writes;
  }
  database.exec("PRAGMA incremental_vacuum");
  database.tryExec("PRAGMA wal_checkpoint(PASSIVE)");
  return {};
}

} // namespace whichbase::history
