#include "rows_fixture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace whichbase::test {

std::unique_ptr<demo::ThrowawayCluster> newCluster(const demo::ClusterOptions& options) {
  auto cluster = demo::ThrowawayCluster::create(options);
  if (!cluster)
    throw std::runtime_error(cluster.error().text);
  return std::move(*cluster);
}

demo::ThrowawayCluster& shared() {
  static const auto cluster = newCluster({.settings = {{"max_connections", "60"}, {"autovacuum", "off"}}});
  return *cluster;
}

std::string newDatabase(const std::string& text, const std::string& options) {
  static int number = 0;
  const std::string name = fmt::format("rows{}", ++number);
  sql("postgres", fmt::format("CREATE DATABASE {} {}", name, options));
  if (!text.empty())
    sql(name, text);
  return name;
}

std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text) {
  const auto result = cluster.sql(database, text);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  return result.value_or("");
}

std::string sql(const std::string& database, const std::string& text) {
  return sql(shared(), database, text);
}

compare::Endpoint endpointOf(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& name,
                             const std::string& user, const std::string& password) {
  probe::Target target;
  target.parameters = {{"host", "127.0.0.1"},
                       {"port", std::to_string(cluster.port())},
                       {"dbname", database},
                       {"user", user},
                       {"password", password.empty() ? cluster.password() : password}};
  compare::Endpoint endpoint;
  endpoint.name = name;
  endpoint.targets = {target};
  return endpoint;
}

Compared compared(const compare::Endpoint& from, const compare::Endpoint& to, const compare::RowsRequest& request) {
  const std::stop_source stop;
  probe::Connector connector(stop.get_token());
  return compare::compareRows(from, to, request, connector, stop.get_token());
}

compare::RowsResult compared(const std::string& from, const std::string& to, const compare::RowsRequest& request) {
  auto result = compared(endpointOf(shared(), from, "A"), endpointOf(shared(), to, "B"), request);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  if (!result)
    return {};
  EXPECT_EQ(result->fromRows,
            result->onlyInFrom + result->different + result->equal + (result->sameChecksum ? result->fromRows : 0));
  EXPECT_EQ(result->toRows,
            result->onlyInTo + result->different + result->equal + (result->sameChecksum ? result->toRows : 0));
  return std::move(*result);
}

std::string problemOf(const Compared& compared) {
  return compared ? "" : compared.error().text;
}

std::string counts(const compare::RowsResult& result) {
  return fmt::format("{} and {} rows: {} only in A, {} only in B, {} different, {} equal", result.fromRows,
                     result.toRows, result.onlyInFrom, result.onlyInTo, result.different, result.equal);
}

std::vector<std::string> keysOf(const std::vector<compare::NamedRow>& rows) {
  std::vector<std::string> keys;
  for (const auto& row : rows)
    keys.push_back(fmt::format("{}", fmt::join(row.key, "|")));
  return keys;
}

} // namespace whichbase::test
