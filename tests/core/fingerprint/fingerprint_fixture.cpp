#include "fingerprint_fixture.h"

#include <fmt/format.h>

namespace whichbase::test {

std::unique_ptr<demo::ThrowawayCluster> newCluster() {
  demo::ClusterOptions options;
  options.settings = {{"max_prepared_transactions", "2"}};
  auto cluster = demo::ThrowawayCluster::create(options);
  if (!cluster)
    throw std::runtime_error(cluster.error().text);
  return std::move(*cluster);
}

demo::ThrowawayCluster& shared() {
  static const auto cluster = newCluster();
  return *cluster;
}

std::string newDatabase(const std::string& text) {
  static int number = 0;
  const std::string name = fmt::format("users{}", ++number);
  sql(shared(), "postgres", "CREATE DATABASE " + name);
  if (!text.empty())
    sql(shared(), name, text);
  return name;
}

std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text) {
  const auto result = cluster.sql(database, text);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  return result.value_or("");
}

probe::Target targetOf(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& user,
                       const std::string& password) {
  probe::Target target;
  target.parameters = {{"host", "127.0.0.1"},
                       {"port", std::to_string(cluster.port())},
                       {"dbname", database},
                       {"user", user},
                       {"password", password.empty() ? cluster.password() : password}};
  return target;
}

const history::SecretKey& sampleKey() {
  static const history::SecretKey key({1, 2, 3, 4, 5, 6, 7, 8});
  return key;
}

history::Fingerprint fingerprintOf(const probe::Target& target, const std::string& database,
                                   const history::SecretKey& key) {
  auto taken = history::takeFingerprint(target, key, {}, {});
  EXPECT_TRUE(taken) << (taken ? "" : taken.error().text);
  history::Fingerprint fingerprint = taken ? std::move(*taken) : history::Fingerprint{};
  fingerprint.database = database;
  return fingerprint;
}

history::Fingerprint fingerprintOf(const std::string& database) {
  return fingerprintOf(targetOf(shared(), database), "A");
}

std::string refusalOf(const probe::Target& target) {
  const auto taken = history::takeFingerprint(target, sampleKey(), {}, {});
  return taken ? "" : taken.error().text;
}

std::string refusalOf(const std::string& database) {
  return refusalOf(targetOf(shared(), database));
}

std::string told(const history::Fingerprint& first, const history::Fingerprint& second) {
  return history::usersOfIn(first, second, first.at).text;
}

} // namespace whichbase::test
