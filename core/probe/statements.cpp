#include "probe/statements.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace whichbase::probe {
namespace {

// Names that a users relation usually has, the likeliest first.
constexpr const char* usualNames = "ARRAY['users','User','user','Users','accounts','account','auth_user','app_user',"
                                   "'app_users','members','customers','profiles']::text[]";

// Columns that usually hold a row's creation time, the likeliest first.
constexpr const char* creationColumns =
    "ARRAY['created_at','createdAt','created','created_on','creation_date','date_joined','inserted_at','registered_at',"
    "'signup_at','joined_at','create_time','created_time','date_created']::text[]";

// Splits public."User" into its identifiers, folding unquoted ones as PostgreSQL does.
std::vector<std::string> identifiers(const std::string& name) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] == '"') {
      for (++at; at < name.size(); ++at) {
        if (name[at] == '"' && (at + 1 >= name.size() || name[at + 1] != '"'))
          break;
        if (name[at] == '"')
          ++at;
        parts.back() += name[at];
      }
    } else if (name[at] == '.') {
      parts.emplace_back();
    } else if (name[at] != ' ' && name[at] != '\t') {
      const char c = name[at];
      parts.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return parts;
}

// SQL condition that tells the candidates among pg_class c, pg_namespace n.
std::string candidateCondition(const std::string& relation) {
  return relation.empty() ? fmt::format("c.relname = ANY ({})", usualNames) : namedCondition(relation);
}

} // namespace

std::string literal(const std::string& text) {
  std::string out = "E'";
  for (const char c : text) {
    if (c == '\'' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + "'";
}

const char* const isOrdinarySchema =
    "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

const char* const baseTypeExpression = R"sql((WITH RECURSIVE d AS (
          SELECT t.typbasetype, t.typtype, t.typname, t.typnamespace FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid
          UNION ALL
          SELECT t.typbasetype, t.typtype, t.typname, t.typnamespace FROM pg_catalog.pg_type t
          JOIN d ON t.oid = d.typbasetype WHERE d.typtype = 'd')
        SELECT CASE WHEN d.typtype = 'e' THEN 'enum' WHEN n.nspname = 'pg_catalog' THEN d.typname::text ELSE '' END
        FROM d JOIN pg_catalog.pg_namespace n ON n.oid = d.typnamespace WHERE d.typtype <> 'd'))sql";

std::string namedCondition(const std::string& relation) {
  auto parts = identifiers(relation);
  std::string condition = fmt::format("c.relname = {}", literal(parts.back()));
  if (parts.size() >= 2)
    condition += fmt::format(" AND n.nspname = {}", literal(parts[parts.size() - 2]));
  return condition;
}

Limits limitsUntil(std::chrono::steady_clock::time_point deadline, std::chrono::milliseconds most) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  Limits limits;
  limits.statement = std::clamp(left, std::chrono::milliseconds(1), most);
  return limits;
}

std::string limitsText(const Limits& limits) {
  return fmt::format("SET LOCAL transaction_read_only = on; SET LOCAL search_path = pg_catalog; "
                     "SET LOCAL statement_timeout = {}; SET LOCAL lock_timeout = {}; "
                     "SET LOCAL idle_in_transaction_session_timeout = {}; ",
                     std::max<long long>(limits.statement.count(), 1), std::max<long long>(limits.lock.count(), 1),
                     std::max<long long>(limits.idle.count(), 1));
}

std::string markerPairs(bool withControl) {
  const char* control =
      withControl ? "'system_identifier', (SELECT s.system_identifier::text FROM pg_catalog.pg_control_system() s), "
                    "'timeline', (SELECT p.timeline_id FROM pg_catalog.pg_control_checkpoint() p), "
                  : "";
  return control + std::string(R"sql('oid', d.oid::bigint,
 'started', (extract(epoch FROM pg_catalog.pg_postmaster_start_time()) * 1000000)::bigint,
 'address', pg_catalog.host(pg_catalog.inet_server_addr()), 'port', pg_catalog.current_setting('port')::int,
 'recovery', pg_catalog.pg_is_in_recovery(), )sql");
}

std::string identityStatement(const Limits& limits, bool withControl, const std::string& relation) {
  return limitsText(limits) + fmt::format(R"sql(
SELECT pg_catalog.json_build_object({0}
 'name', d.datname, 'current', pg_catalog.current_database(),
 'version', pg_catalog.current_setting('server_version'),
 'pid', pg_catalog.pg_backend_pid(),
 'backend_start', (SELECT (extract(epoch FROM a.backend_start) * 1000000)::bigint
                   FROM pg_catalog.pg_stat_activity a WHERE a.pid = pg_catalog.pg_backend_pid()),
 'lsn', (CASE WHEN pg_catalog.pg_is_in_recovery()
              THEN coalesce(pg_catalog.pg_last_wal_receive_lsn(), pg_catalog.pg_last_wal_replay_lsn())
              ELSE pg_catalog.pg_current_wal_lsn() END - '0/0'::pg_catalog.pg_lsn)::text,
 'role', current_user, 'read_only', pg_catalog.current_setting('default_transaction_read_only') = 'on',
 'users', (SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
    'relation', pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), 'kind', c.relkind,
    'rank', pg_catalog.array_position({1}, c.relname::text), 'public', n.nspname = 'public',
    'select', pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND
              (pg_catalog.has_table_privilege(c.oid, 'SELECT') OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT')),
    'insert', pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND
              (pg_catalog.has_table_privilege(c.oid, 'INSERT') OR pg_catalog.has_any_column_privilege(c.oid, 'INSERT')),
    'security', pg_catalog.row_security_active(c.oid), 'estimate', c.reltuples::bigint,
    'analyzed', (SELECT (extract(epoch FROM greatest(s.last_vacuum, s.last_autovacuum, s.last_analyze,
                 s.last_autoanalyze)) * 1000000)::bigint FROM pg_catalog.pg_stat_all_tables s WHERE s.relid = c.oid),
    'created', (SELECT pg_catalog.quote_ident(t.attname) FROM pg_catalog.pg_attribute t
                WHERE t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped AND t.attname = ANY ({2})
                  AND t.atttypid IN (1082, 1114, 1184)
                ORDER BY pg_catalog.array_position({2}, t.attname::text) LIMIT 1)))
   FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND {4}
     AND {3}))::text
FROM pg_catalog.pg_database d
WHERE d.datname = pg_catalog.current_database())sql",
                                          markerPairs(withControl), usualNames, creationColumns,
                                          candidateCondition(relation), isOrdinarySchema);
}

const std::vector<InventoryPart>& inventoryParts() {
  static const std::vector<InventoryPart> parts = {
      {"size", "pg_catalog.pg_database_size(pg_catalog.current_database())"},
      {"tables", R"sql((SELECT pg_catalog.json_agg(x.name ORDER BY x.name COLLATE "C") FROM (
 SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS name
 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition
   AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)') x))sql"},
      {"triggers", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
  'table', pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), 'name', t.tgname,
  'type', t.tgtype::int, 'enabled', t.tgenabled) ORDER BY n.nspname, c.relname, t.tgname)
 FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
 JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal AND NOT c.relispartition
   AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'))sql"},
      {"event_triggers", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
  'name', e.evtname, 'event', e.evtevent, 'enabled', e.evtenabled) ORDER BY e.evtname)
 FROM pg_catalog.pg_event_trigger e))sql"},
      {"clients", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
  'address', a.address, 'application', a.application_name, 'user', a.usename, 'sessions', a.sessions,
  'hidden', a.hidden)) FROM (
 SELECT pg_catalog.host(s.client_addr) AS address, s.application_name, s.usename, pg_catalog.count(*) AS sessions,
        s.backend_type IS NULL AS hidden
 FROM pg_catalog.pg_stat_activity s
 WHERE s.datname = pg_catalog.current_database() AND s.application_name <> 'whichbase'
   AND (s.backend_type = 'client backend' OR s.backend_type IS NULL)
 GROUP BY 1, 2, 3, 5 ORDER BY 1, 2, 3) a))sql"},
      {"receiver", R"sql((SELECT pg_catalog.json_build_object('status', r.status, 'host', r.sender_host,
  'port', r.sender_port, 'slot', r.slot_name, 'lsn', (r.latest_end_lsn - '0/0'::pg_catalog.pg_lsn)::text)
 FROM pg_catalog.pg_stat_wal_receiver r))sql"},
      {"senders", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('application', r.application_name,
  'address', pg_catalog.host(r.client_addr), 'state', r.state, 'sent', (r.sent_lsn - '0/0'::pg_catalog.pg_lsn)::text,
  'replay', (r.replay_lsn - '0/0'::pg_catalog.pg_lsn)::text,
  'slot', (SELECT l.slot_name FROM pg_catalog.pg_replication_slots l WHERE l.active_pid = r.pid LIMIT 1)))
 FROM pg_catalog.pg_stat_replication r))sql"},
      {"lag", R"sql((SELECT CASE
  WHEN NOT pg_catalog.pg_is_in_recovery() THEN NULL
  WHEN pg_catalog.pg_last_wal_receive_lsn() = pg_catalog.pg_last_wal_replay_lsn() THEN 0
  ELSE (extract(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp()) * 1000000)::bigint
  END))sql"},
  };
  return parts;
}

const char* inventoryExpression(std::string_view part) {
  return std::ranges::find(inventoryParts(), part, [](const InventoryPart& p) { return std::string_view(p.name); })
      ->expression;
}

std::string inventoryStatement(const Limits& limits, const std::vector<InventoryPart>& parts) {
  std::vector<std::string> pairs;
  pairs.reserve(parts.size());
  for (const auto& part : parts)
    pairs.push_back(fmt::format("'{}', {}", part.name, part.expression));
  return limitsText(limits) + fmt::format("SELECT pg_catalog.json_build_object({})::text", fmt::join(pairs, ", "));
}

std::string countStatement(const Limits& limits, const std::string& relation) {
  return limitsText(limits) + fmt::format("SELECT pg_catalog.count(*) FROM {}", relation);
}

std::string newestStatement(const Limits& limits, const std::string& relation, const std::string& column) {
  return limitsText(limits) +
         fmt::format("SELECT (extract(epoch FROM pg_catalog.max({})) * 1000000)::bigint FROM {}", column, relation);
}

std::string visitFlagsStatement(const Limits& limits, std::int64_t ownKey, const std::vector<std::int64_t>& keys) {
  return limitsText(limits) +
         fmt::format("SELECT pg_catalog.pg_try_advisory_xact_lock({}::bigint); "
                     "SELECT ((l.classid::bigint << 32) | l.objid::bigint), l.database::bigint "
                     "FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted "
                     "AND ((l.classid::bigint << 32) | l.objid::bigint) IN ({}, {})",
                     ownKey, ownKey, fmt::join(keys, ", "));
}

std::string raiseFlagStatement(const Limits& limits, std::int64_t ownKey) {
  // BEGIN READ ONLY comes first, so that the limits belong to the transaction that stays open.
  return "BEGIN READ ONLY; " + limitsText(limits) +
         fmt::format("SELECT pg_catalog.pg_try_advisory_xact_lock({}::bigint); ", ownKey) +
         lookForFlagStatement(ownKey);
}

std::string lookForFlagStatement(std::int64_t key) {
  return fmt::format("SELECT l.database::bigint FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' "
                     "AND l.objsubid = 1 AND l.granted AND l.pid = pg_catalog.pg_backend_pid() "
                     "AND ((l.classid::bigint << 32) | l.objid::bigint) = {}",
                     key);
}

std::string lowerFlagStatement() {
  return "COMMIT";
}

std::string databaseExistsStatement(const Limits& limits, const std::string& name) {
  return limitsText(limits) +
         fmt::format("SELECT (SELECT s.system_identifier::text FROM pg_catalog.pg_control_system() s), "
                     "(SELECT pg_catalog.count(*) FROM pg_catalog.pg_database d WHERE d.datname = {})",
                     literal(name));
}

} // namespace whichbase::probe
