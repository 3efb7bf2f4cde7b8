#include "compare/rows_relation.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace whichbase::compare {

const RelationColumn* RelationFacts::column(std::string_view name) const {
  const auto found = std::ranges::find(columns, name, &RelationColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

std::string relationStatement(const probe::Limits& limits, const std::string& relation) {
  return probe::limitsText(limits) + fmt::format(R"sql(
WITH RECURSIVE parts AS (
  SELECT c.oid, c.relkind, c.relam, c.reltuples FROM pg_catalog.pg_class c
  WHERE c.oid = pg_catalog.to_regclass({0})::oid
  UNION
  SELECT c.oid, c.relkind, c.relam, c.reltuples FROM parts p
  JOIN pg_catalog.pg_inherits h ON h.inhparent = p.oid JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid)
SELECT pg_catalog.json_build_object('kind', c.relkind, 'security', pg_catalog.row_security_active(c.oid),
 'version', pg_catalog.current_setting('server_version_num')::int,
 'encoding', pg_catalog.current_setting('server_encoding'),
 'blocks', (SELECT max(pg_catalog.pg_relation_size(p.oid)) / pg_catalog.current_setting('block_size')::int
            FROM parts p WHERE p.relkind IN ('r', 'm')),
 'rows', (SELECT sum(greatest(p.reltuples, 0))::bigint FROM parts p WHERE p.relkind IN ('r', 'm')),
 'heap', NOT EXISTS (SELECT FROM parts p LEFT JOIN pg_catalog.pg_am a ON a.oid = p.relam
                     WHERE p.relkind <> 'p' AND (p.relkind NOT IN ('r', 'm') OR a.amname IS DISTINCT FROM 'heap')),
 'columns', (SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname,
      'quoted', pg_catalog.quote_ident(a.attname), 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'base', {1},
      'select', pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')) ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))::text
FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass({0})::oid)sql",
                                                 probe::literal(relation), probe::baseTypeExpression);
}

bool readRelation(std::string_view text, RelationFacts& facts) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("columns"))
    return false;
  const auto number = [&](const char* key) {
    return json.contains(key) && json[key].is_number() ? json[key].get<std::int64_t>() : 0;
  };
  facts.kind = json.value("kind", "");
  facts.rowSecurity = json.value("security", false);
  facts.serverVersion = static_cast<int>(number("version"));
  facts.encoding = json.value("encoding", "");
  facts.blocks = number("blocks");
  facts.rows = number("rows");
  facts.isHeap = json.value("heap", false);
  facts.columns.clear();
  if (json["columns"].is_array())
    for (const auto& column : json["columns"])
      facts.columns.push_back({column.value("name", ""), column.value("quoted", ""), column.value("type", ""),
                               column.value("base", ""), column.value("select", false)});
  return true;
}

bool readRelationKeys(std::string_view json, RelationFacts& facts) {
  const auto found = probe::readKeys(json);
  if (!found)
    return false;
  facts.keys.clear();
  if (found->hasChildren)
    return true;
  for (const auto& key : found->keys) {
    auto& columns = facts.keys.emplace_back();
    for (const auto& indexed : key.columns)
      if (const RelationColumn* column = facts.column(indexed.column.name))
        columns.push_back(*column);
  }
  return true;
}

} // namespace whichbase::compare
