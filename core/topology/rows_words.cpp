#include "topology/rows_words.h"

#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::topology {

namespace {

std::string usersText(std::int64_t count) {
  return counted(static_cast<std::size_t>(count), "user");
}

std::string mending(const RowsFact& rows) {
  std::vector<std::string> steps;
  if (rows.onlyInA > 0 && rows.onlyInB > 0)
    steps.push_back(fmt::format("merge both: {} only {} has, and {} only {} has", usersText(rows.onlyInA), rows.a,
                                usersText(rows.onlyInB), rows.b));
  else if (rows.onlyInA > 0)
    steps.push_back(fmt::format("copy the {} that only {} has to {}", usersText(rows.onlyInA), rows.a, rows.b));
  else if (rows.onlyInB > 0)
    steps.push_back(fmt::format("copy the {} that only {} has to {}", usersText(rows.onlyInB), rows.b, rows.a));
  if (rows.different > 0)
    steps.push_back(fmt::format("decide which side is right for the {} that differ", usersText(rows.different)));
  return capitalised(fmt::format("{}; or confirm that nothing needs them.", fmt::join(steps, "; ")));
}

} // namespace

std::optional<RowsFact> usersCompared(const Snapshot& snapshot, const Database& a, const Database& b) {
  std::optional<RowsFact> latest;
  for (const RowsFact& rows : snapshot.proofs.rows) {
    const bool isSame = rows.a == a.id && rows.b == b.id;
    const bool isTurned = rows.a == b.id && rows.b == a.id;
    if (rows.ofUsers && (isSame || isTurned) && (!latest || rows.at > latest->at))
      latest = isSame ? rows : turned(rows);
  }
  return latest;
}

std::string rowsSentence(const Snapshot& snapshot, const RowsFact& rows) {
  if (isCurrent(rows, snapshot))
    return toText(rows) + ".";
  return fmt::format("Compared {}{}: {}.", toShortClock(rows.at, snapshot.finishedAt),
                     isLastKnown(rows, snapshot) ? "" : ", before something changed", toText(rows));
}

std::vector<std::string> rowsSentences(const Snapshot& snapshot, const std::vector<const Database*>& databases,
                                       std::size_t most, bool& open) {
  std::vector<std::string> sentences;
  std::size_t compared = 0;
  if (!snapshot.proofs.rows.empty())
    for (std::size_t i = 0; i < databases.size(); ++i)
      for (std::size_t j = i + 1; j < databases.size(); ++j)
        if (const auto rows = usersCompared(snapshot, *databases[i], *databases[j])) {
          ++compared;
          if (sentences.size() < most)
            sentences.push_back(rowsSentence(snapshot, *rows));
        }
  open = compared < databases.size() * (databases.size() - 1) / 2;
  return sentences;
}

std::string nextStep(const Snapshot& snapshot, const std::vector<const Database*>& databases) {
  std::vector<std::string> ids;
  for (const Database* each : databases)
    ids.push_back(each->id);
  if (databases.size() == 2)
    if (const auto rows = usersCompared(snapshot, *databases[0], *databases[1]);
        rows && isCurrent(*rows, snapshot) && rows->onlyInA + rows->onlyInB + rows->different > 0)
      return mending(*rows);
  constexpr std::size_t named = 4;
  return fmt::format("Compare the rows of {}, which tells what users are missing where, before anything is copied or "
                     "deleted.",
                     someOf(ids, named));
}

} // namespace whichbase::topology
