#include "history/take_fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace whichbase::history {

std::expected<Fingerprint, probe::KeyProblem> takeFingerprint(const probe::Target& target, const SecretKey& key,
                                                              const std::vector<std::string>& columns,
                                                              std::stop_token stop,
                                                              std::shared_ptr<route::Routes> routes) {
  Fingerprint fingerprint;
  std::optional<KeyHasher> hasher;
  const auto onKeyFound = [&](const probe::UserKey& found) -> std::optional<probe::KeyProblem> {
    std::vector<KeyKind> kinds;
    for (const auto& column : found.columns) {
      const auto kind = keyKindOfType(column.base);
      if (!kind)
        return probe::KeyProblem{fmt::format("the key of {} has the type {}, which has no form of its own that is the "
                                             "same in every database",
                                             found.relation, column.type),
                                 {}};
      kinds.push_back(*kind);
      fingerprint.columns.push_back({column.name, column.type, *kind});
    }
    hasher.emplace(key, kinds);
    return hasher->failed() ? std::optional(probe::KeyProblem{"OpenSSL offers no HMAC-SHA-256 here", {}})
                            : std::nullopt;
  };
  probe::KeyRequest request;
  request.columns = columns;
  request.most = mostFingerprinted;
  const auto reading = probe::readUserKeys(
      target, request, stop, onKeyFound, [&](const auto& values) { hasher->add(values); }, std::move(routes));
  if (!reading)
    return std::unexpected(reading.error());
  if (hasher->failed())
    return std::unexpected(probe::KeyProblem{"OpenSSL failed to hash a key", {}});
  fingerprint.at = reading->at;
  fingerprint.systemIdentifier = reading->key.systemIdentifier;
  fingerprint.oid = reading->key.oid;
  fingerprint.relation = reading->key.relation;
  fingerprint.keyId = key.id();
  fingerprint.settled = reading->settled;
  fingerprint.hashes = hasher->take();
  return fingerprint;
}

std::vector<const probe::Target*> targetsTo(const topology::Database& database, const topology::Snapshot& snapshot,
                                            const probe::Plan& plan) {
  std::vector<const probe::Target*> targets;
  for (const auto* server : snapshot.serversOn(database.id)) {
    const auto spec = std::ranges::find(plan.servers, server->name, &topology::ServerSpec::name);
    if (spec == plan.servers.end() || !server->reached())
      continue;
    const probe::Target* target = &plan.targets.at(spec->observation);
    if (std::ranges::find(targets, target) == targets.end())
      targets.push_back(target);
  }
  return targets;
}

std::expected<Fingerprint, probe::KeyProblem>
takeFingerprint(const topology::Database& database, const std::vector<const probe::Target*>& targets,
                const SecretKey& key, const std::vector<std::string>& columns, std::stop_token stop,
                std::shared_ptr<route::Routes> routes) {
  probe::KeyProblem problem{"nothing leads to it", {}};
  for (const auto* target : targets) {
    auto taken = takeFingerprint(*target, key, columns, stop, routes);
    const bool isAnother = taken && database.systemIdentifier &&
                           (taken->systemIdentifier != database.systemIdentifier || taken->oid != database.oid);
    if (taken && !isAnother) {
      taken->database = database.id;
      taken->label = database.label;
      return taken;
    }
    problem = taken ? probe::KeyProblem{"the connection led to another database than a moment before", "Probe again."}
                    : taken.error();
    if (stop.stop_requested())
      break;
  }
  return std::unexpected(std::move(problem));
}

} // namespace whichbase::history
