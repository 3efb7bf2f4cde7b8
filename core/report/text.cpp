#include "report/text.h"

#include "report/matrix_text.h"
#include "report/side_diagram.h"
#include "report/text_sections.h"

#include <algorithm>

namespace whichbase::report {
namespace {

using namespace topology;
using Kind = Ink::Kind;

constexpr int sideGap = 4, leastColumns = 40, leastSide = 50;

Charset charsetOf(const TextOptions& options) {
  return options.ascii ? Charset::ascii : Charset::unicode;
}

std::pair<std::string, Ink> signOf(VerdictKind kind) {
  switch (kind) {
  case VerdictKind::singleSource:
    return {"✓", {Kind::good}};
  case VerdictKind::split:
    return {"✗", {Kind::bad}};
  case VerdictKind::undetermined:
    return {"?", {Kind::warning}};
  case VerdictKind::nothingToCompare:
    break;
  }
  return {"–", {Kind::dim}};
}

// "BEFORE  probed 14:02:11 UTC, 3 Dec", the verdict, and the line below it.
Canvas headOf(const Snapshot& snapshot, const std::string& name, int width, Charset charset) {
  Canvas head(charset);
  const int row = head.addLine(0, name, {Kind::bold});
  const std::string when = snapshot.servers.empty() ? "no server has a connection on this side"
                                                    : "probed " + toClockAndDay(snapshot.finishedAt) +
                                                          (snapshot.complete ? "" : ", not completed");
  head.put(displayWidth(name, charset) + 2, row, elideMiddle(when, width - displayWidth(name, charset) - 2, charset),
           {Kind::dim});
  const auto [sign, ink] = signOf(snapshot.verdict.kind);
  const int verdict = head.rows();
  head.addWrapped(2, width, snapshot.verdict.text, {Kind::bold});
  head.put(0, verdict, sign, ink);
  if (!snapshot.verdict.detail.empty())
    head.addWrapped(2, width, snapshot.verdict.detail);
  head.addEmpty();
  return head;
}

// As boxes where they fit, alike servers stacked where that makes them fit, else as a list.
Canvas drawAlone(const Snapshot& snapshot, const Snapshot* other, int width, Charset charset) {
  for (const bool stacked : {false, true}) {
    const SideCards cards = cardsOf(snapshot, other, stacked);
    const Places places = placesFor({&cards});
    if (leastWidth(places) <= width)
      return drawSide(cards, places, width, heightsFor(cards, places, width, charset), charset);
  }
  return listSide(cardsOf(snapshot, other, true), width, charset);
}

void append(Canvas& sheet, const Canvas& part) {
  sheet.paste(0, sheet.rows(), part);
}

// Side by side; false where they do not fit.
bool addSideBySide(Canvas& sheet, const Comparison& comparison, int columns) {
  const int width = (columns - sideGap) / 2;
  const Charset charset = sheet.charset();
  const SideCards before = cardsOf(comparison.before, &comparison.after, false);
  const SideCards after = cardsOf(comparison.after, &comparison.before, false);
  const Places places = placesFor({&before, &after});
  if (width < leastSide || leastWidth(places) > width)
    return false;
  const Heights b = heightsFor(before, places, width, charset), a = heightsFor(after, places, width, charset);
  const Heights both{std::max(b.databases, a.databases), std::max(b.servers, a.servers), std::max(b.lanes, a.lanes)};
  const Canvas beforeHead = headOf(comparison.before, "BEFORE", width, charset);
  const Canvas afterHead = headOf(comparison.after, "AFTER", width, charset);
  const int right = width + sideGap, top = sheet.rows();
  sheet.paste(0, top, beforeHead);
  sheet.paste(right, top, afterHead);
  const int boxes = sheet.rows();
  sheet.paste(0, boxes, drawSide(before, places, width, both, charset));
  sheet.paste(right, boxes, drawSide(after, places, width, both, charset));
  return true;
}

// One above the other; what is on both sides has one place where both can be drawn as boxes.
void addStacked(Canvas& sheet, const Comparison& comparison, int columns) {
  const Snapshot &before = comparison.before, &after = comparison.after;
  const Charset charset = sheet.charset();
  const SideCards b = cardsOf(before, &after, false), a = cardsOf(after, &before, false);
  const Places places = placesFor({&b, &a});
  const bool together = leastWidth(places) <= columns;
  const auto drawn = [&](const SideCards& cards, const Snapshot& side, const Snapshot& other) {
    return together ? drawSide(cards, places, columns, heightsFor(cards, places, columns, charset), charset)
                    : drawAlone(side, &other, columns, charset);
  };
  append(sheet, headOf(before, "BEFORE", columns, charset));
  append(sheet, drawn(b, before, after));
  sheet.addEmpty();
  append(sheet, headOf(after, "AFTER", columns, charset));
  append(sheet, drawn(a, after, before));
}

void addLegend(Canvas& sheet, int columns) {
  sheet.addEmpty();
  const std::string lines =
      sheet.charset() == Charset::ascii ? "| writes, : reads, . not stated" : "│ writes, ╎ reads, ┊ not stated";
  sheet.addWrapped(0, columns, lines + "; dashed box: not in use, or not reached; same letter: same database",
                   {Kind::dim});
}

void addTitle(Canvas& sheet, int columns, const std::string& title, const std::string& symptom) {
  std::string text = title;
  if (!symptom.empty())
    text += (text.empty() ? "“" : ": “") + symptom + "”";
  if (text.empty())
    return;
  sheet.addWrapped(0, columns, text, {Kind::bold});
  sheet.addEmpty();
}

void addTakeAway(Canvas& sheet, int columns, const std::string& text) {
  addHeading(sheet, "TAKE-AWAY");
  sheet.addWrapped(2, columns, text);
}

void addDiagram(Canvas& sheet, int columns, const Snapshot& snapshot) {
  append(sheet, headOf(snapshot, snapshot.side == Side::before ? "BEFORE" : "NOW", columns, sheet.charset()));
  append(sheet, drawAlone(snapshot, nullptr, columns, sheet.charset()));
  addLegend(sheet, columns);
}

void addDiagram(Canvas& sheet, int columns, const Comparison& comparison) {
  if (!addSideBySide(sheet, comparison, columns))
    addStacked(sheet, comparison, columns);
  addLegend(sheet, columns);
}

template <class State>
std::string diagramOf(const State& state, const TextOptions& options) {
  Canvas sheet(charsetOf(options));
  addDiagram(sheet, std::max(options.columns, leastColumns), state);
  return sheet.text(false);
}

} // namespace

std::string diagramText(const Snapshot& snapshot, const TextOptions& options) {
  return diagramOf(snapshot, options);
}

std::string diagramText(const Comparison& comparison, const TextOptions& options) {
  return diagramOf(comparison, options);
}

std::string toText(const Snapshot& snapshot, const TextOptions& options) {
  const int columns = std::max(options.columns, leastColumns);
  Canvas sheet(charsetOf(options));
  addTitle(sheet, columns, snapshot.title, snapshot.symptom);
  addDiagram(sheet, columns, snapshot);
  addFindings(sheet, columns, snapshot.findings, nullptr);
  addProblemAndSolution(sheet, columns, snapshot);
  addMatrix(sheet, columns, {&snapshot});
  addDatabases(sheet, columns, {&snapshot});
  addEvidence(sheet, columns, {&snapshot});
  addProofs(sheet, columns, {&snapshot});
  addConnections(sheet, columns, snapshot);
  addTakeAway(sheet, columns, takeAway(snapshot));
  return sheet.text(options.colour);
}

std::string toText(const Comparison& comparison, const TextOptions& options) {
  const Charset charset = charsetOf(options);
  const int columns = std::max(options.columns, leastColumns);
  const Snapshot &before = comparison.before, &after = comparison.after;
  Canvas sheet(charset);
  addTitle(sheet, columns, after.title.empty() ? before.title : after.title,
           after.symptom.empty() ? before.symptom : after.symptom);
  addDiagram(sheet, columns, comparison);
  addFindings(sheet, columns, comparison.findings, &comparison.fixed);
  addProblemAndSolution(sheet, columns, comparison);
  addMatrix(sheet, columns, {&before, &after});
  addDatabases(sheet, columns, {&before, &after});
  addEvidence(sheet, columns, {&before, &after});
  addProofs(sheet, columns, {&before, &after});
  addConnections(sheet, columns, comparison);
  addTakeAway(sheet, columns, takeAway(comparison));
  return sheet.text(options.colour);
}

std::string matrixText(const std::vector<const Snapshot*>& sides, const TextOptions& options) {
  Canvas sheet(charsetOf(options));
  addMatrix(sheet, std::max(options.columns, leastColumns), sides);
  return sheet.text(options.colour);
}

} // namespace whichbase::report
