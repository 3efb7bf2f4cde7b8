// Real databases with users, and their fingerprints.
#pragma once

#include "demo/throwaway_cluster.h"
#include "history/take_fingerprint.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace whichbase::test {

std::unique_ptr<demo::ThrowawayCluster> newCluster();
// One for all tests that only need a database of their own in it.
demo::ThrowawayCluster& shared();
// A new, empty database there.
std::string newDatabase(const std::string& sql = {});

// Runs SQL as superuser and fails the test where it fails.
std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text);

probe::Target targetOf(demo::ThrowawayCluster& cluster, const std::string& database,
                       const std::string& user = "postgres", const std::string& password = {});

// Always the same, unlike those that programs make.
const history::SecretKey& sampleKey();

// Fails the test where it cannot be taken.
history::Fingerprint fingerprintOf(const probe::Target& target, const std::string& database = "A",
                                   const history::SecretKey& key = sampleKey());
history::Fingerprint fingerprintOf(const std::string& database);
// Why it cannot be taken; empty where it can.
std::string refusalOf(const probe::Target& target);
std::string refusalOf(const std::string& database);

// What the second says of the first's users, as people read it.
std::string told(const history::Fingerprint& first, const history::Fingerprint& second);

} // namespace whichbase::test
