#include "document/claims.h"

#include "document/known.h"
#include "document/lines.h"
#include "topology/standpoint.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;
using history::EventKind;

namespace {

constexpr std::size_t namesShown = 6;

// "from this computer", or by which route each was seen; in the order of the servers.
std::string standpoints(const Snapshot& snapshot) {
  std::vector<std::pair<std::string, std::vector<std::string>>> ways;
  for (const Server& server : snapshot.servers) {
    const std::string way = overRoute(server.route);
    auto known = std::ranges::find(ways, way, &std::pair<std::string, std::vector<std::string>>::first);
    if (known == ways.end())
      known = ways.insert(known, {way, {}});
    known->second.push_back(server.name);
  }
  if (ways.size() == 1)
    return ways.front().first;
  std::vector<std::string> texts;
  for (const auto& [way, servers] : ways)
    texts.push_back(fmt::format("{} ({})", way, someOf(servers, 3)));
  return someOf(texts, 4);
}

std::string lasted(UtcTime from, UtcTime until) {
  return toDuration(until - from);
}

// `isWatched`: all the time, so that it stayed so is known.
std::string splitSentence(const SplitTime& split, UtcTime end, bool isWatched) {
  const UtcTime last = split.until.value_or(end);
  const std::string from = split.sinceStart ? fmt::format("Split when it was first seen, at {}", dated(split.from))
                                            : fmt::format("Split from {}", dated(split.from));
  std::string until = split.until ? (isWatched ? "until " : "and no longer at ") + dated(last)
                                  : (isWatched ? "and still at " : "and at ") + dated(last);
  if (split.toUnknown)
    until += ", when not every server could be proven any more";
  const bool isLeast = split.sinceStart || split.toUnknown;
  const std::string length =
      isWatched ? fmt::format("{}{}", isLeast ? "at least " : "", lasted(split.from, last))
                : fmt::format("{} lie between, of which not all were watched", lasted(split.from, last));
  return fmt::format("{}, {}: {}{}.", from, until, length, split.sinceStart ? "; when it began was not recorded" : "");
}

std::vector<std::string> fromSidesAlone(const Incident& incident) {
  const Snapshot& present = incident.present();
  const Snapshot* before = incident.before();
  if (!before || before->servers.empty()) {
    if (present.verdict.kind != VerdictKind::split)
      return {};
    return {fmt::format("Split at {}. When it began, and whether it goes on, was not recorded.",
                        dated(present.finishedAt))};
  }
  if (before->verdict.kind != VerdictKind::split)
    return {};
  const std::string seen = fmt::format("Seen split at {}", dated(before->startedAt));
  if (present.verdict.kind == VerdictKind::singleSource)
    return {fmt::format("{}, and seen on one database at {}, {} later. When it began, and when between these two it "
                        "ended, was not recorded.",
                        seen, dated(present.finishedAt), lasted(before->startedAt, present.finishedAt))};
  return {fmt::format("{}. When it began was not recorded.", seen)};
}

} // namespace

// "Verdict: split → single-source. …"
std::optional<Turn> turnOf(const history::Event& event) {
  constexpr std::string_view begin = "Verdict: ", arrow = " → ";
  if (event.kind != EventKind::verdictChanged || event.side != Side::after || !event.text.starts_with(begin))
    return std::nullopt;
  const auto middle = event.text.find(arrow), end = event.text.find(". ");
  if (middle == std::string::npos || end == std::string::npos || end < middle)
    return std::nullopt;
  return Turn{event.text.substr(begin.size(), middle - begin.size()),
              event.text.substr(middle + arrow.size(), end - middle - arrow.size())};
}

std::string claimOf(const Snapshot& snapshot) {
  std::vector<std::string> names;
  for (const Server& server : snapshot.servers)
    names.push_back(server.name);
  if (names.empty())
    return "No server had a connection on this side.";
  const bool isOne = names.size() == 1;
  return fmt::format("This holds for {} ({}), at {}, seen {}{}.",
                     isOne ? "this server" : fmt::format("these {} servers", names.size()), someOf(names, namesShown),
                     datedMinute(snapshot.finishedAt), standpoints(snapshot),
                     snapshot.complete ? "" : "; the probe was not completed");
}

std::vector<SplitTime> splitTimes(const Incident& incident) {
  std::vector<SplitTime> times;
  if (!incident.recorded)
    return times;
  const history::Overview& recorded = *incident.recorded;
  const std::string split = toString(VerdictKind::split);
  const UtcTime start = recorded.spans.empty() ? incident.present().startedAt : recorded.spans.front().from;
  for (const history::Event& event : recorded.events) {
    const auto turn = turnOf(event);
    if (!turn || turn->from == turn->to)
      continue;
    const bool isOpen = !times.empty() && !times.back().until;
    if (turn->from == split) {
      if (!isOpen)
        times.push_back({start, {}, true, false});
      times.back().until = event.at;
      times.back().toUnknown = turn->to == toString(VerdictKind::undetermined);
    } else if (turn->to == split && !isOpen) {
      times.push_back({event.at, {}, false, false});
    }
  }
  return times;
}

std::vector<std::string> durationOf(const Incident& incident) {
  auto times = splitTimes(incident);
  if (times.empty() && incident.recorded && !incident.recorded->spans.empty() &&
      incident.present().verdict.kind == VerdictKind::split)
    times.push_back({incident.recorded->spans.front().from, {}, true, false});
  if (times.empty())
    return fromSidesAlone(incident);
  const auto gaps = gapsIn(*incident.recorded);
  const auto isIn = [&](const history::Span& gap, const SplitTime& each) {
    return gap.from < each.until.value_or(incident.at()) && gap.until > each.from;
  };
  std::vector<std::string> sentences;
  for (const SplitTime& each : times)
    sentences.push_back(splitSentence(each, incident.at(),
                                      std::ranges::none_of(gaps, [&](const auto& gap) { return isIn(gap, each); })));
  for (const history::Span& gap : gaps)
    if (std::ranges::any_of(times, [&](const SplitTime& each) { return isIn(gap, each); }))
      sentences.push_back(fmt::format("Nobody watched from {} until {}: whether it stayed so in between is not known.",
                                      dated(gap.from), dated(gap.until)));
  return sentences;
}

std::vector<history::Span> gapsIn(const history::Overview& overview) {
  std::vector<history::Span> gaps;
  for (std::size_t i = 1; i < overview.spans.size(); ++i)
    if (const history::Span gap{overview.spans[i - 1].until, overview.spans[i].from};
        gap.until - gap.from > std::chrono::minutes(1))
      gaps.push_back(gap);
  return gaps;
}

} // namespace whichbase::document
