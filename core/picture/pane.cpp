#include "picture/pane.h"

#include "picture/box_shapes.h"
#include "topology/proofs.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace whichbase::picture {

namespace {

using layout::Point;
using layout::Rect;
using topology::Sign;
using topology::Snapshot;

constexpr double margin = 16;
constexpr double signWidth = 16;
constexpr double textLeft = margin + signWidth + 8;
constexpr Type headingType{13, true, false};
constexpr Type whenType{12.5, false, false};
constexpr Type headlineType{18, true, false};
constexpr Type detailType{13, false, false};
constexpr Type legendType{12, false, false};
constexpr double headlineHeight = 24;
constexpr double detailHeight = 18;
constexpr std::size_t mostHeadlineRows = 4;
constexpr std::size_t mostDetailRows = 6;

// "14:02:11 UTC, 3 Dec 2025"
std::string dateOf(topology::UtcTime time) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
  return fmt::format("{} {}", topology::toClockAndDay(time), static_cast<int>(day.year()));
}

std::string whenOf(const Snapshot& snapshot) {
  if (snapshot.finishedAt == topology::UtcTime{})
    return {};
  return "probed " + dateOf(snapshot.finishedAt) + (snapshot.complete ? "" : ", not complete");
}

struct Proof {
  Sign sign = Sign::unknown;
  std::string text;
  bool current = false;
};

// The verdict's detail ends with what was verified; here that stands in a line of its own, grey once it does not hold.
std::optional<Proof> proofOf(const Snapshot& snapshot) {
  const auto told = topology::toldVerification(snapshot);
  if (!told || told->text.empty() || !snapshot.verdict.detail.ends_with(told->text))
    return std::nullopt;
  const auto& verification = *snapshot.proofs.verification;
  const bool blind =
      std::ranges::any_of(verification.servers, [](const auto& each) { return each.reached && !each.saw; });
  const Sign sign = !told->current              ? Sign::unknown
                    : verification.everyoneSees ? Sign::good
                    : blind                     ? Sign::bad
                                                : Sign::unknown;
  return Proof{sign, told->text, told->current};
}

struct Head {
  std::vector<std::string> headline, detail, proof;
  std::optional<Proof> proven;
  double height = 0;
};

Head headOf(const Side& side, double width) {
  const Snapshot& snapshot = *side.snapshot;
  const double room = width - textLeft - margin;
  Head head;
  head.proven = proofOf(snapshot);
  std::string detail = snapshot.verdict.detail;
  if (head.proven) {
    detail.resize(detail.size() - head.proven->text.size());
    head.proof = wrapped(head.proven->text, room - 20, mostDetailRows, detailType);
  }
  head.headline = wrapped(snapshot.verdict.text, room, mostHeadlineRows, headlineType);
  head.detail = wrapped(detail, room, mostDetailRows, detailType);
  head.height = 34 + static_cast<double>(head.headline.size()) * headlineHeight +
                static_cast<double>(head.detail.size() + head.proof.size()) * detailHeight + 8;
  return head;
}

void addRows(Shapes& shapes, const Point& first, double room, const std::vector<std::string>& rows, double height,
             const Type& type, const Colour& colour) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    addLine(shapes, {first.x, first.y + static_cast<double>(i) * height}, room, rows[i], type, colour);
}

void addHead(Shapes& shapes, const Side& side, const Rect& rect) {
  const Head head = headOf(side, rect.width);
  const double room = rect.width - textLeft - margin;
  const double used =
      addLine(shapes, {rect.x + margin, rect.y + 25}, rect.width / 2, side.heading, headingType, {Tone::faint});
  addLine(shapes, {rect.x + margin + used + 12, rect.y + 25}, rect.width - 2 * margin - used - 12,
          whenOf(*side.snapshot), whenType, {Tone::faint});
  double y = rect.y + 34;
  addSign(shapes, {rect.x + margin, y + 5, signWidth, signWidth}, signOf(side.snapshot->verdict.kind));
  const double left = rect.x + textLeft;
  addRows(shapes, {left, y + 19}, room, head.headline, headlineHeight, headlineType, {Tone::text});
  y += static_cast<double>(head.headline.size()) * headlineHeight;
  addRows(shapes, {left, y + 14}, room, head.detail, detailHeight, detailType, {Tone::faint});
  y += static_cast<double>(head.detail.size()) * detailHeight;
  if (!head.proven)
    return;
  addSign(shapes, {left, y + 3, 13, 13}, head.proven->sign);
  addRows(shapes, {left + 20, y + 14}, room - 20, head.proof, detailHeight, detailType,
          {head.proven->current ? Tone::text : Tone::faint});
}

struct LegendEntry {
  std::optional<Dash> stroke;
  std::string text;
};

Dash dashOf(layout::LineStyle style) {
  return style == layout::LineStyle::solid    ? Dash::solid
         : style == layout::LineStyle::dashed ? Dash::dashed
                                              : Dash::dotted;
}

std::vector<LegendEntry> legendOf(const layout::Diagram& diagram) {
  std::vector<LegendEntry> entries;
  for (const auto& [style, word] :
       {std::pair(layout::LineStyle::solid, "writes"), std::pair(layout::LineStyle::dashed, "reads"),
        std::pair(layout::LineStyle::dotted, "unknown")})
    if (std::ranges::find(diagram.paths, style, &layout::Path::style) != diagram.paths.end())
      entries.push_back({dashOf(style), word});
  if (!diagram.paths.empty())
    entries.push_back({std::nullopt, "same colour and letter = same database"});
  if (std::ranges::find(diagram.boxes, layout::BoxKind::stack, &layout::Box::kind) != diagram.boxes.end())
    entries.push_back({std::nullopt, "stacked: alike in database, environment, role and outcome"});
  return entries;
}

// Places the legend's entries from left to right in rows; returns how many rows there are.
template <class Place>
std::size_t flow(const std::vector<LegendEntry>& entries, double width, Place place) {
  constexpr double between = 18;
  constexpr double stroke = 41;
  const double room = width - 2 * margin;
  double x = 0;
  std::size_t row = 0;
  for (const auto& entry : entries) {
    const double needed = widestOf(entry.text, legendType) + (entry.stroke ? stroke : 0);
    if (x > 0 && x + needed > room) {
      x = 0;
      ++row;
    }
    place(entry, margin + x, row, std::min(needed, room - x));
    x += needed + between;
  }
  return entries.empty() ? 0 : row + 1;
}

void addLegend(Shapes& shapes, const Side& side, const Rect& rect) {
  constexpr double strokeWidth = 34;
  const double top = rect.y + rect.height - legendHeight(side, rect.width);
  flow(legendOf(side.diagram), rect.width, [&](const LegendEntry& entry, double x, std::size_t row, double width) {
    const double y = top + static_cast<double>(row) * detailHeight;
    double left = rect.x + x;
    if (entry.stroke) {
      shapes.push_back(
          {Polyline{{{left, y + 9}, {left + strokeWidth, y + 9}}, {Tone::faint}, 2, *entry.stroke, false}, {}});
      left += strokeWidth + 7;
      width -= strokeWidth + 7;
    }
    addLine(shapes, {left, y + 13}, width, entry.text, legendType, {Tone::faint});
  });
}

layout::Path moved(layout::Path path, double dx, double dy) {
  for (Point* point : {&path.from, &path.control1, &path.control2, &path.to})
    *point = {point->x + dx, point->y + dy};
  for (Point& point : path.lead)
    point = {point.x + dx, point.y + dy};
  return path;
}

void addDiagram(Shapes& shapes, const layout::Diagram& diagram, double dx, double dy) {
  for (const auto& path : diagram.paths)
    shapes.push_back({Curve{moved(path, dx, dy), databaseTone(path.databaseId), 2, true}, {}});
  for (layout::Box box : diagram.boxes) {
    box.rect.x += dx;
    box.rect.y += dy;
    addBox(shapes, box);
  }
  for (const auto& caption : diagram.captions)
    addLine(shapes, {caption.at.x + dx, caption.at.y + dy}, diagram.width - 2 * margin, caption.text, headingType,
            {Tone::faint});
}

} // namespace

topology::Sign signOf(topology::VerdictKind verdict) {
  switch (verdict) {
  case topology::VerdictKind::singleSource:
    return Sign::good;
  case topology::VerdictKind::split:
    return Sign::bad;
  case topology::VerdictKind::undetermined:
    return Sign::unknown;
  case topology::VerdictKind::nothingToCompare:
    break;
  }
  return Sign::none;
}

double headHeight(const Side& side, double width) {
  return headOf(side, width).height;
}

double legendHeight(const Side& side, double width) {
  const auto rows = flow(legendOf(side.diagram), width, [](const LegendEntry&, double, std::size_t, double) {});
  return rows == 0 ? 8 : static_cast<double>(rows) * detailHeight + 14;
}

void addPane(Shapes& shapes, const Side& side, const Rect& rect, double head) {
  shapes.push_back({Block{.rect = {rect.x + 0.5, rect.y + 0.5, rect.width - 1, rect.height - 1},
                          .radius = 9,
                          .fill = {Tone::paper},
                          .stroked = true},
                    {}});
  addHead(shapes, side, rect);
  addDiagram(shapes, side.diagram, rect.x + std::max(0.0, (rect.width - side.diagram.width) / 2), rect.y + head);
  addLegend(shapes, side, rect);
}

std::string spokenSide(const Side& side) {
  const Snapshot& snapshot = *side.snapshot;
  std::string text = side.heading;
  if (const std::string when = whenOf(snapshot); !when.empty())
    text += ", " + when;
  text += ": " + cleaned(snapshot.verdict.text);
  if (!text.ends_with('.'))
    text += ".";
  if (!snapshot.verdict.detail.empty())
    text += " " + cleaned(snapshot.verdict.detail);
  for (const auto& box : side.diagram.boxes) {
    const bool isDatabase = box.key.starts_with("db:");
    text += fmt::format(" {}: {}.",
                        isDatabase               ? "Database"
                        : box.members.size() > 1 ? "Servers"
                                                 : "Server",
                        spokenBox(box));
  }
  return text;
}

} // namespace whichbase::picture
