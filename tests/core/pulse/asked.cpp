#include "asked.h"

#include <stdexcept>

namespace whichbase::test {

using namespace std::chrono_literals;

demo::ThrowawayCluster& pulseCluster() {
  static const auto cluster = [] {
    auto made = demo::ThrowawayCluster::create({});
    if (!made)
      throw std::runtime_error(made.error().text);
    sql(**made, "CREATE DATABASE \"TovPlay\"", "postgres");
    sql(**made, R"sql(
CREATE TABLE public."User" (id bigint PRIMARY KEY, email text NOT NULL, created_at timestamptz NOT NULL);
INSERT INTO public."User" SELECT i, 'user' || i || '@example.org', timestamptz '2026-01-01 00:00:00+00' + i * interval '1 day'
  FROM generate_series(1, 22) i;
CREATE TABLE games (id bigint PRIMARY KEY);
CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'protected'; END $$;
CREATE TRIGGER keep_games BEFORE TRUNCATE ON games EXECUTE FUNCTION forbid();
CREATE ROLE reader LOGIN PASSWORD 'pw';
GRANT SELECT ON public."User" TO reader;
)sql");
    return std::move(*made);
  }();
  return *cluster;
}

std::string sql(demo::ThrowawayCluster& cluster, const std::string& text, const std::string& database) {
  const auto result = cluster.sql(database, text);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  return result.value_or("");
}

pg::Watchdog& watchdog() {
  static pg::Watchdog dog;
  return dog;
}

pg::TimePoint soon() {
  return pg::Clock::now() + 60s;
}

std::unique_ptr<pg::Session> sessionOf(int port, const std::string& database, const std::string& user,
                                       const std::string& password) {
  pg::SqlError error;
  auto session = pg::Session::connect({{"host", "127.0.0.1"},
                                       {"hostaddr", "127.0.0.1"},
                                       {"port", std::to_string(port)},
                                       {"dbname", database},
                                       {"user", user},
                                       {"password", password},
                                       {"application_name", "whichbase"}},
                                      soon(), watchdog(), error);
  EXPECT_NE(session, nullptr) << error.text;
  return session;
}

std::unique_ptr<pg::Session> sessionOf(demo::ThrowawayCluster& cluster, const std::string& database) {
  return sessionOf(cluster.port(), database, "postgres", cluster.password());
}

live::PulseQuestion usersQuestion(bool counting) {
  live::PulseQuestion question;
  question.usersRelation = "public.\"User\"";
  if (counting) {
    question.countedRelation = "public.\"User\"";
    question.creationColumn = "created_at";
  }
  return question;
}

probe::Limits patientLimits() {
  probe::Limits limits;
  limits.statement = 30s;
  return limits;
}

live::Pulse pulseOf(pg::Session& session, const live::PulseQuestion& question) {
  pg::Rows rows;
  pg::SqlError error;
  EXPECT_TRUE(session.query(live::pulseStatement(patientLimits(), question), soon(), rows, error)) << error.text;
  const auto pulse = rows.values.empty() ? std::nullopt : live::readPulse(rows.values.at(0).at(0).value_or(""));
  EXPECT_TRUE(pulse.has_value());
  return pulse.value_or(live::Pulse{});
}

pg::SqlError refusedPulse(pg::Session& session, const live::PulseQuestion& question) {
  pg::Rows rows;
  pg::SqlError error;
  EXPECT_FALSE(session.query(live::pulseStatement(patientLimits(), question), soon(), rows, error));
  return error;
}

} // namespace whichbase::test
