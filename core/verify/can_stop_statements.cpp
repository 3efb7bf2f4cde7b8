#include "verify/can_stop_statements.h"

namespace whichbase::verify {

using probe::InventoryPart;

// application_name is the one column of other roles' sessions that everybody may read.
const InventoryPart selfPart{"self", R"sql((SELECT pg_catalog.json_build_object('oid', d.oid::bigint, 'name', d.datname,
 'role', current_user, 'sees_all', pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE'),
 'recovery', pg_catalog.pg_is_in_recovery(), 'address', pg_catalog.host(pg_catalog.inet_server_addr()),
 'port', pg_catalog.current_setting('port')::int,
 'ours', (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity s WHERE s.datid = d.oid
          AND s.application_name = 'whichbase' AND s.pid <> pg_catalog.pg_backend_pid()))
 FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()))sql"};

const InventoryPart identifierPart{"identifier",
                                   "(SELECT s.system_identifier::text FROM pg_catalog.pg_control_system() s)"};

// The catalogs' own counters also move when statistics are taken. Temporary tables hold nothing to keep.
const InventoryPart countersPart{"counters", R"sql((SELECT pg_catalog.json_build_object(
 'counted', pg_catalog.current_setting('track_counts') = 'on',
 'reset', (extract(epoch FROM d.stats_reset) * 1000000)::bigint,
 'tables', (SELECT pg_catalog.json_object_agg(pg_catalog.quote_ident(s.schemaname) || '.' ||
     pg_catalog.quote_ident(s.relname), s.n_tup_ins + s.n_tup_upd + s.n_tup_del)
   FROM pg_catalog.pg_stat_all_tables s
   WHERE s.schemaname NOT IN ('pg_catalog', 'information_schema') AND s.schemaname !~ '^pg_(toast|temp)'
     AND s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0),
 'next', pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())::text,
 'at', (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::bigint)
 FROM pg_catalog.pg_stat_database d WHERE d.datname = pg_catalog.current_database()))sql"};

const InventoryPart estimatesPart{"estimates", R"sql((SELECT pg_catalog.json_object_agg(
 pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
 greatest(0, c.reltuples, pg_catalog.pg_stat_get_live_tuples(c.oid),
          coalesce((SELECT pg_catalog.sum(greatest(0, p.reltuples, pg_catalog.pg_stat_get_live_tuples(p.oid)))
                    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhrelid
                    WHERE i.inhparent = c.oid), 0)))
 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'))sql"};

namespace {

// Schedulers that keep their jobs in a database.
constexpr const char* jobTables = R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
 'table', n.nspname || '.' || c.relname,
 'select', pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
 'security', pg_catalog.row_security_active(c.oid)))
 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND ((n.nspname = 'cron' AND c.relname = 'job')
                            OR (n.nspname = 'pgagent' AND c.relname = 'pga_job'))))sql";

} // namespace

const std::vector<InventoryPart> stopParts = {
    {"sessions", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('address', g.address,
  'application', g.application_name, 'user', g.usename, 'sessions', g.sessions, 'hidden', g.hidden, 'active', g.active))
 FROM (SELECT pg_catalog.host(s.client_addr) AS address, s.application_name, s.usename,
              pg_catalog.count(*) AS sessions, s.backend_type IS NULL AS hidden,
              (extract(epoch FROM pg_catalog.max(s.state_change)) * 1000000)::bigint AS active
       FROM pg_catalog.pg_stat_activity s
       WHERE s.datname = pg_catalog.current_database() AND s.pid <> pg_catalog.pg_backend_pid()
         AND s.application_name IS DISTINCT FROM 'whichbase'
         AND (s.backend_type = 'client backend' OR (s.backend_type IS NULL AND s.usename IS NOT NULL))
       GROUP BY 1, 2, 3, 5 ORDER BY 1, 2, 3) g))sql"},
    // VACUUM takes this lock on indexes only.
    {"writing", R"sql((SELECT pg_catalog.json_agg(DISTINCT pg_catalog.quote_ident(n.nspname) || '.' ||
                                                      pg_catalog.quote_ident(c.relname))
 FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation
 JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE l.locktype = 'relation' AND l.mode = 'RowExclusiveLock' AND l.granted AND c.relkind IN ('r', 'p', 'f')
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
   AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'))sql"},
    {"senders", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('application', r.application_name,
  'address', pg_catalog.host(r.client_addr), 'state', r.state, 'logical', a.datname IS NOT NULL,
  'slot', (SELECT l.slot_name FROM pg_catalog.pg_replication_slots l WHERE l.active_pid = r.pid LIMIT 1)))
 FROM pg_catalog.pg_stat_replication r LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = r.pid
 WHERE a.datname IS NULL OR a.datname = pg_catalog.current_database()))sql"},
    {"slots", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', s.slot_name,
  'logical', s.slot_type = 'logical', 'active', s.active,
  'retained', CASE WHEN pg_catalog.pg_is_in_recovery() THEN NULL
                   ELSE (pg_catalog.pg_current_wal_lsn() - s.restart_lsn)::bigint END) ORDER BY s.slot_name)
 FROM pg_catalog.pg_replication_slots s
 WHERE NOT s.temporary AND (s.database IS NULL OR s.database = pg_catalog.current_database())))sql"},
    {"publications", R"sql((SELECT pg_catalog.json_agg(p.pubname ORDER BY p.pubname)
 FROM pg_catalog.pg_publication p))sql"},
    {"subscriptions", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('database', d.datname,
  'name', u.subname, 'slot', u.subslotname, 'enabled', u.subenabled) ORDER BY u.subname)
 FROM pg_catalog.pg_subscription u JOIN pg_catalog.pg_database d ON d.oid = u.subdbid
 WHERE d.datname = pg_catalog.current_database()))sql"},
    {"prepared", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('id', x.gid, 'owner', x.owner,
  'at', (extract(epoch FROM x.prepared) * 1000000)::bigint) ORDER BY x.prepared)
 FROM pg_catalog.pg_prepared_xacts x WHERE x.database = pg_catalog.current_database()))sql"},
    {"siblings", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', d.datname,
  'sessions', (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity s
               WHERE s.datid = d.oid AND s.usename IS NOT NULL AND s.application_name IS DISTINCT FROM 'whichbase'),
  'bytes', CASE WHEN pg_catalog.has_database_privilege(d.oid, 'CONNECT')
                THEN pg_catalog.pg_database_size(d.oid) - pg_catalog.pg_database_size(t.oid) END) ORDER BY d.datname)
 FROM pg_catalog.pg_database d LEFT JOIN pg_catalog.pg_database t
   ON t.datname = 'template1' AND pg_catalog.has_database_privilege(t.oid, 'CONNECT')
 WHERE d.datallowconn AND NOT d.datistemplate AND d.datname <> pg_catalog.current_database()))sql"},
    {"large_objects", "(SELECT pg_catalog.count(*) FROM pg_catalog.pg_largeobject_metadata)"},
    {"receiver", "(SELECT pg_catalog.json_agg(r.slot_name) FROM pg_catalog.pg_stat_wal_receiver r)"},
    {"jobs", jobTables},
};

const std::vector<InventoryPart> feedParts = {
    // The catalog is the instance's: a sibling's subscription stands in it, too.
    {"subscriptions", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('database', d.datname,
  'name', u.subname, 'slot', u.subslotname, 'enabled', u.subenabled) ORDER BY u.subname)
 FROM pg_catalog.pg_subscription u JOIN pg_catalog.pg_database d ON d.oid = u.subdbid))sql"},
    // Of the options only those that say where; others may hold what nobody should read.
    {"foreign", R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', f.srvname,
  'wrapper', w.fdwname, 'tables', (SELECT pg_catalog.count(*) FROM pg_catalog.pg_foreign_table t
                                   WHERE t.ftserver = f.oid),
  'options', (SELECT pg_catalog.json_object_agg(o.option_name, o.option_value)
              FROM pg_catalog.pg_options_to_table(f.srvoptions) o
              WHERE o.option_name IN ('host', 'hostaddr', 'port', 'dbname'))) ORDER BY f.srvname)
 FROM pg_catalog.pg_foreign_server f JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = f.srvfdw))sql"},
    {"dblink", R"sql((SELECT pg_catalog.count(*) FROM pg_catalog.pg_proc p
 JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosrc ~* '(^|[^a-z0-9_])dblink(_connect|_exec|_open|_send_query)?[[:space:]]*[(]'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e'
                   AND e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass)))sql"},
    {"jobs", jobTables},
};

std::string jobsStatement(const probe::Limits& limits, const std::string& table) {
  const bool isCron = table == "cron.job";
  // A step of pgAgent without a database has a connection string, which may hold a password: it is not read.
  const char* rows = isCron ? "SELECT j.database AS name, pg_catalog.count(*) AS jobs FROM cron.job j WHERE j.active "
                              "GROUP BY 1"
                            : "SELECT s.jstdbname AS name, pg_catalog.count(DISTINCT j.jobid) AS jobs "
                              "FROM pgagent.pga_job j JOIN pgagent.pga_jobstep s ON s.jstjobid = j.jobid "
                              "WHERE j.jobenabled GROUP BY 1";
  return limitsText(limits) +
         "SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('name', x.name, "
         "'jobs', x.jobs)), '[]')::text FROM (" +
         rows + ") x";
}

} // namespace whichbase::verify
