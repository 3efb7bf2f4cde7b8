#include "document/claims.h"
#include "document/figures.h"
#include "document/known.h"
#include "document/lines.h"
#include "document/sections.h"
#include "topology/proofs.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;

namespace {

// From so many on, small events are left out: a report is read, and the JSON has them all.
constexpr std::size_t manyEvents = 60;

struct Entry {
  UtcTime at{};
  std::string what;
  Line text;
};

std::string wordFor(history::EventKind kind) {
  std::string word = history::toString(kind);
  std::ranges::replace(word, '-', ' ');
  return word;
}

void addEvents(std::vector<Entry>& entries, const history::Overview& recorded, std::size_t& leftOut) {
  const bool isMany = recorded.events.size() > manyEvents;
  for (const history::Event& event : recorded.events) {
    if (isMany && !event.isMajor()) {
      ++leftOut;
      continue;
    }
    const bool isNote = event.kind == history::EventKind::note;
    entries.push_back({event.at, wordFor(event.kind), isNote ? strong(event.text) : said(event.text)});
  }
  for (const history::Span& gap : gapsIn(recorded))
    entries.push_back({gap.from, "nobody watched",
                       said(fmt::format("Nobody watched until {}: what happened in these {} is not known.",
                                        dated(gap.until), toDuration(gap.until - gap.from)))});
}

// What two snapshots alone tell of the time.
void addSightings(std::vector<Entry>& entries, const Incident& incident) {
  for (const NamedSide& side : sidesOf(incident)) {
    const Snapshot& seen = *side.snapshot;
    if (seen.servers.empty())
      continue;
    entries.push_back({seen.finishedAt, "probed", said(fmt::format("{}: {}.", side.name, seen.verdict.text))});
    for (const Database& database : seen.databases)
      if (database.ghost && !database.answered && database.lastReachedAt)
        entries.push_back({*database.lastReachedAt, "last reached",
                           joined(letter(database.id), said(" answered for the last time that is known."))});
    for (const RowsFact& rows : seen.proofs.rows)
      entries.push_back({rows.at, "rows compared", said(toText(rows) + ".")});
    if (const auto& verification = seen.proofs.verification)
      entries.push_back({verification->at, "verification", said(toText(*verification, seen.finishedAt))});
  }
}

Table tableOf(std::vector<Entry> entries) {
  std::ranges::stable_sort(entries, {}, &Entry::at);
  Table table{"Times are UTC", {"Time", "What", "What happened"}, {false, false, false}, {}};
  for (Entry& entry : entries)
    table.rows.push_back({said(dated(entry.at).substr(0, 19)), said(entry.what), std::move(entry.text)});
  return table;
}

std::string watchedText(const history::Overview& recorded) {
  std::vector<std::string> spans;
  for (const history::Span& span : recorded.spans)
    spans.push_back(span.from == span.until ? "at " + dated(span.from)
                                            : fmt::format("{} to {}", dated(span.from), dated(span.until)));
  if (spans.empty())
    return "Nobody watched: what follows was noted or probed one by one.";
  constexpr std::size_t shown = 5;
  const std::size_t more = spans.size() > shown ? spans.size() - shown : 0;
  spans.resize(spans.size() - more);
  return fmt::format("Watched: {}{}.", fmt::join(spans, "; "),
                     more > 0 ? fmt::format("; and {} more times", more) : "");
}

} // namespace

Section timelineSection(const Incident& incident, const ReportOptions& options) {
  Section section{"timeline", "Timeline", {}};
  std::vector<Entry> entries;
  std::size_t leftOut = 0;
  if (incident.recorded && !incident.recorded->empty()) {
    addEvents(entries, *incident.recorded, leftOut);
    section.blocks.push_back(paragraph(watchedText(*incident.recorded)));
    if (auto figure = timelineFigure(incident, options))
      section.blocks.push_back(std::move(*figure));
  } else {
    addSightings(entries, incident);
    section.blocks.push_back(paragraph("No history was recorded: these are the times of what was probed, and what "
                                       "happened in between is not known."));
  }
  if (!entries.empty())
    section.blocks.push_back(tableOf(std::move(entries)));
  if (leftOut > 0)
    section.blocks.push_back(
        paragraph(fmt::format("{} small changes are left out here; the JSON form has them.", leftOut)));
  return section;
}

} // namespace whichbase::document
