#include "verify/test_row_statements.h"

#include "probe/statements.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace whichbase::verify {
namespace {

using namespace std::chrono_literals;

const probe::Limits limits{1'000ms, 300ms, 5'000ms};

constexpr int withSchemaPublications = 150000; // and with row filters and column lists

const char* const sessionPairs = R"sql(
 'replication_role', pg_catalog.current_setting('session_replication_role'),
 'slots', (SELECT pg_catalog.json_agg(s.slot_name ORDER BY s.slot_name) FROM pg_catalog.pg_replication_slots s
           WHERE s.slot_type = 'logical' AND s.database = pg_catalog.current_database()),)sql";

std::string arrayOf(const std::vector<std::string>& texts) {
  std::vector<std::string> literals;
  for (const auto& text : texts)
    literals.push_back(probe::literal(text));
  return fmt::format("ARRAY[{}]::text[]", fmt::join(literals, ", "));
}

// Publications that a table of schema `n` gets into by itself.
std::string newTablePublications(int version) {
  const std::string ofSchema = version >= withSchemaPublications
                                   ? "OR EXISTS (SELECT FROM pg_catalog.pg_publication_namespace x WHERE x.pnpubid = "
                                     "p.oid AND x.pnnspid = n.oid)"
                                   : "";
  return fmt::format(R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', p.pubname,
    'inserts', p.pubinsert, 'deletes', p.pubdelete) ORDER BY p.pubname)
   FROM pg_catalog.pg_publication p WHERE p.puballtables {}))sql",
                     ofSchema);
}

// The relation and everything below it: partitions and children.
const char* const tree = R"sql(tree AS (
  SELECT c.oid AS member FROM pg_catalog.pg_class c WHERE c.oid = {0}
  UNION SELECT h.inhrelid FROM pg_catalog.pg_inherits h JOIN tree t ON h.inhparent = t.member))sql";

std::string publicationsOfTree(int version) {
  const bool isNew = version >= withSchemaPublications;
  return fmt::format(
      R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', p.pubname, 'inserts', p.pubinsert,
   'deletes', p.pubdelete, 'limited', {0}) ORDER BY p.pubname)
  FROM pg_catalog.pg_publication p WHERE p.puballtables
   OR EXISTS (SELECT FROM pg_catalog.pg_publication_rel r JOIN tree t ON t.member = r.prrelid WHERE r.prpubid = p.oid) {1}))sql",
      isNew
          ? "EXISTS (SELECT FROM pg_catalog.pg_publication_rel r JOIN tree t ON t.member = r.prrelid WHERE r.prpubid = "
            "p.oid AND (r.prqual IS NOT NULL OR r.prattrs IS NOT NULL))"
          : "false",
      isNew ? "OR EXISTS (SELECT FROM pg_catalog.pg_publication_namespace x JOIN pg_catalog.pg_class m ON "
              "m.relnamespace = x.pnnspid JOIN tree t ON t.member = m.oid WHERE x.pnpubid = p.oid)"
            : "");
}

const char* const columnPairs = R"sql((SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
   'name', pg_catalog.quote_ident(a.attname), 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
   'base', CASE WHEN b.typtype = 'e' THEN 'enum' WHEN bn.nspname = 'pg_catalog' THEN b.typname::text ELSE '' END,
   'category', b.typcategory::text,
   'operators', CASE WHEN b.typtype = 'b' AND b.typcategory <> 'A' THEN pg_catalog.quote_ident(bn.nspname)
                     ELSE 'pg_catalog' END,
   'required', (a.attnotnull OR d.required) AND NOT a.atthasdef AND NOT d.has_default AND a.attidentity = ''
               AND a.attgenerated = '',
   'writable', a.attgenerated = '' AND a.attidentity <> 'a',
   'most', CASE WHEN b.typname IN ('varchar', 'bpchar') AND bn.nspname = 'pg_catalog'
                THEN greatest(coalesce(nullif(a.atttypmod, -1), d.modifier) - 4, 0)
                WHEN b.typname = 'name' THEN 63 ELSE 0 END,
   'unique', EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid
      AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum),
   'key', EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary
      AND a.attnum = ANY (i.indkey::int2[])),
   'label', (SELECT e.enumlabel FROM pg_catalog.pg_enum e WHERE e.enumtypid = b.oid ORDER BY e.enumsortorder LIMIT 1),
   'reference', (SELECT pg_catalog.format('%I.%I', rn.nspname, rc.relname) FROM pg_catalog.pg_constraint f
      JOIN pg_catalog.pg_class rc ON rc.oid = f.confrelid JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
      WHERE f.conrelid = c.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey) ORDER BY f.oid LIMIT 1),
   'checks', (SELECT pg_catalog.json_agg(pg_catalog.pg_get_constraintdef(k.oid) ORDER BY k.conname)
      FROM pg_catalog.pg_constraint k WHERE k.contype = 'c'
       AND ((k.conrelid = c.oid AND a.attnum = ANY (k.conkey)) OR k.contypid = ANY (d.domains))),
   'insert', pg_catalog.has_column_privilege(c.oid, a.attnum, 'INSERT'),
   'select', pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')) ORDER BY a.attnum)
  FROM pg_catalog.pg_attribute a,
  LATERAL (WITH RECURSIVE below AS (
      SELECT t.oid, t.typtype, t.typbasetype, t.typnotnull, t.typdefault, t.typtypmod, 1 AS depth
      FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid
      UNION ALL
      SELECT t.oid, t.typtype, t.typbasetype, t.typnotnull, t.typdefault, t.typtypmod, w.depth + 1
      FROM pg_catalog.pg_type t JOIN below w ON t.oid = w.typbasetype WHERE w.typtype = 'd')
    SELECT (SELECT w.oid FROM below w ORDER BY w.depth DESC LIMIT 1) AS base_oid,
     coalesce(pg_catalog.bool_or(w.typtype = 'd' AND w.typnotnull), false) AS required,
     coalesce(pg_catalog.bool_or(w.typtype = 'd' AND w.typdefault IS NOT NULL), false) AS has_default,
     coalesce(pg_catalog.max(w.typtypmod) FILTER (WHERE w.typtype = 'd'), -1) AS modifier,
     pg_catalog.array_agg(w.oid) FILTER (WHERE w.typtype = 'd') AS domains FROM below w) d
  JOIN pg_catalog.pg_type b ON b.oid = d.base_oid JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))sql";

// tgtype: 1 row, 2 BEFORE, 4 INSERT, 8 DELETE, 64 INSTEAD OF (src/include/catalog/pg_trigger.h).
const char* const treePairs = R"sql(
 'triggers', (SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', g.tgname,
    'table', pg_catalog.format('%I.%I', gn.nspname, gc.relname), 'type', g.tgtype::int, 'enabled', g.tgenabled::text,
    'constraint', g.tgconstraint <> 0) ORDER BY g.tgname, gn.nspname, gc.relname)
   FROM pg_catalog.pg_trigger g JOIN tree t ON t.member = g.tgrelid JOIN pg_catalog.pg_class gc ON gc.oid = g.tgrelid
   JOIN pg_catalog.pg_namespace gn ON gn.oid = gc.relnamespace WHERE NOT g.tgisinternal),
 'rules', (SELECT pg_catalog.json_agg(w.rulename || CASE w.ev_type WHEN '3' THEN ' (INSERT)' ELSE ' (DELETE)' END
    ORDER BY w.rulename) FROM pg_catalog.pg_rewrite w JOIN tree t ON t.member = w.ev_class
   WHERE w.ev_type IN ('3', '4') AND w.ev_enabled <> 'D'),
 'references', (SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', f.conname,
    'table', pg_catalog.format('%I.%I', fn.nspname, fc.relname), 'on_delete', f.confdeltype::text, 'passes_on',
    EXISTS (SELECT FROM pg_catalog.pg_trigger g WHERE g.tgrelid = fc.oid AND NOT g.tgisinternal
            AND (g.tgtype & 24) <> 0 AND g.tgenabled <> 'D')
    OR EXISTS (SELECT FROM pg_catalog.pg_rewrite w WHERE w.ev_class = fc.oid AND w.ev_type IN ('2', '4'))
    OR EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND k.confrelid = fc.oid)) ORDER BY f.conname)
   FROM pg_catalog.pg_constraint f JOIN tree t ON t.member = f.confrelid
   JOIN pg_catalog.pg_class fc ON fc.oid = f.conrelid JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
   WHERE f.contype = 'f' AND f.conparentid = 0),
 'sequences', (SELECT pg_catalog.json_agg(DISTINCT pg_catalog.format('%I.%I', sn.nspname, sc.relname))
   FROM pg_catalog.pg_depend e JOIN pg_catalog.pg_class sc ON sc.oid = e.objid AND sc.relkind = 'S'
   JOIN pg_catalog.pg_namespace sn ON sn.oid = sc.relnamespace
   WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.deptype IN ('a', 'i')
     AND e.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.refobjid IN (SELECT t.member FROM tree t)),
 'security', (SELECT pg_catalog.bool_or(pg_catalog.row_security_active(t.member)) FROM tree t),
 'identity_for_deletes', (SELECT pg_catalog.bool_and(m.relreplident = 'f' OR EXISTS (
     SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = m.oid AND i.indisvalid
      AND ((m.relreplident = 'd' AND i.indisprimary) OR (m.relreplident = 'i' AND i.indisreplident))))
   FROM tree t JOIN pg_catalog.pg_class m ON m.oid = t.member WHERE m.relkind = 'r'),)sql";

} // namespace

std::string ownTableGroundStatement(int version, const std::vector<std::string>& roles,
                                    const std::string& usersRelation) {
  const std::string existing = "(SELECT {} FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND "
                               "c.relname = 'whichbase_canary')";
  return probe::limitsText(limits) +
         fmt::format(R"sql(
SELECT pg_catalog.json_build_object({0}
 'plpgsql', coalesce((SELECT pg_catalog.has_language_privilege(l.oid, 'USAGE') FROM pg_catalog.pg_language l
                      WHERE l.lanname = 'plpgsql'), false),
 'grantees', (SELECT pg_catalog.json_agg(pg_catalog.quote_ident(r.rolname) ORDER BY r.rolname)
   FROM pg_catalog.pg_roles r WHERE r.rolname = ANY ({1}) AND r.rolname <> current_user AND NOT r.rolsuper),
 'event_triggers', (SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', e.evtname, 'event', e.evtevent,
    'enabled', e.evtenabled::text, 'tags', pg_catalog.to_json(e.evttags)) ORDER BY e.evtname)
   FROM pg_catalog.pg_event_trigger e),
 'schemas', (SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', pg_catalog.quote_ident(n.nspname),
    'owner', {2}, 'comment', {3},
    'cannot_use', (SELECT pg_catalog.json_agg(r.rolname ORDER BY r.rolname) FROM pg_catalog.pg_roles r
      WHERE r.rolname = ANY ({1}) AND NOT pg_catalog.has_schema_privilege(r.oid, n.oid, 'USAGE')),
    'publications', {4})
    ORDER BY n.oid = (SELECT c.relnamespace FROM pg_catalog.pg_class c
                      WHERE c.oid = pg_catalog.to_regclass(nullif({5}, ''))::oid) DESC NULLS LAST,
             n.nspname = 'public' DESC, n.nspname)
   FROM pg_catalog.pg_namespace n WHERE {6} AND pg_catalog.has_schema_privilege(n.oid, 'CREATE')
    AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')))::text)sql",
                     sessionPairs, arrayOf(roles),
                     fmt::format(fmt::runtime(existing), "pg_catalog.pg_get_userbyid(c.relowner)"),
                     fmt::format(fmt::runtime(existing), "pg_catalog.obj_description(c.oid, 'pg_class')"),
                     newTablePublications(version), probe::literal(usersRelation), probe::isOrdinarySchema);
}

std::string usersGroundStatement(int version, const std::string& relation) {
  const std::string oid = fmt::format("pg_catalog.to_regclass({})::oid", probe::literal(relation));
  return probe::limitsText(limits) + "WITH RECURSIVE " + fmt::format(fmt::runtime(tree), oid) +
         fmt::format(R"sql(
SELECT pg_catalog.json_build_object({0} {1}
 'publications', {2}, 'kind', c.relkind::text, 'unlogged', c.relpersistence <> 'p',
 'schema_usage', pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE'),
 'insert', pg_catalog.has_table_privilege(c.oid, 'INSERT'), 'delete', pg_catalog.has_table_privilege(c.oid, 'DELETE'),
 'columns', {3})::text
FROM pg_catalog.pg_class c WHERE c.oid = {4})sql",
                     sessionPairs, treePairs, publicationsOfTree(version), columnPairs, oid);
}

} // namespace whichbase::verify
