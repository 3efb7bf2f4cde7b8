#include "document/recorded.h"

#include "document/claims.h"
#include "history/proofs.h"
#include "topology/assemble.h"
#include "topology/proofs.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace whichbase::document {

using namespace topology;
using history::History;
using history::Overview;

namespace {

// Compared rows belong to the side whose counts they still are; the last verification to the present.
Proofs ofBefore(const Proofs& proofs, const Snapshot& before) {
  Proofs own = before.proofs;
  for (const RowsFact& rows : proofs.rows)
    if (rows.ofUsers && isLastKnown(rows, before) && std::ranges::find(own.rows, rows) == own.rows.end())
      own.rows.push_back(rows);
  return own;
}

// The last state of the after side in which the servers were split, where they are no more.
std::expected<std::optional<Snapshot>, history::Error> lastSplit(const History& file, const Overview& overview) {
  for (auto event = overview.events.rbegin(); event != overview.events.rend(); ++event) {
    const auto turn = turnOf(*event);
    if (!turn || turn->from != toString(VerdictKind::split))
      continue;
    const auto state = file.at(event->at - std::chrono::microseconds(1));
    if (!state)
      return std::unexpected(state.error());
    if (!*state || !(*state)->after || (*state)->after->verdict.kind != VerdictKind::split)
      continue;
    Snapshot before = *(*state)->after;
    before.side = Side::before;
    return before;
  }
  return std::nullopt;
}

std::expected<history::State, history::Error> stateIn(const History& file, const Overview& overview,
                                                      std::optional<UtcTime> at) {
  const auto state = file.at(at.value_or(UtcTime::max()));
  if (!state)
    return std::unexpected(state.error());
  if (*state && ((*state)->after || (*state)->before))
    return **state;
  if (overview.changes.empty() || !at)
    return std::unexpected(history::Error{file.file().string() + " holds no state yet; watch the project first"});
  return std::unexpected(
      history::Error{fmt::format("nothing is known of {}: the recorded states begin at {}; ask for a later time",
                                 toIso8601(*at), toIso8601(overview.changes.front()))});
}

// What a file holds beside its states.
struct Record {
  Overview overview;
  Proofs proofs;
  std::map<std::string, std::string> written;
};

std::expected<Record, history::Error> recordIn(const History& file, std::optional<UtcTime> at) {
  auto overview = file.overview();
  if (!overview)
    return std::unexpected(overview.error());
  auto proofs = history::proofsIn(file, at);
  if (!proofs)
    return std::unexpected(proofs.error());
  auto written = writtenIn(file);
  if (!written)
    return std::unexpected(written.error());
  return Record{at ? until(std::move(*overview), *at) : std::move(*overview), std::move(*proofs), std::move(*written)};
}

std::expected<Incident, history::Error> assembled(const History& file, Record record, std::optional<Snapshot> before,
                                                  Snapshot present) {
  if (!before && present.side == Side::after && present.verdict.kind != VerdictKind::split) {
    auto split = lastSplit(file, record.overview);
    if (!split)
      return std::unexpected(split.error());
    before = std::move(*split);
  }
  if (present.proofs.empty() && !record.proofs.empty())
    applyProofs(present, record.proofs);
  if (!before)
    return Incident{std::move(present), std::move(record.overview), std::move(record.written)};
  applyProofs(*before, ofBefore(record.proofs, *before));
  return Incident{compare(*before, present), std::move(record.overview), std::move(record.written)};
}

} // namespace

UtcTime lastSeen(const Overview& overview, UtcTime from) {
  UtcTime seen = from;
  for (const history::Span& span : overview.spans)
    seen = std::max(seen, span.until);
  return seen;
}

Overview until(Overview overview, UtcTime at) {
  const auto isLater = [&](UtcTime time) { return time > at; };
  std::erase_if(overview.events, [&](const auto& event) { return isLater(event.at); });
  std::erase_if(overview.points, [&](const auto& point) { return isLater(point.at); });
  std::erase_if(overview.moments, [&](const auto& moment) { return isLater(moment.at); });
  std::erase_if(overview.spans, [&](const auto& span) { return isLater(span.from); });
  std::erase_if(overview.changes, isLater);
  for (history::Span& span : overview.spans)
    span.until = std::min(span.until, at);
  return overview;
}

std::expected<std::map<std::string, std::string>, history::Error> writtenIn(const History& file) {
  const auto texts = file.texts(writtenPrefix);
  if (!texts)
    return std::unexpected(texts.error());
  std::map<std::string, std::string> written;
  for (const auto& [key, text] : *texts)
    if (!text.empty())
      written[key.substr(std::string_view(writtenPrefix).size())] = text;
  return written;
}

std::expected<Incident, history::Error> incidentIn(const History& file, std::optional<UtcTime> at) {
  auto recorded = recordIn(file, at);
  if (!recorded)
    return std::unexpected(recorded.error());
  const auto state = stateIn(file, recorded->overview, at);
  if (!state)
    return std::unexpected(state.error());
  std::optional<Snapshot> before;
  if (state->before && state->after)
    before = *state->before;
  Snapshot present = state->after ? *state->after : *state->before;
  present.finishedAt = std::max(present.finishedAt, lastSeen(recorded->overview, state->at));
  return assembled(file, std::move(*recorded), std::move(before), std::move(present));
}

std::expected<Incident, history::Error> incidentNow(const History& file, const std::optional<Snapshot>& before,
                                                    const Snapshot& after) {
  auto recorded = recordIn(file, std::nullopt);
  if (!recorded)
    return std::unexpected(recorded.error());
  return assembled(file, std::move(*recorded), before, after);
}

} // namespace whichbase::document
