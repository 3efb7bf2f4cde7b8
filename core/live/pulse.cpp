#include "live/pulse.h"

#include "probe/answer.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::live {
namespace {

using nlohmann::json;
using topology::Known;
using namespace std::chrono_literals;
namespace answer = probe::answer;

constexpr std::chrono::milliseconds longestCount = 1'000ms;

// The users relation and, below it, its partitions or inheriting tables: rows and counters are theirs.
std::string usersTree(const std::string& relation) {
  return relation.empty() ? "tree AS (SELECT NULL::pg_catalog.oid AS oid WHERE false)"
                          : fmt::format(R"sql(tree AS (
 SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {} AND {}
 UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree ON tree.oid = i.inhparent))sql",
                                        probe::isOrdinarySchema, probe::namedCondition(relation));
}

std::string activityExpression() {
  return R"sql(pg_catalog.json_build_object('transactions', pg_catalog.pg_stat_get_db_xact_commit(d.oid),
  'inserted', pg_catalog.pg_stat_get_db_tuples_inserted(d.oid),
  'updated', pg_catalog.pg_stat_get_db_tuples_updated(d.oid),
  'deleted', pg_catalog.pg_stat_get_db_tuples_deleted(d.oid),
  'users_inserted', (SELECT sum(pg_catalog.pg_stat_get_tuples_inserted(tree.oid))::bigint FROM tree),
  'users_deleted', (SELECT sum(pg_catalog.pg_stat_get_tuples_deleted(tree.oid))::bigint FROM tree)))sql";
}

// Sums of hashes: they need no sorting, and leave out what ANALYZE and VACUUM write.
std::string catalogExpression() {
  return fmt::format(R"sql(pg_catalog.concat_ws('.',
  (SELECT pg_catalog.sum(pg_catalog.hashtextextended(
     pg_catalog.concat_ws(' ', c.oid, c.relkind, n.nspname, c.relname), 0))
   FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition AND {0}),
  (SELECT pg_catalog.sum(pg_catalog.hashtextextended(
     pg_catalog.concat_ws(' ', t.oid, t.tgrelid, t.tgtype, t.tgenabled, t.tgname), 0))
   FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
   JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE NOT t.tgisinternal AND NOT c.relispartition AND {0}),
  (SELECT pg_catalog.sum(pg_catalog.hashtextextended(
     pg_catalog.concat_ws(' ', e.oid, e.evtevent, e.evtenabled, e.evtname), 0)) FROM pg_catalog.pg_event_trigger e),
  (SELECT pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', c.oid, c.relfilenode, c.relrowsecurity,
     c.relforcerowsecurity, c.relowner, c.relacl), 0)) FROM tree JOIN pg_catalog.pg_class c ON c.oid = tree.oid),
  (SELECT pg_catalog.sum(pg_catalog.hashtextextended(
     pg_catalog.concat_ws(' ', a.attrelid, a.attnum, a.atttypid, a.attname), 0))
   FROM tree JOIN pg_catalog.pg_attribute a ON a.attrelid = tree.oid WHERE a.attnum > 0)))sql",
                     probe::isOrdinarySchema);
}

// The order of evaluation within one SELECT is free, so it is tied down by the values: the count needs the start, and
// the end needs the count. OFFSET 0 keeps the planner from taking the parts apart. A greatest time of infinity is none.
std::string countExpression(const PulseQuestion& question) {
  const std::string newest = question.creationColumn.empty()
                                 ? "NULL::timestamptz"
                                 : fmt::format("pg_catalog.max(u.{})", question.creationColumn);
  return fmt::format(R"sql((SELECT pg_catalog.json_build_object('users', x.users,
   'newest', CASE WHEN pg_catalog.isfinite(x.newest)
                  THEN (extract(epoch FROM x.newest) * 1000000)::bigint END,
   'took', (extract(epoch FROM x.ended - x.started) * 1000000)::bigint)
  FROM (SELECT y.*, CASE WHEN y.users >= 0 THEN pg_catalog.clock_timestamp() END AS ended
   FROM (SELECT s.started, z.users, z.newest
    FROM (SELECT pg_catalog.clock_timestamp() AS started OFFSET 0) s CROSS JOIN LATERAL
     (SELECT pg_catalog.count(*) AS users, {} AS newest FROM {} u WHERE s.started IS NOT NULL OFFSET 0) z
    OFFSET 0) y OFFSET 0) x))sql",
                     newest, question.countedRelation);
}

Markers readMarkers(const json& object) {
  Markers markers;
  markers.systemIdentifier = answer::bigNumber(object, "system_identifier");
  markers.databaseOid = answer::number<std::uint32_t>(object, "oid", 0);
  markers.startedAt = answer::time(object, "started");
  markers.timeline = answer::number<std::uint32_t>(object, "timeline", 0);
  markers.inRecovery = answer::flag(object, "recovery");
  markers.serverAddress = answer::text(object, "address");
  markers.serverPort = answer::number(object, "port", 0);
  return markers;
}

Activity readActivity(const json& object) {
  const auto counter = [&](const char* key) { return answer::number<std::int64_t>(object, key, 0); };
  return {counter("transactions"), counter("inserted"),       counter("updated"),
          counter("deleted"),      counter("users_inserted"), counter("users_deleted")};
}

} // namespace

std::string pulseStatement(const probe::Limits& limits, const PulseQuestion& question) {
  const bool isCounting = !question.countedRelation.empty();
  probe::Limits own = limits;
  if (isCounting)
    own.statement = std::min(limits.statement, longestCount);
  std::string pairs = probe::markerPairs(question.withControl);
  pairs += "'activity', " + activityExpression() + ",\n 'catalog', " + catalogExpression();
  pairs += std::string(",\n 'lag', ") + probe::inventoryExpression("lag");
  if (question.withClients)
    pairs += std::string(",\n 'clients', ") + probe::inventoryExpression("clients");
  if (isCounting)
    pairs += ",\n 'count', " + countExpression(question);
  // Neither several cores for one count, nor machine code for a statement of milliseconds.
  return probe::limitsText(own) + "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off; " +
         fmt::format("WITH RECURSIVE {}\nSELECT pg_catalog.json_build_object({})::text\nFROM pg_catalog.pg_database d "
                     "WHERE d.datname = pg_catalog.current_database()",
                     usersTree(question.usersRelation), pairs);
}

std::optional<Pulse> readPulse(const std::string& text) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object() || !object.contains("oid") || !object.contains("catalog"))
    return std::nullopt;
  Pulse pulse;
  pulse.markers = readMarkers(object);
  if (const auto activity = object.find("activity"); activity != object.end())
    pulse.activity = readActivity(*activity);
  pulse.catalog = answer::text(object, "catalog");
  pulse.clients = object.contains("clients")
                      ? Known<topology::Clients>::of(answer::readClients(answer::listOf(object, "clients")))
                      : Known<topology::Clients>::unknown("read through another server's session");
  if (pulse.markers.inRecovery && object.contains("lag"))
    pulse.replayLag = answer::readLag(object.at("lag"));
  if (const auto count = object.find("count"); count != object.end()) {
    if (const auto users = answer::number<std::int64_t>(*count, "users", -1); users >= 0)
      pulse.users = users;
    pulse.newestUserAt = answer::time(*count, "newest");
    pulse.countTook = std::chrono::microseconds(answer::number<std::int64_t>(*count, "took", 0));
  }
  return pulse;
}

} // namespace whichbase::live
