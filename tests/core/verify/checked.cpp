#include "checked.h"

#include <fmt/format.h>

namespace whichbase::test {

namespace {

std::unique_ptr<demo::ThrowawayCluster> made(bool isFirst) {
  auto cluster = demo::ThrowawayCluster::create({});
  if (!cluster) {
    ADD_FAILURE() << cluster.error().text;
    return nullptr;
  }
  sql(**cluster, "CREATE DATABASE shop", "postgres");
  sql(**cluster, "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL); "
                 "INSERT INTO users SELECT i, 'user' || i || '@example.org' FROM generate_series(1, 3) i");
  if (isFirst) {
    sql(**cluster, "CREATE DATABASE sibling", "postgres");
    sql(**cluster, "CREATE ROLE reader LOGIN PASSWORD 'pw'; GRANT SELECT ON users TO reader; "
                   "CREATE ROLE readonly LOGIN PASSWORD 'pw'; GRANT ALL ON users TO readonly; "
                   "ALTER ROLE readonly SET default_transaction_read_only = on");
  }
  return std::move(*cluster);
}

} // namespace

demo::ThrowawayCluster& first() {
  static const auto cluster = made(true);
  return *cluster;
}

demo::ThrowawayCluster& second() {
  static const auto cluster = made(false);
  return *cluster;
}

std::string sql(demo::ThrowawayCluster& cluster, const std::string& text, const std::string& database) {
  const auto result = cluster.sql(database, text);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  return result.value_or("");
}

probe::Target targetOf(int port, const std::string& database, const std::string& user, const std::string& password) {
  probe::Target target;
  target.parameters = {{"host", "127.0.0.1"},
                       {"port", std::to_string(port)},
                       {"dbname", database},
                       {"user", user},
                       {"password", password}};
  return target;
}

probe::Target targetOf(demo::ThrowawayCluster& cluster, const std::string& database) {
  return targetOf(cluster.port(), database, "postgres", cluster.password());
}

verify::Participant participant(const std::string& name, const probe::Target& target, const std::string& database) {
  verify::Participant participant;
  participant.server = name;
  participant.target = target;
  participant.database = database;
  return participant;
}

verify::CheckResult checked(const std::vector<verify::Participant>& participants, verify::CheckOptions options,
                            std::stop_token stop, const verify::OnCheckLine& onLine) {
  options.deadline = std::chrono::seconds(120);
  probe::Connector connector(stop);
  return verify::check(participants, options, connector, stop, onLine);
}

verify::Sight sight(const verify::CheckResult& result, std::size_t row, std::size_t column) {
  return result.sights.at(row).at(column);
}

std::string saw(const verify::CheckResult& result) {
  std::string text;
  for (const topology::ServerCheck& check : result.verification.servers)
    text += !check.reached ? "-" : check.saw ? "✓" : "✗";
  return text;
}

std::string told(const verify::CheckResult& result) {
  const std::string text = topology::toText(result.verification, result.verification.at);
  return text.substr(text.find("UTC: ") + 5);
}

} // namespace whichbase::test
