// Two databases whose rows are compared, in one cluster that all tests of the program share.
#pragma once

#include "compare/rows.h"
#include "demo/throwaway_cluster.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace whichbase::test {

std::unique_ptr<demo::ThrowawayCluster> newCluster(const demo::ClusterOptions& options = {});
demo::ThrowawayCluster& shared();

// A new database of the shared cluster; `options` go behind CREATE DATABASE.
std::string newDatabase(const std::string& sql, const std::string& options = {});
std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text);
std::string sql(const std::string& database, const std::string& text); // in the shared cluster

compare::Endpoint endpointOf(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& name,
                             const std::string& user = "postgres", const std::string& password = {});

using Compared = std::expected<compare::RowsResult, compare::Problem>;
Compared compared(const compare::Endpoint& from, const compare::Endpoint& to, const compare::RowsRequest& request = {});
// Databases of the shared cluster, called A and B; fails the test where they could not be compared.
compare::RowsResult compared(const std::string& from, const std::string& to, const compare::RowsRequest& request = {});
std::string problemOf(const Compared& compared);

// "3 and 4 rows: 1 only in A, 2 only in B, 0 different, 2 equal"
std::string counts(const compare::RowsResult& result);
std::vector<std::string> keysOf(const std::vector<compare::NamedRow>& rows); // joined by |

} // namespace whichbase::test
