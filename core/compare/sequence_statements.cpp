#include "compare/sequence_statements.h"

#include "probe/statements.h"

#include <fmt/format.h>

#include <charconv>

namespace whichbase::compare {
namespace {

using namespace std::chrono_literals;

constexpr int fewPages = 1'000; // 8 MB, as last analysed: read without an index, too

std::string limits(std::chrono::milliseconds lock) {
  return probe::limitsText({1'000ms, lock, 5'000ms});
}

// One place's row. What was committed before the statement's snapshot took its value before the sequence is read, so
// that a writer makes no false alarm.
std::string positionSelect(const SequencePlace& place, std::size_t index) {
  const bool rising = place.increment > 0;
  // Where the type of a bigint ends there is no next value.
  const std::string next = fmt::format("CASE WHEN NOT s.is_called THEN s.last_value WHEN s.last_value {} "
                                       "(({})::pg_catalog.numeric - ({}))::bigint THEN NULL ELSE s.last_value + ({}) "
                                       "END",
                                       rising ? ">" : "<", rising ? "9223372036854775807" : "-9223372036854775808",
                                       place.increment, place.increment);
  std::string greatest = "NULL", taken = "NULL";
  if (!place.column.empty() && place.whyNoGreatest.empty()) {
    greatest =
        fmt::format("(SELECT pg_catalog.{}(t.{}) FROM {} t)::text", rising ? "max" : "min", place.column, place.table);
    taken = fmt::format("EXISTS (SELECT 1 FROM {} t WHERE t.{} = x.next)", place.table, place.column);
  }
  return fmt::format("SELECT {}::int, x.next::text, {}, {} FROM (SELECT {} AS next FROM {} s OFFSET 0) x", index,
                     greatest, taken, next, place.sequence);
}

} // namespace

std::string placesStatement() {
  return limits(50ms) + fmt::format(R"sql(
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), s.seqincrement,
 pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_sequence_privilege(c.oid, 'SELECT'),
 o.relation, o.attribute, o.may_read, o.secured, o.is_unique, o.indexed, o.pages
FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN LATERAL (
 SELECT pg_catalog.quote_ident(tn.nspname) || '.' || pg_catalog.quote_ident(t.relname) AS relation,
  pg_catalog.quote_ident(a.attname) AS attribute,
  pg_catalog.has_schema_privilege(tn.oid, 'USAGE') AND pg_catalog.has_column_privilege(t.oid, a.attnum, 'SELECT')
   AS may_read,
  pg_catalog.row_security_active(t.oid) AS secured,
  EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = t.oid AND i.indisunique AND i.indisvalid
    AND i.indpred IS NULL AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum) AS is_unique,
  EXISTS (SELECT 1 FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
    JOIN pg_catalog.pg_am m ON m.oid = ic.relam AND m.amname = 'btree' WHERE i.indrelid = t.oid AND i.indisvalid
    AND i.indpred IS NULL AND i.indkey[0] = a.attnum) AS indexed,
  CASE WHEN t.relkind = 'r' THEN t.relpages END AS pages
 FROM (SELECT d.refobjid AS relid, d.refobjsubid AS num FROM pg_catalog.pg_depend d
       WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.objsubid = 0
         AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'i' AND d.refobjsubid > 0
       UNION SELECT f.adrelid, f.adnum FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attrdef f ON f.oid = d.objid
       WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = c.oid
         AND d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
         AND pg_catalog.pg_get_expr(f.adbin, f.adrelid) LIKE 'nextval(''%''::regclass)') u
 JOIN pg_catalog.pg_class t ON t.oid = u.relid AND t.relkind IN ('r', 'p') AND NOT t.relispartition
 JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
 JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.num AND a.atttypid IN (20, 21, 23)) o ON true
WHERE {} AND c.relpersistence <> 't'
 AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e WHERE e.deptype = 'e' AND e.objid = c.oid
   AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass))sql",
                                    probe::isOrdinarySchema);
}

SequencePlace readPlace(const Row& row) {
  const auto text = [&](std::size_t at) { return at < row.size() ? row[at].value_or("") : ""; };
  SequencePlace place;
  place.sequence = text(0);
  const std::string increment = text(1);
  std::from_chars(increment.data(), increment.data() + increment.size(), place.increment);
  place.mayRead = text(2) == "t";
  place.table = text(3);
  place.column = text(4);
  place.unique = text(7) == "t";
  const std::string pages = text(9);
  int number = fewPages; // a partitioned table's size is that of its partitions
  std::from_chars(pages.data(), pages.data() + pages.size(), number);
  if (place.column.empty())
    place.whyNoGreatest = "no column takes its values";
  else if (text(5) != "t")
    place.whyNoGreatest = "no privilege on " + place.table;
  else if (text(6) == "t")
    place.whyNoGreatest = "row-level security hides rows of " + place.table;
  else if (text(8) != "t" && number >= fewPages)
    place.whyNoGreatest = fmt::format("{}.{} has no index", place.table, place.column);
  return place;
}

std::string positionsStatement(const std::vector<SequencePlace>& places, std::chrono::milliseconds lock) {
  std::string statement = limits(lock);
  for (std::size_t at = 0; at < places.size(); ++at)
    statement += (at == 0 ? "" : " UNION ALL ") + positionSelect(places[at], at);
  return statement;
}

} // namespace whichbase::compare
