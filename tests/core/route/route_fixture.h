// Clusters, ssh servers and targets for the tests of routes.
#pragma once

#include "demo/throwaway_cluster.h"
#include "probe/sweep.h"
#include "support/processes.h"
#include "support/sshd.h"
#include "support/targets.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace whichbase::test {

// One for the whole program: TLS with a certificate for db.test, and roles that pg_hba.conf lets in only so:
// "always" by password, "tlsonly" and "plainonly" with and without TLS.
demo::ThrowawayCluster& cluster();
std::string authorityFile(); // the certificate that verify-full needs

std::unique_ptr<Sshd> sshdWith(const Sshd::Options& options = {});

// The cluster's database "postgres" by that host name, over the route.
probe::Target targetVia(const std::string& via, const std::string& host = "127.0.0.1", int port = 0);

probe::SweepResult sweepOf(const std::vector<probe::Target>& targets, double seconds = 30,
                           std::shared_ptr<route::Routes> routes = {});
topology::Observation visitOf(const probe::Target& target, double seconds = 30,
                              std::shared_ptr<route::Routes> routes = {});
// The failure of a target that must not be reached; its texts are there and hold no password.
topology::Failure failureOf(const probe::Target& target, double seconds = 30,
                            std::shared_ptr<route::Routes> routes = {});
// EXPECT_TRUE(reached(…)) shows the failure.
testing::AssertionResult reached(const topology::Observation& observation);

} // namespace whichbase::test
