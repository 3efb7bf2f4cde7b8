#include "picture/bars.h"

#include "picture/round_numbers.h"

#include <algorithm>
#include <cmath>

namespace whichbase::picture {

namespace {

using layout::Point;
using layout::Rect;

constexpr double titleHeight = 34;
constexpr double axisWidth = 40;
constexpr double plotTop = 26; // room for the number on the highest bar
constexpr double plotHeight = 132;
constexpr double plotBottom = 56; // badge and label, and the group's title
constexpr double leastSlot = 84;
constexpr double widestSlot = 150;
constexpr double widestBar = 62;
constexpr double unknownHeight = 0.4; // of the axis: what is unknown has no height of its own
constexpr double badge = 15;
constexpr Type titleType{14, true, false};
constexpr Type numberType{13, true, false};
constexpr Type labelType{12, false, false};

struct Slot {
  const Bar* bar = nullptr;
  std::size_t group = 0;
};
using Strip = std::vector<Slot>;

// The bars of all groups one after the other, as many in a strip as fit beside each other.
std::vector<Strip> stripsOf(const BarChart& chart, double width) {
  const auto most = std::max<std::size_t>(1, static_cast<std::size_t>((width - axisWidth) / leastSlot));
  Strip all;
  for (std::size_t group = 0; group < chart.groups.size(); ++group)
    for (const Bar& bar : chart.groups[group].bars)
      all.push_back({&bar, group});
  std::vector<Strip> strips;
  for (std::size_t i = 0; i < all.size(); i += most)
    strips.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(i),
                        all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), i + most)));
  return strips;
}

class StripPainter {
public:
  StripPainter(Shapes& shapes, const BarChart& chart, const Strip& strip, const Rect& plot, std::int64_t top)
      : m_shapes(shapes), m_chart(chart), m_strip(strip), m_plot(plot), m_top(top),
        m_slot(std::min(widestSlot, plot.width / static_cast<double>(std::max<std::size_t>(1, strip.size())))) {}

  void paint() {
    addAxis();
    for (std::size_t i = 0; i < m_strip.size(); ++i)
      addBar(*m_strip[i].bar, m_plot.x + (static_cast<double>(i) + 0.5) * m_slot);
    for (std::size_t first = 0; first < m_strip.size();) {
      std::size_t last = first;
      while (last + 1 < m_strip.size() && m_strip[last + 1].group == m_strip[first].group)
        ++last;
      addGroup(first, last);
      first = last + 1;
    }
  }

private:
  double bottom() const { return m_plot.y + m_plot.height; }
  double yOf(double value) const { return bottom() - value / static_cast<double>(m_top) * m_plot.height; }

  void addAxis() {
    const std::int64_t step = niceStep(m_top);
    for (std::int64_t value = 0; value <= m_top; value += step) {
      const double y = std::round(yOf(static_cast<double>(value))) + 0.5;
      m_shapes.push_back({Polyline{{{m_plot.x, y}, {m_plot.x + m_plot.width, y}}, {Tone::frame}, 1}, {}});
      addLine(m_shapes, {m_plot.x - 9, y + 4}, axisWidth - 9, shortNumber(value), labelType, {Tone::faint},
              Words::Anchor::end);
      if (value > m_top - step)
        break;
    }
  }

  void addBar(const Bar& bar, double x) {
    const double value = bar.count ? static_cast<double>(std::max<std::int64_t>(0, *bar.count))
                                   : static_cast<double>(m_top) * unknownHeight;
    const double width = std::min(m_slot * 0.56, widestBar);
    double top = yOf(value);
    if (bar.count && *bar.count > 0)
      top = std::min(top, bottom() - 2); // what is little is still seen
    Block block{.rect = {x - width / 2, top, width, bottom() - top}, .radius = 3, .fill = databaseTone(bar.databaseId)};
    if (!bar.count) {
      block.hatched = true;
      block.stroked = true;
      block.stroke = block.fill;
      block.dash = Dash::dashed;
    }
    if (!bar.count || *bar.count > 0)
      m_shapes.push_back({block, badgeText(bar.databaseId) + " " + cleaned(bar.label) + ": " +
                                     (bar.count ? cleaned(bar.text) : "unknown")});
    addLine(m_shapes, {x, top - 8}, m_slot - 6, bar.text, numberType, {Tone::text}, Words::Anchor::middle);
    addLabel(bar, x);
  }

  void addLabel(const Bar& bar, double x) {
    const std::string label = elided(bar.label, m_slot - badge - 13, labelType);
    const double labelWidth = label.empty() ? 0 : widthOf(label, labelType) + 5;
    const double left = x - (badge + labelWidth) / 2;
    addBadge(m_shapes, {left, bottom() + 8, badge, badge}, bar.databaseId);
    addLine(m_shapes, {left + badge + 5, bottom() + 20}, m_slot - badge - 13, label, labelType, {Tone::faint});
  }

  void addGroup(std::size_t first, std::size_t last) {
    const double left = m_plot.x + static_cast<double>(first) * m_slot;
    const double right = m_plot.x + static_cast<double>(last + 1) * m_slot;
    addLine(m_shapes, {(left + right) / 2, bottom() + 43}, right - left, m_chart.groups[m_strip[first].group].title,
            {12, true, false}, {Tone::text}, Words::Anchor::middle);
    if (last + 1 < m_strip.size())
      m_shapes.push_back(
          {Polyline{{{right, m_plot.y - plotTop + 6}, {right, bottom() + 46}}, {Tone::frame}, 1, Dash::dashed}, {}});
  }

  Shapes& m_shapes;
  const BarChart& m_chart;
  const Strip& m_strip;
  Rect m_plot;
  std::int64_t m_top;
  double m_slot;
};

} // namespace

double barsHeight(const BarChart& chart, double width) {
  const auto strips = static_cast<double>(std::max<std::size_t>(1, stripsOf(chart, width).size()));
  return titleHeight + strips * (plotTop + plotHeight + plotBottom);
}

void addBars(Shapes& shapes, const BarChart& chart, const Point& at, double width) {
  const double used = addLine(shapes, {at.x, at.y + 20}, width, chart.title, titleType, {Tone::text});
  if (const double room = width - used - 12; room > 40)
    addLine(shapes, {at.x + used + 12, at.y + 20}, room, chart.subtitle, {12, false, true}, {Tone::faint});
  const auto strips = stripsOf(chart, width);
  if (strips.empty())
    addLine(shapes, {at.x + width / 2, at.y + titleHeight + plotTop + plotHeight / 2}, width, "Nothing is known here.",
            labelType, {Tone::faint}, Words::Anchor::middle);
  std::int64_t greatest = 1;
  for (const BarGroup& group : chart.groups)
    for (const Bar& bar : group.bars)
      greatest = std::max(greatest, bar.count.value_or(0));
  double y = at.y + titleHeight + plotTop;
  for (const Strip& strip : strips) {
    StripPainter(shapes, chart, strip, {at.x + axisWidth, y, width - axisWidth, plotHeight},
                 std::max(greatest, niceStep(greatest)))
        .paint();
    y += plotTop + plotHeight + plotBottom;
  }
}

std::string spokenBars(const BarChart& chart) {
  std::string text = chart.title + ".";
  for (const BarGroup& group : chart.groups) {
    text += " " + group.title + ": ";
    for (const Bar& bar : group.bars)
      text += (&bar == &group.bars.front() ? "" : ", ") + badgeText(bar.databaseId) + " " + cleaned(bar.label) + " " +
              (bar.count ? cleaned(bar.text) : "unknown");
    text += group.bars.empty() ? "none." : ".";
  }
  return text;
}

} // namespace whichbase::picture
