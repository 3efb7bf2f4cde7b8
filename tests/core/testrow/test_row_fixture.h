// Test rows in real databases: participants, journals in folders of their own, and what is left in a database.
#pragma once

#include "demo/throwaway_cluster.h"
#include "support/temporary_folder.h"
#include "verify/test_row.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace whichbase::test {

// One for all tests that only need a database of their own in it.
demo::ThrowawayCluster& shared();
std::unique_ptr<demo::ThrowawayCluster> newCluster(demo::ClusterOptions options = {});
// A new, empty database there.
std::string newDatabase(const std::string& sql = {});
// Runs SQL as superuser and fails the test where it fails.
std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text);
inline std::string sql(const std::string& database, const std::string& text) {
  return sql(shared(), database, text);
}

// As superuser, where no role is given; the password of a role is its name.
verify::Participant participant(const std::string& server, demo::ThrowawayCluster& cluster, const std::string& database,
                                const std::string& role = "postgres", int port = 0);
inline verify::Participant participant(const std::string& server, const std::string& database,
                                       const std::string& role = "postgres") {
  return participant(server, shared(), database, role);
}
// A role that can log in, unique in the shared cluster; its name.
std::string newRole(demo::ThrowawayCluster& cluster = shared());

inline constexpr const char* usersTable =
    "CREATE TABLE public.users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, "
    "name varchar(20) NOT NULL, is_admin boolean NOT NULL DEFAULT false);";

class TestRow : public testing::Test {
protected:
  using Participants = std::vector<verify::Participant>;
  // Fails the test where there is no plan.
  verify::TestRowPlan plan(const Participants& participants, const verify::TestRowWish& wish = {});
  std::string whyNoPlan(const Participants& participants, const verify::TestRowWish& wish = {});
  verify::TestRowPlan usersPlan(const Participants& participants, const std::string& insertSql = {},
                                const std::string& token = {});
  verify::TestRowResult write(const verify::TestRowPlan& plan, const Participants& participants,
                              const verify::OnTestRowLine& onLine = {}, std::stop_token stop = {});
  std::vector<verify::Removal> clean(const Participants& participants);
  std::size_t entries() const; // files of the journal

  std::string m_project = "/tmp/some.whichbase.toml";
  verify::TestRowOptions m_options{.project = m_project, .title = "TovPlay"};
  TemporaryFolder m_folder;
  std::filesystem::path m_journalFolder = m_folder.path() / "test-rows";
};

// Nothing of a test row is in the database: no table of ours, no row in public.users where there is one.
void expectNothingLeft(demo::ThrowawayCluster& cluster, const std::string& database);
inline void expectNothingLeft(const std::string& database) {
  expectNothingLeft(shared(), database);
}
// The texts in one, for looking into.
std::string joined(const std::vector<std::string>& texts);
inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace whichbase::test
