#include "stop_fixture.h"

#include "history/take_fingerprint.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>

namespace whichbase::test {

using namespace std::chrono_literals;

namespace {

std::unique_ptr<demo::ThrowawayCluster> made() {
  demo::ClusterOptions options;
  options.settings = {{"wal_level", "logical"}, {"max_prepared_transactions", "4"}};
  auto cluster = demo::ThrowawayCluster::create(options);
  if (!cluster)
    throw std::runtime_error(cluster.error().text);
  return std::move(*cluster);
}

constexpr const char* content = R"sql(
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, created_at timestamptz NOT NULL);
INSERT INTO users SELECT i, 'user' || i || '@example.org', '2026-01-01 00:00:00Z' FROM generate_series(1, 3) i;
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner int NOT NULL REFERENCES users);
INSERT INTO orders (owner) VALUES (1);
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
CREATE TRIGGER keep_orders BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION keep();
)sql";

project::ConnectionSpec to(const std::string& url) {
  return {url, "direct"};
}

std::string textsOf(const std::vector<verify::StopReason>& reasons, const std::string& code) {
  std::string texts;
  for (const auto& reason : reasons)
    if (reason.code == code)
      texts += (texts.empty() ? "" : "\n") + reason.text;
  return texts;
}

bool anyHolds(const std::vector<std::string>& texts, const std::string& part) {
  return std::ranges::any_of(texts, [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

project::Project projectFor(const std::string& database, const AskOptions& options) {
  auto& cluster = options.cluster ? *options.cluster : former();
  const std::string there =
      options.role.empty() ? cluster.url(database) : cluster.url(database, options.role, options.rolePassword);
  project::Project project;
  project.title = "Shop";
  project::Server backend{"Backend", "203.0.113.20", "production", topology::Role::writes, {}, {}, options.client};
  backend.before = to(there);
  backend.present = to(options.stillConfigured ? there : current().url(database));
  project::Server dashboard{"Dashboard", "203.0.113.21", "", topology::Role::reads, {}, {}, {}};
  dashboard.present = to(current().url(database));
  project.servers = {backend, dashboard};
  return project;
}

bool isOf(const topology::Database& database, const topology::Observation& seen) {
  return seen.facts && seen.facts->systemIdentifier.value == database.systemIdentifier &&
         seen.facts->databaseOid == database.oid;
}

} // namespace

demo::ThrowawayCluster& former() {
  static const auto cluster = made();
  return *cluster;
}

demo::ThrowawayCluster& current() {
  static const auto cluster = made();
  return *cluster;
}

std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text) {
  const auto result = cluster.sql(database, text);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  return result.value_or("");
}

std::string newPair() {
  static int number = 0;
  const std::string name = fmt::format("shop{}", ++number);
  for (auto* cluster : {&former(), &current()}) {
    sql(*cluster, "postgres", "CREATE DATABASE " + name);
    sql(*cluster, name, content);
  }
  return name;
}

HeldSession::HeldSession(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& application,
                         const std::string& user)
    : m_connection(PQconnectdb(
          (cluster.url(database, user, user == "postgres" ? "" : "secret") + "?application_name=" + application)
              .c_str())) {
  EXPECT_EQ(PQstatus(m_connection), CONNECTION_OK) << PQerrorMessage(m_connection);
}

HeldSession::~HeldSession() {
  PQfinish(m_connection);
}

void HeldSession::run(const std::string& text) {
  PGresult* result = PQexec(m_connection, text.c_str());
  EXPECT_NE(PQresultStatus(result), PGRES_FATAL_ERROR) << PQerrorMessage(m_connection);
  PQclear(result);
}

Asked asked(const std::string& database, const AskOptions& options) {
  const project::Project project = projectFor(database, options);
  const auto plan = probe::makePlan(project, topology::Side::after, {}, nullptr, pg::Clock::now() + 10s);
  const auto swept = probe::sweep(plan.targets, {}, {});
  Asked result;
  result.snapshot = topology::assemble(sightingOf(project, topology::Side::after, plan, swept));
  verify::StopQuestion question;
  question.snapshot = &result.snapshot;
  question.compareRows = options.rows;
  question.watched = options.watched;
  for (const auto& each : result.snapshot.databases) {
    compare::Endpoint endpoint{each.id, {}, each.systemIdentifier, each.oid};
    for (std::size_t at = 0; at < plan.targets.size(); ++at)
      if (isOf(each, swept.observations[at]))
        endpoint.targets.push_back(plan.targets[at]);
    const auto onIt = result.snapshot.serversOn(each.id);
    const bool isInQuestion = each.ghost || (options.stillConfigured && !onIt.empty() && onIt[0]->name == "Backend");
    if (isInQuestion) {
      question.database = each.id;
      question.endpoint = endpoint;
    } else {
      question.others.emplace_back(each.id, endpoint);
    }
  }
  EXPECT_NE(question.database, "") << "the sweep did not reach both databases";
  probe::Connector connector({});
  result.answer = verify::canStop(question, connector, pg::Clock::now() + 60s, {});
  return result;
}

verify::StopAnswer ask(const std::string& database, const AskOptions& options) {
  return asked(database, options).answer;
}

std::string against(const verify::StopAnswer& answer, const std::string& code) {
  return textsOf(answer.against, code);
}

std::string beside(const verify::StopAnswer& answer, const std::string& code) {
  return textsOf(answer.beside, code);
}

std::string codes(const verify::StopAnswer& answer) {
  std::string all;
  std::vector<std::string> seen;
  for (const auto& reason : answer.against)
    if (std::ranges::find(seen, reason.code) == seen.end()) {
      seen.push_back(reason.code);
      all += (all.empty() ? "" : " ") + reason.code;
    }
  return all;
}

bool couldNot(const verify::StopAnswer& answer, const std::string& part) {
  return anyHolds(answer.couldNotLook, part);
}

bool lookedAt(const verify::StopAnswer& answer, const std::string& part) {
  return anyHolds(answer.lookedAt, part);
}

} // namespace whichbase::test
