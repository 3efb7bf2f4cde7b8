#include "compare/rows_plan.h"

#include "topology/wording.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>

namespace whichbase::compare {
namespace {

using Names = std::vector<std::string>;

bool holds(const Names& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

Names namesOf(const std::vector<RelationColumn>& columns) {
  Names names;
  for (const auto& column : columns)
    names.push_back(column.name);
  return names;
}

std::set<std::string> sorted(const Names& names) {
  return {names.begin(), names.end()};
}

// The first key of `from` whose columns are a key of `to`, too.
Names sharedKey(const RelationFacts& from, const RelationFacts& to) {
  for (const auto& key : from.keys)
    for (const auto& other : to.keys)
      if (sorted(namesOf(key)) == sorted(namesOf(other)))
        return namesOf(key);
  return {};
}

std::optional<Problem> missingColumn(const Names& wanted, const RelationFacts& facts, const std::string& name) {
  for (const auto& column : wanted)
    if (facts.column(column) == nullptr)
      return Problem{fmt::format("{} has no column {} in {}", facts.relation, column, name),
                     "Name columns that both sides have."};
  return std::nullopt;
}

std::optional<Problem> unreadable(const Names& columns, const RelationFacts& facts, const std::string& name) {
  Names refused;
  for (const auto& column : columns)
    if (const auto* found = facts.column(column); found != nullptr && !found->mayRead)
      refused.push_back(found->quoted);
  if (refused.empty())
    return std::nullopt;
  return Problem{fmt::format("no privilege on {} of {} in {}", topology::someOf(refused, 3), facts.relation, name),
                 "Use a role that may SELECT them, or name the columns to compare."};
}

std::string joined(const std::vector<std::string>& hashes) {
  return hashes.empty() ? "0::bigint" : fmt::format("{}", fmt::join(hashes, " # "));
}

SideSql sqlOf(const RowsPlan& plan, const RelationFacts& side, const RelationFacts& other, TextForm form,
              const Names& shown) {
  SideSql sql;
  sql.relation = side.relation;
  std::vector<std::string> rest;
  for (std::size_t at = 0; at < plan.compared.size(); ++at) {
    const RelationColumn& column = *side.column(plan.compared[at]);
    const ValueKind kind = commonKind(kindOf(column), kindOf(*other.column(column.name)));
    sql.columnHashes.push_back(plan.hashing.ofColumn(column.quoted, kind, static_cast<int>(at) + 1, form));
    if (at >= plan.key.size())
      rest.push_back(sql.columnHashes.back());
    else
      sql.keyTypes.push_back(column.type);
    if (at < plan.key.size())
      sql.keyColumns.push_back("u." + column.quoted);
  }
  const std::vector<std::string> key(sql.columnHashes.begin(),
                                     sql.columnHashes.begin() + static_cast<std::ptrdiff_t>(plan.key.size()));
  sql.keyHash = joined(plan.key.empty() ? sql.columnHashes : key);
  sql.restHash = joined(plan.key.empty() ? std::vector<std::string>{} : rest);
  for (const auto& name : shown) {
    const RelationColumn* column = side.column(name);
    sql.shown.push_back(column == nullptr ? "NULL::text" : fmt::format("u.{}::text", column->quoted));
  }
  return sql;
}

} // namespace

std::expected<RowsPlan, Problem> planRows(const RelationFacts& from, const RelationFacts& to, bool alike,
                                          const RowsRequest& request, const std::string& fromName,
                                          const std::string& toName) {
  RowsPlan plan;
  plan.key = sharedKey(from, to);
  plan.compared = plan.key;
  if (auto problem = missingColumn(request.columns, from, fromName))
    return std::unexpected(std::move(*problem));
  if (auto problem = missingColumn(request.columns, to, toName))
    return std::unexpected(std::move(*problem));
  for (const auto& column : from.columns) {
    if (to.column(column.name) == nullptr)
      plan.fromOnly.push_back(column.name);
    else if (!holds(plan.key, column.name) && (request.columns.empty() || holds(request.columns, column.name)))
      plan.compared.push_back(column.name);
  }
  for (const auto& column : to.columns)
    if (from.column(column.name) == nullptr)
      plan.toOnly.push_back(column.name);
  if (plan.compared.empty())
    return std::unexpected(
        Problem{fmt::format("{} has no column that both {} and {} have", from.relation, fromName, toName), {}});
  for (const auto& name : request.shown)
    if (from.column(name) == nullptr && to.column(name) == nullptr)
      return std::unexpected(
          Problem{fmt::format("{} has no column {}", from.relation, name), "Name columns that it has."});
  Names read = plan.compared;
  read.insert(read.end(), request.shown.begin(), request.shown.end());
  if (auto problem = unreadable(read, from, fromName))
    return std::unexpected(std::move(*problem));
  if (auto problem = unreadable(read, to, toName))
    return std::unexpected(std::move(*problem));
  plan.hashing.builtIn = alike;
  const TextForms forms = textForms(from.encoding, to.encoding);
  plan.from = sqlOf(plan, from, to, forms.from, request.shown);
  plan.to = sqlOf(plan, to, from, forms.to, request.shown);
  return plan;
}

} // namespace whichbase::compare
