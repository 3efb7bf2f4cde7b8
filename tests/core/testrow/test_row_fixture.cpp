#include "test_row_fixture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <stdexcept>

namespace whichbase::test {

using namespace std::chrono_literals;

std::unique_ptr<demo::ThrowawayCluster> newCluster(demo::ClusterOptions options) {
  auto cluster = demo::ThrowawayCluster::create(options);
  if (!cluster)
    throw std::runtime_error(cluster.error().text);
  return std::move(*cluster);
}

demo::ThrowawayCluster& shared() {
  static const auto cluster = newCluster();
  return *cluster;
}

std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text) {
  const auto result = cluster.sql(database, text);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  return result.value_or("");
}

std::string newDatabase(const std::string& text) {
  static int number = 0;
  const std::string name = fmt::format("shop{}", ++number);
  sql(shared(), "postgres", "CREATE DATABASE " + name);
  if (!text.empty())
    sql(shared(), name, text);
  return name;
}

std::string newRole(demo::ThrowawayCluster& cluster) {
  static int number = 0;
  const std::string name = fmt::format("role{}", ++number);
  sql(cluster, "postgres", fmt::format("CREATE ROLE {0} LOGIN PASSWORD '{0}'", name));
  return name;
}

verify::Participant participant(const std::string& server, demo::ThrowawayCluster& cluster, const std::string& database,
                                const std::string& role, int port) {
  verify::Participant made;
  made.server = server;
  made.target.parameters = {{"host", "127.0.0.1"},
                            {"port", std::to_string(port == 0 ? cluster.port() : port)},
                            {"dbname", database},
                            {"user", role},
                            {"password", role == "postgres" ? cluster.password() : role}};
  // Servers of their own, although they may use one string.
  made.target.parameters.emplace_back("fallback_application_name", server);
  return made;
}

verify::TestRowPlan TestRow::plan(const Participants& participants, const verify::TestRowWish& wish) {
  probe::Connector connector({});
  auto made = verify::planTestRow(participants, wish, connector, pg::Clock::now() + 30s);
  EXPECT_TRUE(made) << (made ? "" : made.error().text);
  return made.value_or(verify::TestRowPlan{});
}

std::string TestRow::whyNoPlan(const Participants& participants, const verify::TestRowWish& wish) {
  probe::Connector connector({});
  const auto made = verify::planTestRow(participants, wish, connector, pg::Clock::now() + 30s);
  return made ? "" : made.error().text;
}

verify::TestRowPlan TestRow::usersPlan(const Participants& participants, const std::string& insertSql,
                                       const std::string& token) {
  verify::TestRowWish wish;
  wish.place = verify::TestRowPlace::usersTable;
  wish.insertSql = insertSql;
  wish.token = token;
  return plan(participants, wish);
}

verify::TestRowResult TestRow::write(const verify::TestRowPlan& plan, const Participants& participants,
                                     const verify::OnTestRowLine& onLine, std::stop_token stop) {
  verify::Journal journal(m_journalFolder);
  probe::Connector connector(stop);
  return verify::writeTestRow(plan, participants, m_options, journal, connector, stop, onLine);
}

std::vector<verify::Removal> TestRow::clean(const Participants& participants) {
  verify::Journal journal(m_journalFolder);
  probe::Connector connector({});
  return verify::removeLeftBehind(participants, journal, m_project, connector, pg::Clock::now() + 60s);
}

std::size_t TestRow::entries() const {
  std::size_t count = 0;
  std::error_code none;
  for (std::filesystem::directory_iterator at(m_journalFolder, none), end; !none && at != end; at.increment(none))
    ++count;
  return count;
}

void expectNothingLeft(demo::ThrowawayCluster& cluster, const std::string& database) {
  EXPECT_EQ(sql(cluster, database, "SELECT count(*) FROM pg_class WHERE relname = 'whichbase_canary'"), "0\n");
  if (sql(cluster, database, "SELECT to_regclass('public.users') IS NOT NULL") == "t\n") {
    EXPECT_EQ(sql(cluster, database, "SELECT count(*) FROM public.users u WHERE u::text LIKE '%whichbase%'"), "0\n");
  }
}

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, "\n"));
}

} // namespace whichbase::test
