// Real clusters for the probe's tests: started once a test program, filled like the reference incident.
#pragma once

#include "demo/throwaway_cluster.h"
#include "probe/sweep.h"
#include "support/targets.h"
#include "topology/assemble.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace whichbase::test {

// Two clusters of their own, each with a database TovPlay: LOCAL with 22 users, EXTERNAL with 1.
demo::ThrowawayCluster& local();
demo::ThrowawayCluster& external();
std::unique_ptr<demo::ThrowawayCluster> newCluster(const demo::ClusterOptions& options = {});

// Runs SQL as superuser and fails the test where it fails.
std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text);

probe::Target targetOf(demo::ThrowawayCluster& cluster, const std::string& database = "TovPlay",
                       const std::string& user = "postgres", const std::string& password = {});
probe::Target targetOf(const std::string& host, int port, const std::string& database, const std::string& user,
                       const std::string& password);

// Sweeps with a short deadline of `seconds`.
probe::SweepResult sweepOf(const std::vector<probe::Target>& targets, double seconds = 8);
topology::Observation visitOf(const probe::Target& target, double seconds = 8);

// One server a target, named "S1", "S2", …
topology::Snapshot snapshotOf(const std::vector<probe::Target>& targets, double seconds = 8);

} // namespace whichbase::test
