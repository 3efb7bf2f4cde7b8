// A session with one of the two databases, after it said that it is the one that was meant.
#pragma once

#include "compare/endpoint.h"
#include "compare/problem.h"
#include "probe/connector.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>

namespace whichbase::compare {

struct OpenEndpoint {
  std::unique_ptr<pg::Session> session;
  const probe::Target* target = nullptr; // of the endpoint's: the one that worked
  std::optional<std::uint64_t> systemIdentifier;
  std::uint32_t oid = 0;
  std::string database;      // its name
  std::string serverVersion; // "15.18"
  std::string encoding;      // "UTF8"
  std::string collation;     // "en_US.UTF-8 (libc 2.36)"
  bool inRecovery = false;
};

// The first target that works; the problem of the last one otherwise.
std::expected<OpenEndpoint, Problem> openEndpoint(const Endpoint& endpoint, probe::Connector& connector,
                                                  pg::TimePoint deadline);

// A failed statement, in people's words, after `what`, a clause without a verb's end: "reading public.users". The
// server's own words are left out, since they may hold a value.
Problem problemOf(const pg::SqlError& error, const probe::Target& target, const std::string& what);

} // namespace whichbase::compare
