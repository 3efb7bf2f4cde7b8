#include "verify/test_row_planning.h"

#include "compare/open_endpoint.h"
#include "probe/statements.h"
#include "verify/test_row_sql.h"
#include "verify/test_row_template.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace whichbase::verify {
namespace {

using compare::Problem;
using namespace std::chrono_literals;

// The first schema that every role may use, else the first.
const GroundSchema* schemaOf(const Ground& ground) {
  const auto usable = std::ranges::find_if(ground.schemas, [](const GroundSchema& s) { return s.cannotUse.empty(); });
  if (usable != ground.schemas.end())
    return &*usable;
  return ground.schemas.empty() ? nullptr : &ground.schemas.front();
}

void writeOwnTableSql(const Ground& ground, TestRowPlan& plan) {
  const std::string& table = plan.relation;
  const std::string comment = literalOf(tableComment(plan.token));
  const std::string token = literalOf(plan.token);
  plan.createSql =
      fmt::format("CREATE TABLE {} (token text PRIMARY KEY);\nCOMMENT ON TABLE {} IS {}", table, table, comment);
  if (!ground.grantees.empty())
    plan.createSql += fmt::format(";\nGRANT SELECT ON {} TO {}", table, fmt::join(ground.grantees, ", "));
  plan.insertSql = fmt::format("INSERT INTO {} (token) VALUES ({})", table, token);
  plan.seeSql = fmt::format("SELECT pg_catalog.count(*) FROM {} WHERE token = {}", table, token);
  plan.deleteSql = fmt::format("DELETE FROM {} WHERE token = {}", table, token);
  plan.dropSql = fmt::format("DROP TABLE {}", table);
  plan.presentSql =
      fmt::format("SELECT pg_catalog.count(*) FROM pg_catalog.pg_class c WHERE c.oid = "
                  "pg_catalog.to_regclass({})::oid AND pg_catalog.obj_description(c.oid, 'pg_class') = {}",
                  literalOf(table), comment);
  plan.removeSql = fmt::format(R"sql(DO $whichbase$
BEGIN
  IF pg_catalog.obj_description(pg_catalog.to_regclass({0})::oid, 'pg_class') = {1} THEN
    LOCK TABLE {2} IN ACCESS EXCLUSIVE MODE;
    IF NOT EXISTS (SELECT FROM {2} WHERE token <> {3}) THEN
      DROP TABLE {2};
    END IF;
  END IF;
END
$whichbase$)sql",
                               literalOf(table), comment, table, token);
}

std::expected<void, Problem> planOwnTable(pg::Session& session, const probe::Target& target,
                                          const std::string& usersRelation, TestRowPlan& plan, pg::TimePoint deadline) {
  const auto ground = readOwnTableGround(session, target, plan.roles, usersRelation, deadline);
  if (!ground)
    return std::unexpected(ground.error());
  const GroundSchema* const schema = schemaOf(*ground);
  if (schema == nullptr) {
    plan.relation = "whichbase_canary";
    plan.refusals.emplace_back("The role may create a table in no schema: grant it CREATE on one, or use the users "
                               "table.");
    return {};
  }
  plan.relation = schema->name + ".whichbase_canary";
  const Judgement judgement = judgeOwnTable(*ground, *schema);
  plan.warnings.insert(plan.warnings.end(), judgement.warnings.begin(), judgement.warnings.end());
  plan.refusals.insert(plan.refusals.end(), judgement.refusals.begin(), judgement.refusals.end());
  writeOwnTableSql(*ground, plan);
  return {};
}

void writeUsersSql(const Ground& ground, const GroundColumn& column, TestRowPlan& plan) {
  const std::string value = tokenValueFor(column, plan.token);
  plan.condition = fmt::format("{} OPERATOR({}.=) {}", column.name, column.operatorSchema, literalOf(value));
  plan.key.clear();
  for (const auto& each : ground.columns)
    if (each.isKey)
      plan.key.push_back({each.name, fmt::format("{} OPERATOR({}.=) ", each.name, each.operatorSchema),
                          fmt::format("::{}", each.type)});
  plan.seeSql = fmt::format("SELECT pg_catalog.count(*) FROM {} WHERE {}", plan.relation, plan.condition);
  plan.presentSql = plan.seeSql;
  plan.deleteSql = deleteUsersSql(plan, {});
  plan.removeSql = plan.deleteSql;
  auto made = insertTemplate(plan.relation, ground.columns, column, plan.token);
  if (plan.insertSql.empty()) {
    plan.insertSql = std::move(made.sql);
    plan.toFill = std::move(made.toFill);
  } else {
    plan.toFill = placesToFill(plan.insertSql);
    if (auto checked = checkedInsert(plan.insertSql, plan.relation, value))
      plan.insertSql = std::move(*checked);
    else
      plan.refusals.push_back(checked.error() + ".");
  }
  plan.isComplete = plan.toFill.empty();
}

// Looks for the row that is to be written: it must not be there, and finding it must not take long.
std::expected<void, Problem> tryFinding(pg::Session& session, const probe::Target& target, TestRowPlan& plan,
                                        pg::TimePoint deadline) {
  pg::Rows rows;
  pg::SqlError error;
  const probe::Limits limits{1'000ms, 300ms, 5'000ms};
  if (session.query(probe::limitsText(limits) + plan.presentSql, deadline, rows, error)) {
    if (rows.values.empty() || rows.values[0].at(0) != "0")
      plan.refusals.push_back(fmt::format("The token is in {} already: it must be a new one.", plan.relation));
    return {};
  }
  if (error.kind != pg::ErrorKind::timeout)
    return std::unexpected(compare::problemOf(error, target, fmt::format("looking into {}", plan.relation)));
  plan.refusals.push_back(fmt::format("Finding the row again in {} takes longer than a second: its deletion could not "
                                      "be told to succeed. Use a table of its own.",
                                      plan.relation));
  return {};
}

std::expected<void, Problem> planUsers(pg::Session& session, const probe::Target& target, TestRowPlan& plan,
                                       pg::TimePoint deadline) {
  const auto ground = readUsersGround(session, target, plan.relation, deadline);
  if (!ground)
    return std::unexpected(ground.error());
  const GroundColumn* const column = tokenColumnOf(ground->columns, plan.token);
  const Judgement judgement = judgeUsers(*ground, plan.relation, column);
  plan.warnings.insert(plan.warnings.end(), judgement.warnings.begin(), judgement.warnings.end());
  plan.refusals.insert(plan.refusals.end(), judgement.refusals.begin(), judgement.refusals.end());
  if (column == nullptr)
    return {};
  const bool mayLook = plan.refusals.empty();
  writeUsersSql(*ground, *column, plan);
  return mayLook ? tryFinding(session, target, plan, deadline) : std::expected<void, Problem>();
}

} // namespace

std::string tableComment(const std::string& token) {
  return token + ": a test row of Whichbase, which drops this table itself";
}

std::string deleteUsersSql(const TestRowPlan& plan, const std::vector<std::string>& key) {
  std::string sql = fmt::format("DELETE FROM {} WHERE {}", plan.relation, plan.condition);
  for (std::size_t at = 0; at < key.size() && at < plan.key.size(); ++at)
    sql += fmt::format(" AND {}{}{}", plan.key[at].before, literalOf(key[at]), plan.key[at].after);
  return sql;
}

std::string keySql(const TestRowPlan& plan) {
  std::vector<std::string> columns{"''"};
  for (const auto& part : plan.key)
    columns.push_back(part.column + "::pg_catalog.text");
  return fmt::format("SELECT {} FROM {} WHERE {}", fmt::join(columns, ", "), plan.relation, plan.condition);
}

std::expected<void, Problem> planIn(pg::Session& session, const Standing& standing, const probe::Target& target,
                                    const std::string& usersRelation, TestRowPlan& plan, pg::TimePoint deadline) {
  plan.systemIdentifier = standing.systemIdentifier;
  plan.oid = standing.oid;
  const Judgement judgement = judgeSession(standing, plan.writer);
  plan.refusals.insert(plan.refusals.end(), judgement.refusals.begin(), judgement.refusals.end());
  if (plan.place == TestRowPlace::ownTable)
    return planOwnTable(session, target, usersRelation, plan, deadline);
  plan.relation = usersRelation;
  return planUsers(session, target, plan, deadline);
}

} // namespace whichbase::verify
