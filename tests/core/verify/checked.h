// Real clusters with the databases of a verification, and what checks of them say.
#pragma once

#include "demo/throwaway_cluster.h"
#include "verify/check.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace whichbase::test {

// Two clusters, made once a test program: databases "shop" (public.users, 3 rows) and "sibling" in the first, "shop" in
// the second. Roles in the first: "reader" may not INSERT, "readonly" has default_transaction_read_only; password "pw".
demo::ThrowawayCluster& first();
demo::ThrowawayCluster& second();

std::string sql(demo::ThrowawayCluster& cluster, const std::string& text, const std::string& database = "shop");

probe::Target targetOf(int port, const std::string& database, const std::string& user, const std::string& password);
probe::Target targetOf(demo::ThrowawayCluster& cluster, const std::string& database = "shop");
verify::Participant participant(const std::string& name, const probe::Target& target,
                                const std::string& database = "A");

// With generous limits.
verify::CheckResult checked(const std::vector<verify::Participant>& participants, verify::CheckOptions options = {},
                            std::stop_token stop = {}, const verify::OnCheckLine& onLine = {});

verify::Sight sight(const verify::CheckResult& result, std::size_t row, std::size_t column);
// "✓" for each that saw, "✗" for each that did not, "-" for each that was not reached.
std::string saw(const verify::CheckResult& result);
std::string told(const verify::CheckResult& result); // topology::toText without its time

} // namespace whichbase::test
