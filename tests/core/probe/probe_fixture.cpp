#include "probe_fixture.h"

#include <fmt/format.h>

namespace whichbase::test {
namespace {

constexpr const char* incident = R"sql(
CREATE TABLE public."User" (id bigint PRIMARY KEY, email text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE games (id bigint PRIMARY KEY);
CREATE TABLE sessions (id bigint PRIMARY KEY);
)sql";

constexpr const char* protection = R"sql(
CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'protected'; END $$;
CREATE TRIGGER keep_users BEFORE DELETE ON public."User" FOR EACH ROW EXECUTE FUNCTION forbid();
CREATE TRIGGER keep_games BEFORE TRUNCATE ON games EXECUTE FUNCTION forbid();
CREATE TRIGGER touch AFTER INSERT OR UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION forbid();
ALTER TABLE sessions DISABLE TRIGGER touch;
CREATE TABLE audit_log (id bigint);
)sql";

std::unique_ptr<demo::ThrowawayCluster> filled(int users, bool protect) {
  auto cluster = newCluster();
  if (!cluster)
    return nullptr;
  sql(*cluster, "postgres", "CREATE DATABASE \"TovPlay\"");
  sql(*cluster, "TovPlay", incident);
  sql(*cluster, "TovPlay",
      fmt::format("INSERT INTO public.\"User\" SELECT i, 'user' || i || '@example.org', "
                  "timestamptz '2026-01-01 00:00:00+00' + i * interval '1 day' FROM generate_series(1, {}) i",
                  users));
  if (protect)
    sql(*cluster, "TovPlay", protection);
  return cluster;
}

} // namespace

std::unique_ptr<demo::ThrowawayCluster> newCluster(const demo::ClusterOptions& options) {
  auto cluster = demo::ThrowawayCluster::create(options);
  if (!cluster) {
    ADD_FAILURE() << cluster.error().text;
    return nullptr;
  }
  return std::move(*cluster);
}

demo::ThrowawayCluster& local() {
  static const auto cluster = filled(22, true);
  return *cluster;
}

demo::ThrowawayCluster& external() {
  static const auto cluster = filled(1, false);
  return *cluster;
}

std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text) {
  const auto result = cluster.sql(database, text);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  return result.value_or("");
}

probe::Target targetOf(const std::string& host, int port, const std::string& database, const std::string& user,
                       const std::string& password) {
  probe::Target target;
  target.parameters = {
      {"host", host}, {"port", std::to_string(port)}, {"dbname", database}, {"user", user}, {"password", password}};
  return target;
}

probe::Target targetOf(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& user,
                       const std::string& password) {
  return targetOf("127.0.0.1", cluster.port(), database, user, password.empty() ? cluster.password() : password);
}

probe::SweepResult sweepOf(const std::vector<probe::Target>& targets, double seconds) {
  probe::SweepOptions options;
  options.deadline = std::chrono::milliseconds(static_cast<int>(seconds * 1000));
  return probe::sweep(targets, options, {});
}

topology::Observation visitOf(const probe::Target& target, double seconds) {
  return sweepOf({target}, seconds).observations.at(0);
}

topology::Snapshot snapshotOf(const std::vector<probe::Target>& targets, double seconds) {
  const auto result = sweepOf(targets, seconds);
  topology::Sighting sighting;
  sighting.startedAt = result.startedAt;
  sighting.finishedAt = result.finishedAt;
  sighting.complete = result.complete;
  sighting.observations = result.observations;
  sighting.meetings = result.meetings;
  for (std::size_t index = 0; index < targets.size(); ++index) {
    topology::ServerSpec server;
    server.name = fmt::format("S{}", index + 1);
    server.observation = index;
    server.route = "direct";
    server.connection.host = connection::valueOf(targets[index].parameters, "host");
    server.connection.port = std::stoi(connection::valueOf(targets[index].parameters, "port"));
    server.connection.dbname = connection::valueOf(targets[index].parameters, "dbname");
    sighting.servers.push_back(server);
  }
  return topology::assemble(sighting);
}

} // namespace whichbase::test
