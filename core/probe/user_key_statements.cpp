#include "probe/user_key_statements.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace whichbase::probe {

std::string keysStatement(const Limits& limits, const std::string& relation) {
  return limitsText(limits) + fmt::format(R"sql(
SELECT pg_catalog.json_build_object('kind', c.relkind,
 'children', c.relkind = 'r' AND EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid),
 'keys', (SELECT pg_catalog.json_agg((
    SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname,
      'quoted', pg_catalog.quote_ident(a.attname), 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'base', {1},
      'optional', NOT a.attnotnull) ORDER BY k.place)
    FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
    WHERE k.place <= i.indnkeyatts) ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid)
  FROM pg_catalog.pg_index i
  WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
    AND i.indpred IS NULL AND i.indexprs IS NULL))::text
FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass({0})::oid)sql",
                                          literal(relation), baseTypeExpression);
}

std::optional<RelationKeys> readKeys(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object())
    return std::nullopt;
  RelationKeys found;
  found.kind = json.value("kind", "");
  found.hasChildren = json.value("children", false);
  if (!json.contains("keys") || !json["keys"].is_array())
    return found;
  for (const auto& columns : json["keys"]) {
    UniqueKey key;
    bool optional = false;
    for (const auto& column : columns) {
      key.columns.push_back(
          {{column.value("name", ""), column.value("type", ""), column.value("base", "")}, column.value("quoted", "")});
      optional = optional || column.value("optional", true);
    }
    // Two rows may both have NULL there: no key.
    if (!optional && !key.columns.empty())
      found.keys.push_back(std::move(key));
  }
  return found;
}

std::string startStatement(const Limits& limits, const std::string& relation) {
  return limitsText(limits) + fmt::format("SELECT pg_catalog.count(*), pg_catalog.txid_snapshot_xmin("
                                          "pg_catalog.txid_current_snapshot()) FROM {}",
                                          relation);
}

std::string endStatement(const Limits& limits, const std::string& relation, const std::string& oldest) {
  // The transaction's number in a row has 32 bits of the 64.
  return limitsText(limits) +
         fmt::format("SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE pg_catalog.age(xmin) BETWEEN 0 "
                     "AND pg_catalog.age(({}::bigint % 4294967296)::text::xid)) FROM {}",
                     oldest, relation);
}

std::string pieceStatement(const Limits& limits, const std::string& relation, const UniqueKey& key,
                           const std::vector<std::string>& after, std::size_t rows) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  std::vector<std::string> bounds;
  std::string settings;
  for (std::size_t at = 0; at < key.columns.size(); ++at) {
    const auto& [column, quoted] = key.columns[at];
    // Qualified: ORDER BY of a bare name would mean the text that is read, in the order of texts.
    names.push_back("u." + quoted);
    values.push_back(names.back() + "::text");
    if (!after.empty())
      bounds.push_back(fmt::format("{}::{}", literal(after[at]), column.type));
    if (column.base == "bytea")
      settings += "SET LOCAL bytea_output = 'hex'; ";
    else if (column.base.starts_with("date") || column.base.starts_with("timestamp"))
      settings += "SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'; ";
  }
  const std::string condition =
      after.empty() ? "" : fmt::format(" WHERE ({}) > ({})", fmt::join(names, ", "), fmt::join(bounds, ", "));
  return limitsText(limits) + settings +
         fmt::format("SELECT {} FROM {} u{} ORDER BY {} LIMIT {}", fmt::join(values, ", "), relation, condition,
                     fmt::join(names, ", "), rows);
}

} // namespace whichbase::probe
