#include "compare/schema_statements.h"

#include "probe/statements.h"

#include <fmt/format.h>

namespace whichbase::compare {
namespace {

using namespace std::chrono_literals;

// How constants are written depends on the session's settings.
constexpr const char* fixedSettings =
    "SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL TimeZone = 'UTC'; SET LOCAL IntervalStyle = 'postgres'; "
    "SET LOCAL extra_float_digits = 3; SET LOCAL bytea_output = 'hex'; SET LOCAL quote_all_identifiers = off; "
    "SET LOCAL standard_conforming_strings = on; ";

// What PostgreSQL waits for while it writes a view's definition it waits for with the locks on what it has seen so far.
std::string limits(std::chrono::milliseconds lock) {
  return probe::limitsText({1'000ms, lock, 5'000ms}) + fixedSettings;
}

// SQL condition: no extension brought it. `oid` and its catalog.
std::string ownOf(const char* catalog, const char* oid) {
  return fmt::format("NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e WHERE e.deptype = 'e' AND e.objid = {} AND "
                     "e.classid = 'pg_catalog.{}'::pg_catalog.regclass)",
                     oid, catalog);
}

std::string relationsQuery() {
  return fmt::format(R"sql(
WITH relations AS (
 SELECT c.oid, c.relkind AS kind, c.relispartition AS part, c.relname,
        pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS name
 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE {} AND {} AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')))sql",
                     probe::isOrdinarySchema, ownOf("pg_class", "c.oid"));
}

constexpr const char* enabledText =
    "CASE {} WHEN 'D' THEN '; DISABLED' WHEN 'R' THEN '; ENABLE REPLICA' WHEN 'A' THEN '; ENABLE ALWAYS' ELSE '' END";

std::string enabled(const char* column) {
  return fmt::format(fmt::runtime(enabledText), column);
}

// " COLLATE x" where a column's collation is not its type's; `a` and `t` are joined.
constexpr const char* collationText = R"sql(coalesce((SELECT ' COLLATE ' ||
  CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE pg_catalog.quote_ident(cn.nspname) || '.' END ||
  pg_catalog.quote_ident(co.collname)
  FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
  WHERE co.oid = {0}.{1} AND {0}.{1} <> t.typcollation), ''))sql";

std::string collation(const char* alias, const char* column) {
  return fmt::format(fmt::runtime(collationText), alias, column);
}

std::string schemasSelect() {
  return fmt::format("SELECT 'schema', '', pg_catalog.quote_ident(n.nspname), '' FROM pg_catalog.pg_namespace n "
                     "WHERE {} AND {}",
                     probe::isOrdinarySchema, ownOf("pg_namespace", "n.oid"));
}

constexpr const char* extensionsSelect = R"sql(
SELECT 'extension', '', pg_catalog.quote_ident(x.extname),
       'VERSION ' || pg_catalog.quote_literal(x.extversion) || ' SCHEMA ' || pg_catalog.quote_ident(n.nspname)
FROM pg_catalog.pg_extension x JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace WHERE true)sql";

std::string typesSelect() {
  return fmt::format(R"sql(
SELECT 'type', '', pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(d.typname),
 CASE d.typtype
 WHEN 'e' THEN 'ENUM (' || coalesce((SELECT pg_catalog.string_agg(pg_catalog.quote_literal(v.enumlabel), ', '
   ORDER BY v.enumsortorder) FROM pg_catalog.pg_enum v WHERE v.enumtypid = d.oid), '') || ')'
 WHEN 'd' THEN 'DOMAIN ' || pg_catalog.format_type(d.typbasetype, d.typtypmod) || {0}
   || coalesce(' DEFAULT ' || pg_catalog.pg_get_expr(d.typdefaultbin, 0), '')
   || CASE WHEN d.typnotnull THEN ' NOT NULL' ELSE '' END
   || coalesce((SELECT ' ' || pg_catalog.string_agg(x.def, ' ' ORDER BY x.def) FROM (
        SELECT pg_catalog.pg_get_constraintdef(k.oid) COLLATE "C" AS def FROM pg_catalog.pg_constraint k
        WHERE k.contypid = d.oid AND k.contype = 'c') x), '')
 WHEN 'c' THEN 'COMPOSITE (' || coalesce((SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname) || ' ' ||
   pg_catalog.format_type(a.atttypid, a.atttypmod) || {1}, ', ' ORDER BY a.attnum)
   FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
   WHERE a.attrelid = d.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
 WHEN 'r' THEN 'RANGE OF ' || (SELECT pg_catalog.format_type(g.rngsubtype, NULL) FROM pg_catalog.pg_range g
   WHERE g.rngtypid = d.oid)
 ELSE 'BASE TYPE' END
FROM pg_catalog.pg_type d JOIN pg_catalog.pg_namespace n ON n.oid = d.typnamespace
LEFT JOIN pg_catalog.pg_type t ON t.oid = d.typbasetype
WHERE {2} AND {3} AND d.typisdefined AND d.typtype IN ('b', 'c', 'd', 'e', 'r')
 AND (d.typrelid = 0 OR (SELECT c.relkind FROM pg_catalog.pg_class c WHERE c.oid = d.typrelid) = 'c')
 AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type el WHERE el.typarray = d.oid))sql",
                     collation("d", "typcollation"), collation("a", "attcollation"), probe::isOrdinarySchema,
                     ownOf("pg_type", "d.oid"));
}

// Of a foreign table's options only those are shown that name what it stands for: others may be secrets.
constexpr const char* tablesSelect = R"sql(
SELECT 'table', '', r.name,
 CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END || CASE c.relkind
 WHEN 'p' THEN 'TABLE PARTITION BY ' || pg_catalog.pg_get_partkeydef(c.oid) || coalesce(' (' || (
   WITH RECURSIVE tree(oid) AS (
     SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid
     UNION ALL SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.oid)
   SELECT pg_catalog.string_agg(x.bound, '; ' ORDER BY x.bound) FROM (
     SELECT (pg_catalog.pg_get_expr(b.relpartbound, b.oid) ||
             coalesce(' PARTITION BY ' || pg_catalog.pg_get_partkeydef(b.oid), '')) COLLATE "C" AS bound
     FROM tree JOIN pg_catalog.pg_class b ON b.oid = tree.oid) x) || ')', '')
 WHEN 'f' THEN (SELECT 'FOREIGN TABLE SERVER ' || pg_catalog.quote_ident(s.srvname) || coalesce(' OPTIONS (' || (
   SELECT pg_catalog.string_agg(x.option, ', ' ORDER BY x.option) FROM (
     SELECT (CASE WHEN o.option_name IN ('schema_name', 'table_name') THEN o.option_name || ' ' ||
             pg_catalog.quote_literal(o.option_value) ELSE o.option_name END) COLLATE "C" AS option
     FROM pg_catalog.pg_options_to_table(f.ftoptions) o) x) || ')', '')
   FROM pg_catalog.pg_foreign_table f JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
   WHERE f.ftrelid = c.oid)
 ELSE 'TABLE' END
 || coalesce(' OF ' || pg_catalog.format_type(nullif(c.reloftype, 0), NULL), '')
 || coalesce((SELECT ' INHERITS (' || pg_catalog.string_agg(pg_catalog.quote_ident(pn.nspname) || '.' ||
      pg_catalog.quote_ident(pc.relname), ', ' ORDER BY i.inhseqno) || ')'
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class pc ON pc.oid = i.inhparent
    JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace WHERE i.inhrelid = c.oid), '')
 || coalesce((SELECT ' USING ' || pg_catalog.quote_ident(am.amname) FROM pg_catalog.pg_am am
    WHERE am.oid = c.relam AND am.amname <> 'heap'), '')
 || coalesce((SELECT ' WITH (' || pg_catalog.string_agg(o.option, ', ' ORDER BY o.option COLLATE "C") || ')'
    FROM pg_catalog.unnest(c.reloptions) AS o(option)), '')
 || CASE WHEN c.relrowsecurity THEN '; ROW LEVEL SECURITY' ELSE '' END
 || CASE WHEN c.relforcerowsecurity THEN '; FORCE ROW LEVEL SECURITY' ELSE '' END
 || CASE c.relreplident WHEN 'n' THEN '; REPLICA IDENTITY NOTHING' WHEN 'f' THEN '; REPLICA IDENTITY FULL'
    WHEN 'i' THEN '; REPLICA IDENTITY INDEX' ELSE '' END
FROM relations r JOIN pg_catalog.pg_class c ON c.oid = r.oid WHERE r.kind IN ('r', 'p', 'f') AND NOT r.part)sql";

// Generated columns came with PostgreSQL 12.
std::string columnsSelect(int version) {
  const char* generated = version < 120000 ? R"sql(' DEFAULT ' || x.def)sql" : R"sql(CASE a.attgenerated
   WHEN 's' THEN ' GENERATED ALWAYS AS (' || x.def || ') STORED'
   WHEN 'v' THEN ' GENERATED ALWAYS AS (' || x.def || ')' ELSE ' DEFAULT ' || x.def END)sql";
  return fmt::format(R"sql(
SELECT 'column', r.name, pg_catalog.quote_ident(a.attname),
 pg_catalog.format_type(a.atttypid, a.atttypmod) || {0}
 || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
 || CASE a.attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY' WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY'
    ELSE '' END || coalesce({1}, '')
FROM relations r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN LATERAL (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS def FROM pg_catalog.pg_attrdef d
                   WHERE a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum) x ON true
WHERE r.kind IN ('r', 'p', 'f') AND NOT r.part AND a.attnum > 0 AND NOT a.attisdropped)sql",
                     collation("a", "attcollation"), generated);
}

// A foreign key whose own triggers were disabled is not kept.
constexpr const char* constraintsSelect = R"sql(
SELECT CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key'
       WHEN 'c' THEN 'check' ELSE 'exclusion' END,
 r.name, pg_catalog.quote_ident(k.conname), pg_catalog.pg_get_constraintdef(k.oid)
 || CASE WHEN k.contype = 'f' AND EXISTS (SELECT 1 FROM pg_catalog.pg_trigger g
      WHERE g.tgconstraint = k.oid AND g.tgisinternal AND g.tgenabled IN ('D', 'R'))
    THEN '; DISABLED' ELSE '' END
FROM relations r JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid
WHERE r.kind IN ('r', 'p', 'f') AND NOT r.part AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conparentid = 0)sql";

// Without the index's and the table's name.
constexpr const char* indexesSelect = R"sql(
SELECT 'index', r.name, pg_catalog.quote_ident(c.relname),
 CASE WHEN pg_catalog.left(x.def, pg_catalog.length(x.head)) = x.head
      THEN CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END ||
           pg_catalog.substr(x.def, pg_catalog.length(x.head) + 1) ELSE x.def END
 || CASE WHEN i.indisvalid THEN '' ELSE '; INVALID' END
FROM relations r JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
CROSS JOIN LATERAL (SELECT pg_catalog.pg_get_indexdef(i.indexrelid) AS def,
  'CREATE ' || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || pg_catalog.quote_ident(c.relname) ||
  ' ON ' || CASE WHEN r.kind = 'p' THEN 'ONLY ' ELSE '' END || r.name || ' USING ' AS head) x
WHERE r.kind IN ('r', 'p', 'm') AND NOT r.part AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k
  WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')))sql";

constexpr const char* sequencesSelect = R"sql(
SELECT 'sequence', coalesce(o.relation, ''), r.name,
 'AS ' || pg_catalog.format_type(s.seqtypid, NULL) || ' START ' || s.seqstart || ' INCREMENT ' || s.seqincrement ||
 ' MINVALUE ' || s.seqmin || ' MAXVALUE ' || s.seqmax || ' CACHE ' || s.seqcache ||
 CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END || coalesce(' OWNED BY ' || o.relation || '.' || o.attribute, '')
FROM relations r JOIN pg_catalog.pg_sequence s ON s.seqrelid = r.oid
LEFT JOIN LATERAL (
 SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS relation,
        pg_catalog.quote_ident(a.attname) AS attribute
 FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
 JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
 WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = r.oid AND d.objsubid = 0
   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
 LIMIT 1) o ON true)sql";

constexpr const char* viewsSelect = R"sql(
SELECT 'view', '', r.name, CASE r.kind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END || 'VIEW'
 || coalesce((SELECT ' WITH (' || pg_catalog.string_agg(o.option, ', ' ORDER BY o.option COLLATE "C") || ')'
    FROM pg_catalog.unnest(c.reloptions) AS o(option)), '')
 || ' AS ' || pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') || CASE WHEN c.relispopulated THEN '' ELSE ' WITH NO DATA' END
FROM relations r JOIN pg_catalog.pg_class c ON c.oid = r.oid WHERE r.kind IN ('v', 'm'))sql";

std::string functionsSelect() {
  return fmt::format(R"sql(
SELECT 'function', '', pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname) || '(' ||
 pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
 CASE p.prokind WHEN 'a' THEN (SELECT 'AGGREGATE (SFUNC = ' || g.aggtransfn || ', STYPE = ' ||
   pg_catalog.format_type(g.aggtranstype, NULL) ||
   CASE WHEN g.aggfinalfn::pg_catalog.oid <> 0 THEN ', FINALFUNC = ' || g.aggfinalfn ELSE '' END ||
   coalesce(', INITCOND = ' || pg_catalog.quote_literal(g.agginitval), '') || ')'
   FROM pg_catalog.pg_aggregate g WHERE g.aggfnoid = p.oid)
 ELSE pg_catalog.pg_get_functiondef(p.oid) END
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE {} AND {} AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend i WHERE i.deptype = 'i'
  AND i.objid = p.oid AND i.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass))sql",
                     probe::isOrdinarySchema, ownOf("pg_proc", "p.oid"));
}

// A partition's trigger that is a clone of its parent's depends on that one.
std::string triggersSelect() {
  return fmt::format(R"sql(
SELECT 'trigger', r.name, pg_catalog.quote_ident(g.tgname), pg_catalog.pg_get_triggerdef(g.oid) || {}
FROM relations r JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid
WHERE NOT g.tgisinternal AND {} AND NOT (r.part AND EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
  WHERE d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND d.objid = g.oid
    AND d.refclassid = 'pg_catalog.pg_trigger'::pg_catalog.regclass)))sql",
                     enabled("g.tgenabled"), ownOf("pg_trigger", "g.oid"));
}

std::string eventTriggersSelect() {
  return fmt::format(R"sql(
SELECT 'event trigger', '', pg_catalog.quote_ident(v.evtname), 'ON ' || v.evtevent ||
 coalesce((SELECT ' WHEN TAG IN (' || pg_catalog.string_agg(pg_catalog.quote_literal(x.tag), ', ' ORDER BY x.tag) ||
   ')' FROM pg_catalog.unnest(v.evttags) AS x(tag)), '') ||
 ' EXECUTE FUNCTION ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname) || '()' || {}
FROM pg_catalog.pg_event_trigger v JOIN pg_catalog.pg_proc p ON p.oid = v.evtfoid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE {})sql",
                     enabled("v.evtenabled"), ownOf("pg_event_trigger", "v.oid"));
}

constexpr const char* policiesSelect = R"sql(
SELECT 'policy', r.name, pg_catalog.quote_ident(p.polname),
 CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END || ' FOR ' ||
 CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
   ELSE 'ALL' END || ' TO ' ||
 (SELECT pg_catalog.string_agg(x.role, ', ' ORDER BY x.role) FROM (
   SELECT (CASE WHEN o.oid = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(o.oid)) END)
          COLLATE "C" AS role FROM pg_catalog.unnest(p.polroles) AS o(oid)) x) ||
 coalesce(' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', '') ||
 coalesce(' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
FROM relations r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid WHERE NOT r.part)sql";

std::string rulesSelect() {
  return fmt::format(R"sql(
SELECT 'rule', r.name, pg_catalog.quote_ident(w.rulename), pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';') || {}
FROM relations r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid WHERE w.rulename <> '_RETURN' AND NOT r.part)sql",
                     enabled("w.ev_enabled"));
}

} // namespace

std::vector<SchemaPart> schemaParts(int version) {
  using enum ObjectKind;
  return {
      {"schemas", schemasSelect(), {schema}, "n.oid"},
      {"extensions", extensionsSelect, {extension}, "x.oid"},
      {"types", typesSelect(), {type}, "d.oid"},
      {"tables", tablesSelect, {table}, "r.oid"},
      {"columns", columnsSelect(version), {column}, "r.oid"},
      {"constraints", constraintsSelect, {primaryKey, unique, foreignKey, check, exclusion}, "r.oid"},
      {"indexes", indexesSelect, {index}, "r.oid"},
      {"sequences", sequencesSelect, {sequence}, "r.oid"},
      {"views", viewsSelect, {view}, "r.oid"},
      {"functions", functionsSelect(), {function}, "p.oid"},
      {"triggers", triggersSelect(), {trigger}, "r.oid"},
      {"event triggers", eventTriggersSelect(), {eventTrigger}, "v.oid"},
      {"policies", policiesSelect, {policy}, "r.oid"},
      {"rules", rulesSelect(), {rule}, "r.oid"},
  };
}

std::string objectsStatement(const std::vector<SchemaPart>& parts, Slice slice) {
  std::string statement;
  for (const auto& part : parts) {
    statement += (statement.empty() ? limits(50ms) + relationsQuery() : " UNION ALL ") + part.select;
    if (slice.of > 1)
      statement += fmt::format(" AND {}::bigint % {} = {}", part.owner, slice.of, slice.number);
  }
  return statement;
}

std::string extensionRelationsStatement() {
  return limits(50ms) + R"sql(
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
FROM pg_catalog.pg_depend e JOIN pg_catalog.pg_class c ON c.oid = e.objid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE e.deptype = 'e' AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.relkind IN ('r', 'p', 'f')
ORDER BY 1)sql";
}

} // namespace whichbase::compare
