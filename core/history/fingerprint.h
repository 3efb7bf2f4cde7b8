// A fingerprint of a database's users: hashes of their primary keys under a secret key of the user's own, so that
// whether these users are in another database can be told when the first one is gone. Values and pure functions.
#pragma once

#include "topology/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::history {

class SecretKey;

// How the values of a key column are compared. Those of one kind have one text form, whatever their type, the server's
// version or its settings.
enum class KeyKind {
  number,      // smallint, integer, bigint, numeric: 7 is 7
  text,        // text, varchar, char(n) without its padding, enums; byte for byte in UTF-8
  uuid,        //
  bytes,       // bytea
  boolean,     //
  date,        //
  timestamp,   // without time zone
  timestampTz, // with time zone, in UTC
};

struct KeyColumn {
  std::string name;
  std::string type; // as PostgreSQL writes it: "character varying(40)"
  KeyKind kind = KeyKind::number;
  bool operator==(const KeyColumn&) const = default;
};

// A 64-bit hash is the first 8 bytes of an HMAC-SHA-256. That one key out of `missing` is taken to be there because
// its hash is that of another one of `there` keys has a probability of missing × there / 2^64: 6 in 10^8 where a
// million users are looked for among a million others, 10^-18 for 22 among 22. Twice the bytes would buy no claim that
// anybody makes.
using KeyHash = std::uint64_t;

inline constexpr std::size_t mostFingerprinted = 1'000'000; // users

struct Fingerprint {
  topology::UtcTime at{};
  std::string database;                          // id: "A"
  std::string label;                             // what people call it: "Local container"; may be empty
  std::optional<std::uint64_t> systemIdentifier; // of its instance
  std::uint32_t oid = 0;
  std::string relation;           // public."User"
  std::vector<KeyColumn> columns; // of its key, by name
  std::string keyId;              // of the secret key: fingerprints under two keys cannot be compared
  bool settled = true;            // false: the users may have changed while they were read
  std::vector<KeyHash> hashes;    // ascending, each once
  bool operator==(const Fingerprint&) const = default;
};

// Hashes the keys of one relation's rows, in the order in which they come.
class KeyHasher {
public:
  // `kinds` one a column, in the order in which values will come.
  KeyHasher(const SecretKey& key, const std::vector<KeyKind>& kinds);
  ~KeyHasher();
  KeyHasher(const KeyHasher&) = delete;
  KeyHasher& operator=(const KeyHasher&) = delete;

  // Values as PostgreSQL writes them with DateStyle ISO, TimeZone UTC and bytea_output hex.
  void add(const std::vector<std::string>& values);
  bool failed() const { return m_failed; } // OpenSSL has no HMAC-SHA-256 here: nothing was hashed
  // Ascending, each once.
  std::vector<KeyHash> take();

private:
  struct State;
  std::unique_ptr<State> m_state;
  std::vector<KeyKind> m_kinds;
  std::string m_text;
  std::vector<KeyHash> m_hashes;
  bool m_failed = false;
};

// The one form that equal values have: "7" for 7, 7.0 and 7.00.
std::string canonicalValue(const std::string& value, KeyKind kind);

struct Overlap {
  std::size_t onlyFirst = 0;
  std::size_t onlySecond = 0;
  std::size_t both = 0;
  bool operator==(const Overlap&) const = default;
};

// Why the two say nothing of one another, as a sentence: other secret keys, other key columns. Empty: they can be
// compared.
std::string whyNotComparable(const Fingerprint& first, const Fingerprint& second);
// Only for two that can be compared.
Overlap overlap(const Fingerprint& first, const Fingerprint& second);

enum class Presence {
  all,     // every user of the first is in the second
  missing, // some are not
  unknown, // it cannot be told
};

// What the second says of the first's users.
struct Answer {
  Presence presence = Presence::unknown;
  std::string text; // "All 22 users of A (as of 14:20 UTC) are in B, by id."
  std::string note; // what limits it, whole sentences; may be empty
  bool operator==(const Answer&) const = default;
};

// `now` decides whether a time needs its day.
Answer usersOfIn(const Fingerprint& first, const Fingerprint& second, topology::UtcTime now);
// The same where the second could not be had, because of `reason`: a clause.
Answer unknownIn(const Fingerprint& first, const std::string& database, const std::string& reason,
                 topology::UtcTime now);

// Of a type's name below all domains (pg_type.typname; "enum" for an enum). Empty: its values cannot be compared across
// databases.
std::optional<KeyKind> keyKindOfType(std::string_view type);

std::string toString(KeyKind kind); // stable: it stands in the file and is hashed
std::optional<KeyKind> keyKindFrom(std::string_view name);

} // namespace whichbase::history
