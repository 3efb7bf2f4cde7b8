#include "history/patch.h"
#include "history/store.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>

namespace whichbase::history {
namespace {

using namespace topology;

std::vector<Span> readSpans(SQLite::Database& database) {
  std::vector<Span> spans;
  SQLite::Statement rows(database, "SELECT begins, ends FROM spans ORDER BY begins");
  while (rows.executeStep()) {
    const Span span{timeFrom(rows.getColumn(0).getInt64()), timeFrom(rows.getColumn(1).getInt64())};
    if (!spans.empty() && span.from <= spans.back().until) // two watched at the same time
      spans.back().until = std::max(spans.back().until, span.until);
    else
      spans.push_back(span);
  }
  return spans;
}

std::vector<Point> readPoints(SQLite::Database& database) {
  std::vector<Point> points;
  SQLite::Statement rows(database, "SELECT at, database, users, kind FROM points ORDER BY at, id");
  while (rows.executeStep()) {
    Point point;
    point.at = timeFrom(rows.getColumn(0).getInt64());
    point.database = rows.getColumn(1).getString();
    if (!rows.getColumn(2).isNull())
      point.users = rows.getColumn(2).getInt64();
    const int kind = rows.getColumn(3).getInt();
    point.kind = kind == 1 ? CountKind::estimate : kind == 2 ? CountKind::visibleOnly : CountKind::exact;
    points.push_back(std::move(point));
  }
  return points;
}

std::vector<std::string> textsFrom(const std::string& json) {
  std::vector<std::string> texts;
  if (const auto list = parseBounded(json); list && list->is_array())
    for (const auto& text : *list)
      if (text.is_string())
        texts.push_back(text.get<std::string>());
  return texts;
}

std::vector<Event> readEvents(SQLite::Database& database) {
  std::vector<Event> events;
  SQLite::Statement rows(database, "SELECT at, side, kind, subjects, text FROM events ORDER BY at, id");
  while (rows.executeStep()) {
    const auto kind = eventKindFrom(rows.getColumn(2).getString());
    if (!kind) // of a newer program
      continue;
    events.push_back({timeFrom(rows.getColumn(0).getInt64()), *kind,
                      rows.getColumn(1).getInt() == 0 ? Side::before : Side::after,
                      textsFrom(rows.getColumn(3).getString()), rows.getColumn(4).getString()});
  }
  return events;
}

std::vector<Moment> readMoments(SQLite::Database& database) {
  std::vector<Moment> moments;
  SQLite::Statement rows(database, "SELECT id, at, reason FROM moments ORDER BY at, id");
  while (rows.executeStep())
    moments.push_back(
        {rows.getColumn(0).getInt64(), timeFrom(rows.getColumn(1).getInt64()), rows.getColumn(2).getString()});
  return moments;
}

} // namespace

Overview readOverview(SQLite::Database& database) {
  Overview overview;
  SQLite::Statement title(database, "SELECT value FROM meta WHERE key = 'title'");
  if (title.executeStep())
    overview.title = title.getColumn(0).getString();
  SQLite::Statement names(database, "SELECT id, label, relation FROM databases");
  while (names.executeStep()) {
    const std::string id = names.getColumn(0).getString();
    overview.labels[id] = names.getColumn(1).getString();
    if (const std::string relation = names.getColumn(2).getString(); !relation.empty())
      overview.relations[id] = relation;
  }
  overview.spans = readSpans(database);
  overview.points = readPoints(database);
  overview.events = readEvents(database);
  overview.moments = readMoments(database);
  SQLite::Statement changes(database, "SELECT DISTINCT at FROM states ORDER BY at");
  while (changes.executeStep())
    overview.changes.push_back(timeFrom(changes.getColumn(0).getInt64()));
  overview.recordedChanges = database.execAndGet("SELECT count(*) FROM states").getInt64();
  return overview;
}

} // namespace whichbase::history
