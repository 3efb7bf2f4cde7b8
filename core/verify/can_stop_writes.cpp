// Who writes: two samples of the counters, and the locks that writers hold.
#include "topology/wording.h"
#include "verify/can_stop_reasons.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::verify {
namespace {

using topology::counted;

std::string watchedText(const WriteCounters& first, const WriteCounters& second) {
  const double seconds = std::chrono::duration<double>(second.at - first.at).count();
  return fmt::format("{:.0f} s", std::max(seconds, 1.0));
}

// Counters that went back were reset, and tell nothing of what was written meanwhile.
bool wereReset(const WriteCounters& first, const WriteCounters& second) {
  return first.reset != second.reset || std::ranges::any_of(first.byTable, [&](const auto& entry) {
           const auto now = second.byTable.find(entry.first);
           return now != second.byTable.end() && now->second < entry.second;
         });
}

// What the counters say of the time before: only as far back as they go.
std::string sinceText(const WriteCounters& counters, topology::UtcTime now) {
  std::int64_t all = 0;
  for (const auto& [table, rows] : counters.byTable)
    all += rows;
  const std::string since = counters.reset ? topology::toShortClock(*counters.reset, now) + ", when they were reset"
                                           : "a time that is not recorded (a crash of the server resets them)";
  return fmt::format("The write counters of its tables stand at {} since {}; what was written before is not counted.",
                     counted(static_cast<std::size_t>(all), "row"), since);
}

} // namespace

void addWrites(const topology::Known<WriteCounters>& first, const topology::Known<WriteCounters>& second,
               const topology::Known<std::vector<std::string>>& writing, StopAnswer& answer) {
  if (writing && !writing->empty())
    answer.against.push_back(
        {"writes", fmt::format("An open transaction has written to {}.", topology::someOf(*writing, 5))});
  if (!first || !second) {
    answer.couldNotLook.push_back("writes: " + (first ? second.reason : first.reason));
    return;
  }
  if (!second->counted) {
    answer.couldNotLook.emplace_back("writes: its server counts none (track_counts is off)");
    return;
  }
  const std::string watched = watchedText(*first, *second);
  if (wereReset(*first, *second)) {
    answer.couldNotLook.push_back(
        fmt::format("writes in the {} that it was watched: its counters were reset meanwhile", watched));
    return;
  }
  std::int64_t rows = 0;
  std::vector<std::string> tables;
  for (const auto& [table, now] : second->byTable) {
    const auto before = first->byTable.find(table);
    const std::int64_t written = now - (before == first->byTable.end() ? 0 : before->second);
    if (written > 0)
      tables.push_back(fmt::format("{} in {}", topology::withCommas(written), table));
    rows += written;
  }
  // A session hands its counters over up to 10 s late (pgstat.c: PGSTAT_IDLE_INTERVAL).
  if (rows > 0)
    answer.against.push_back({"writes", fmt::format("{} {} written just now: {} (it was watched for {}).",
                                                    counted(static_cast<std::size_t>(rows), "row"),
                                                    rows == 1 ? "was" : "were", topology::someOf(tables, 5), watched)});
  else if (const std::uint64_t begun = second->nextTransaction - first->nextTransaction; begun > 0)
    answer.couldNotLook.push_back(
        fmt::format("what {} wrote that began on its server in the {} that it was watched: no counter of this "
                    "database moved, but they can lag by 10 s",
                    counted(static_cast<std::size_t>(begun), "transaction"), watched));
  answer.beside.push_back({"counters", sinceText(*second, answer.at)});
  answer.lookedAt.push_back(fmt::format("writes, for {}", watched));
}

} // namespace whichbase::verify
