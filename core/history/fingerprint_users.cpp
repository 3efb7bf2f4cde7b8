#include "history/fingerprint_users.h"

#include "topology/wording.h"

#include <fmt/format.h>

namespace whichbase::history {

UsersKept fingerprintUsers(const project::Project& project, const probe::Sources& sources,
                           const topology::Snapshot& snapshot, const std::filesystem::path& historyFile,
                           const std::filesystem::path& keyFile, std::stop_token stop) {
  UsersKept result;
  const auto key = secretKey(keyFile);
  if (!key)
    return {{}, {topology::capitalised(key.error().text) + "."}};
  const auto file = History::open(historyFile, History::Mode::record);
  if (!file)
    return {{}, {topology::capitalised(file.error().text) + "."}};
  const auto plan = probe::makePlan(project, topology::Side::after, sources, nullptr,
                                    pg::Clock::now() + std::chrono::seconds(10), stop);
  std::vector<std::string> kept;
  for (const auto& database : snapshot.databases) {
    if (database.ghost || !database.answered)
      continue;
    auto taken = takeFingerprint(database, targetsTo(database, snapshot, plan), *key, {}, stop, sources.routes);
    if (!taken) {
      result.problems.push_back(fmt::format("No fingerprint of {}: {}.", database.id, taken.error().text));
    } else if (const auto stored = (*file)->keep(*taken); !stored) {
      result.problems.push_back(topology::capitalised(stored.error().text) + ".");
    } else {
      kept.push_back(
          fmt::format("{} of {}", topology::withCommas(static_cast<std::int64_t>(taken->hashes.size())), database.id));
    }
  }
  if (!kept.empty())
    result.text = fmt::format("Fingerprints of the users are kept: {}.", topology::inWords(kept));
  return result;
}

} // namespace whichbase::history
