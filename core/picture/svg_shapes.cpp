#include "picture/svg_shapes.h"

#include "picture/text_width.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace whichbase::picture {

namespace {

using layout::Point;
using layout::Rect;

constexpr std::string_view fixedFonts = "JetBrains Mono, DejaVu Sans Mono, monospace";
constexpr std::string_view narrowFonts = "Inter, DejaVu Sans Condensed, DejaVu Sans, sans-serif";

std::string pair(const Point& point) {
  return number(point.x) + " " + number(point.y);
}

// ` fill="#2563c9"`, with a class where the look follows the reader's.
class Paint {
public:
  explicit Paint(const SvgColours& colours) : m_colours(colours) {}

  void fill(const Colour& colour) { add("fill", "wbf-", colour); }
  void stroke(const Colour& colour, double width, std::string_view dashes) {
    add("stroke", "wbs-", colour);
    m_attributes += fmt::format(R"( stroke-width="{}")", number(width));
    if (!dashes.empty())
      m_attributes += fmt::format(R"( stroke-dasharray="{}")", dashes);
  }
  void noFill() { m_attributes += R"( fill="none")"; }
  std::string text() const {
    return m_attributes + (m_classes.empty() ? "" : fmt::format(R"( class="{}")", m_classes));
  }

private:
  void add(std::string_view attribute, std::string_view prefix, const Colour& colour) {
    m_attributes += fmt::format(R"( {}="{}")", attribute, toHex(rgbOf(colour, m_colours.palette)));
    if (m_colours.withClasses)
      m_classes += (m_classes.empty() ? "" : " ") + std::string(prefix) + toneName(colour);
  }

  const SvgColours& m_colours;
  std::string m_attributes, m_classes;
};

void close(std::string& svg, std::string_view element, const std::string& spoken) {
  svg += spoken.empty() ? "/>\n" : fmt::format("><title>{}</title></{}>\n", escaped(spoken), element);
}

std::string frameDashes(Dash dash) {
  return dash == Dash::dashed ? "6 4" : dash == Dash::dotted ? "1.5 3" : "";
}

// Of a link or a line in the legend, by its width.
std::string lineDashes(Dash dash, double width) {
  const auto both = [&](double on, double off) { return number(on * width) + " " + number(off * width); };
  return dash == Dash::dashed ? both(2.6, 2.2) : dash == Dash::dotted ? both(0.9, 1.8) : "";
}

// Diagonals from the lower left to the upper right, cut at the borders: no pattern has to be referred to by an id.
std::string hatching(const Rect& rect) {
  constexpr double apart = 7;
  std::string path;
  for (double offset = apart; offset < rect.width + rect.height; offset += apart) {
    const Point upper{rect.x + std::min(offset, rect.width), rect.y + std::max(0.0, offset - rect.width)};
    const Point lower{rect.x + std::max(0.0, offset - rect.height), rect.y + std::min(offset, rect.height)};
    path += "M" + pair(lower) + "L" + pair(upper);
  }
  return path;
}

void addBlock(std::string& svg, const Block& block, const std::string& spoken, const SvgColours& colours) {
  Paint paint(colours);
  if (block.filled && !block.hatched)
    paint.fill(block.fill);
  else
    paint.noFill();
  if (block.stroked)
    paint.stroke(block.stroke, block.strokeWidth, frameDashes(block.dash));
  const Rect& rect = block.rect;
  svg += fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}")", number(rect.x), number(rect.y),
                     number(std::max(0.0, rect.width)), number(std::max(0.0, rect.height)));
  if (block.radius > 0)
    svg += fmt::format(R"( rx="{}")", number(std::min({block.radius, rect.width / 2, rect.height / 2})));
  svg += paint.text();
  close(svg, "rect", spoken);
  if (!block.hatched)
    return;
  Paint lines(colours);
  lines.noFill();
  lines.stroke(block.fill, 1, "");
  svg += fmt::format(R"(<path d="{}"{}/>)", hatching(rect), lines.text()) + "\n";
}

void addWords(std::string& svg, const Words& words, const std::string& spoken, const SvgColours& colours) {
  const Type type{words.size, words.bold, words.monospace};
  const std::string text = cleaned(words.text);
  const bool rightToLeft = isRightToLeft(text);
  svg +=
      fmt::format(R"(<text x="{}" y="{}" font-size="{}")", number(words.at.x), number(words.at.y), number(words.size));
  if (words.bold)
    svg += fmt::format(R"( font-weight="{}")", words.size < 16 ? 600 : 700);
  // What stands left of a text stays left of it, whichever way it is written.
  const auto anchor = words.anchor == Words::Anchor::middle                 ? "middle"
                      : (words.anchor == Words::Anchor::end) != rightToLeft ? "end"
                                                                            : "";
  if (*anchor != '\0')
    svg += fmt::format(R"( text-anchor="{}")", anchor);
  if (rightToLeft)
    svg += R"( direction="rtl" unicode-bidi="embed")";
  const bool tight = words.width > 0 && widestOf(text, type) > words.width;
  if (words.monospace || tight)
    svg += fmt::format(R"( font-family="{}")", words.monospace ? fixedFonts : narrowFonts);
  if (tight)
    svg += fmt::format(R"( textLength="{}" lengthAdjust="spacingAndGlyphs")",
                       number(std::min(words.width, widthOf(text, type) / 1.015)));
  Paint paint(colours);
  paint.fill(words.colour);
  svg += paint.text() + ">" + (spoken.empty() ? "" : fmt::format("<title>{}</title>", escaped(spoken))) +
         escaped(text) + "</text>\n";
}

// Goes on around a corner in the direction of `after`.
std::string roundedCorner(const Point& before, const Point& corner, const Point& after) {
  constexpr double radius = 8;
  const auto towards = [&corner](const Point& other) {
    const double dx = other.x - corner.x;
    const double dy = other.y - corner.y;
    const double length = std::hypot(dx, dy);
    const double share = length > 0 ? std::min(0.8, radius / length) : 0;
    return Point{corner.x + dx * share, corner.y + dy * share};
  };
  return "L" + pair(towards(before)) + "Q" + pair(corner) + " " + pair(towards(after));
}

void addCurve(std::string& svg, const Curve& curve, const std::string& spoken, const SvgColours& colours) {
  constexpr double headLength = 11;
  constexpr double headHalfWidth = 6;
  const layout::Path& path = curve.path;
  double dx = path.to.x - path.control2.x;
  double dy = path.to.y - path.control2.y;
  const double length = std::hypot(dx, dy);
  dx = length > 0 ? dx / length : 0;
  dy = length > 0 ? dy / length : -1;
  const double back = curve.arrow ? headLength - 2 : 0;
  std::string d = "M" + pair(path.from);
  for (std::size_t i = 0; i < path.lead.size(); ++i)
    d += i + 1 < path.lead.size() ? roundedCorner(i == 0 ? path.from : path.lead[i - 1], path.lead[i], path.lead[i + 1])
                                  : "L" + pair(path.lead[i]);
  d += "C" + pair(path.control1) + " " + pair(path.control2) + " " +
       pair({path.to.x - dx * back, path.to.y - dy * back});
  Paint paint(colours);
  paint.noFill();
  const Dash dash = path.style == layout::LineStyle::solid    ? Dash::solid
                    : path.style == layout::LineStyle::dashed ? Dash::dashed
                                                              : Dash::dotted;
  paint.stroke(curve.colour, curve.width, lineDashes(dash, curve.width));
  svg += fmt::format(R"(<path d="{}"{})", d, paint.text());
  close(svg, "path", spoken);
  if (!curve.arrow)
    return;
  Paint head(colours);
  head.fill(curve.colour);
  const Point base{path.to.x - dx * headLength, path.to.y - dy * headLength};
  svg += fmt::format(R"(<path d="M{}L{}L{}Z"{}/>)", pair(path.to),
                     pair({base.x - dy * headHalfWidth, base.y + dx * headHalfWidth}),
                     pair({base.x + dy * headHalfWidth, base.y - dx * headHalfWidth}), head.text()) +
         "\n";
}

void addPolyline(std::string& svg, const Polyline& line, const std::string& spoken, const SvgColours& colours) {
  if (line.points.empty())
    return;
  std::string points;
  for (const Point& point : line.points)
    points += (points.empty() ? "" : " ") + number(point.x) + "," + number(point.y);
  Paint paint(colours);
  if (line.closed) {
    paint.fill(line.colour);
  } else {
    paint.noFill();
    paint.stroke(line.colour, line.width, lineDashes(line.dash, line.width));
  }
  const std::string_view element = line.closed ? "polygon" : "polyline";
  svg +=
      fmt::format(R"(<{} points="{}"{}{})", element, points, paint.text(),
                  line.dash == Dash::solid && !line.closed ? R"( stroke-linecap="round" stroke-linejoin="round")" : "");
  close(svg, element, spoken);
}

} // namespace

std::string number(double value) {
  if (!std::isfinite(value))
    return "0";
  std::string text = fmt::format("{:.2f}", value);
  while (text.ends_with('0'))
    text.pop_back();
  if (text.ends_with('.'))
    text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : cleaned(text)) {
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    default:
      result += c;
    }
  }
  return result;
}

std::string toneName(const Colour& colour) {
  const auto database = [&](const char* suffix) {
    return colour.database < 0 ? fmt::format("unknown{}", suffix) : fmt::format("db{}{}", colour.database % 12, suffix);
  };
  switch (colour.tone) {
  case Tone::paper:
    return "paper";
  case Tone::card:
    return "card";
  case Tone::frame:
    return "frame";
  case Tone::text:
    return "text";
  case Tone::faint:
    return "faint";
  case Tone::good:
    return "good";
  case Tone::warning:
    return "warning";
  case Tone::bad:
    return "bad";
  case Tone::chip:
    return "chip";
  case Tone::database:
    return database("");
  case Tone::databaseSoft:
    return database("-soft");
  case Tone::onDatabase:
    return database("-on");
  }
  return "text";
}

void addSvg(std::string& svg, const Shape& shape, const SvgColours& colours) {
  if (const auto* block = std::get_if<Block>(&shape.what))
    addBlock(svg, *block, shape.spoken, colours);
  else if (const auto* words = std::get_if<Words>(&shape.what))
    addWords(svg, *words, shape.spoken, colours);
  else if (const auto* curve = std::get_if<Curve>(&shape.what))
    addCurve(svg, *curve, shape.spoken, colours);
  else if (const auto* line = std::get_if<Polyline>(&shape.what))
    addPolyline(svg, *line, shape.spoken, colours);
}

} // namespace whichbase::picture
