#include "compare/databases.h"
#include "history/fingerprint.h"

#include <fmt/format.h>

namespace whichbase::compare {
namespace {

// Empty: OpenSSL has no HMAC.
std::optional<std::string> hashOf(const std::vector<std::string>& values, const history::SecretKey& key) {
  history::KeyHasher hasher(key, std::vector<history::KeyKind>(values.size(), history::KeyKind::text));
  hasher.add(values);
  const bool failed = hasher.failed();
  const auto hashes = hasher.take();
  return failed || hashes.size() != 1 ? std::nullopt : std::optional(fmt::format("{:016x}", hashes[0]));
}

} // namespace

std::optional<Problem> hashKeys(DatabasesComparison& comparison, const history::SecretKey& key) {
  std::optional<Problem> problem;
  comparison.hashedUnder = key.id();
  for (auto& table : comparison.rows) {
    if (!table.result)
      continue;
    for (auto* rows : {&table.result->namedOnlyInFrom, &table.result->namedOnlyInTo, &table.result->namedDifferent})
      for (auto& row : *rows) {
        const auto hash = hashOf(row.key, key);
        if (!hash)
          problem = Problem{"OpenSSL offers no HMAC-SHA-256 here", "Ask for numbers only."};
        row.key = {hash.value_or("")};
      }
  }
  return problem;
}

} // namespace whichbase::compare
