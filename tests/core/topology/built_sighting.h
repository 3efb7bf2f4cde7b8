// Small sightings for tests, put together one target and one server at a time.
#pragma once

#include "topology/assemble.h"

#include <optional>
#include <string>
#include <vector>

namespace whichbase::topology {

// What a plain primary says of itself: database "shop" with 10 users in public.users, three tables, all readable.
Facts plainFacts(std::uint64_t systemIdentifier, std::uint32_t oid = 16385);
Facts withoutIdentifier(Facts facts, const std::string& reason = "no privilege on pg_control_system()");
Trigger guardOf(const std::string& table);

// A standby of `primary` that streams from it, and the primary that shows it.
Facts standbyOf(const Facts& primary);
Facts withSender(Facts primary, const WalSender& sender);
WalSender streamingSender();

struct BuiltSighting {
  Sighting value;

  BuiltSighting();
  std::size_t target(const Facts& facts);
  std::size_t unreached(Stage stage = Stage::connect, const std::string& text = "connection refused");
  // Configured for hostN.example.org:5432/shop, N being the target.
  ServerSpec& server(const std::string& name, std::size_t target, Role role = Role::unstated);
  void meet(std::size_t a, std::size_t b, Says says, const std::string& reason = {});
  void ghost(std::size_t target, const Database& remembered);
  Snapshot assembled() const { return assemble(value); }
};

UtcTime timeOf(const char* iso8601);
Known<UsersFact> usersFact(std::int64_t count, CountKind kind = CountKind::exact);
std::optional<Finding> findingIn(const std::vector<Finding>& findings, const std::string& code);
bool hasFinding(const Snapshot& snapshot, const std::string& code);
bool hasChange(const Comparison& comparison, const std::string& code);

} // namespace whichbase::topology
