// Reads the primary keys of a target's users, in pieces that are a short transaction each.
#pragma once

#include "probe/sweep.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::probe {

struct UserKeyColumn {
  std::string name;
  std::string type; // as PostgreSQL writes it: "character varying(40)"
  std::string base; // pg_type.typname below all domains, "enum" for an enum, empty for types that are not PostgreSQL's
};

// What identifies a row of the users relation.
struct UserKey {
  std::string relation;               // public."User"
  std::vector<UserKeyColumn> columns; // by name
  std::optional<std::uint64_t> systemIdentifier;
  std::uint32_t oid = 0; // of the database
};

struct KeyRequest {
  // The key that has exactly these columns; empty: the primary key, else a unique index on columns that are NOT NULL.
  std::vector<std::string> columns{};
  std::size_t most = 1'000'000;                // rows; more are refused
  std::size_t piece = 50'000;                  // rows, at most, of one transaction
  std::chrono::milliseconds statement{1'000};  // one transaction, at most
  std::chrono::milliseconds deadline{120'000}; // all of it
};

struct KeyReading {
  UserKey key;
  std::size_t rows = 0;
  // False: rows may have come, gone or changed between the first piece and the last. What was there all the time was
  // read.
  bool settled = true;
  topology::UtcTime at{}; // when the reading began
};

struct KeyProblem {
  std::string text;   // a clause, redacted, no value of a key in it: "public.users has no primary key"
  std::string remedy; // a sentence; may be empty
  bool operator==(const KeyProblem&) const = default;
};

// Called once before the first row; a text refuses to go on.
using OnKeyFound = std::function<std::optional<KeyProblem>(const UserKey& key)>;
// Called for each row: the values of key.columns as PostgreSQL writes them with DateStyle ISO, TimeZone UTC and
// bytea_output hex.
using OnUserKey = std::function<void(const std::vector<std::string>& values)>;

// Rows are held for one piece only. Refused where row-level security hides rows from the role. Without `routes` it
// makes its own.
std::expected<KeyReading, KeyProblem> readUserKeys(const Target& target, const KeyRequest& request,
                                                   std::stop_token stop, const OnKeyFound& onKeyFound,
                                                   const OnUserKey& onUserKey,
                                                   std::shared_ptr<route::Routes> routes = {});

} // namespace whichbase::probe
