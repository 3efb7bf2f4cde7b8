// Users over time as the history strip of the window has them: one axis for what was watched, gaps left open.
#include "picture/history_marks.h"
#include "picture/history_series.h"
#include "picture/marks.h"
#include "picture/round_numbers.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

namespace whichbase::picture {

namespace {

using layout::Point;
using layout::Rect;

constexpr double leastWidth = 420;
constexpr double left = 56;
constexpr double right = 40; // the letters of the lines that go on
constexpr double titleHeight = 34;
constexpr double labelRow = 20;
constexpr double plotHeight = 190;
constexpr double axisHeight = 34;
constexpr double badge = 15;
constexpr double tickDistance = 90;
constexpr double widestLabel = 230;
constexpr Type labelType{12, false, false};
constexpr Type endType{11.5, true, false};

class Timeline {
public:
  Timeline(const history::Overview& overview, double width)
      : m_overview(overview), m_databases(pointsByDatabase(overview)), m_legendHeight(addLegend(width)),
        m_plot{left, titleHeight + m_legendHeight + labelRow, width - left - right, plotHeight},
        m_scale(overview.spans, wholeRange(overview), m_plot.width), m_series(seriesOf(m_databases, m_scale)) {
    const auto greatest = std::max<std::int64_t>(m_series.greatest, 1);
    m_step = niceStep(greatest);
    m_top = static_cast<double>(std::max(greatest, m_step)) * 1.08; // lines do not touch the labels
  }

  Shapes draw() {
    addLine(m_shapes, {16, 22}, m_plot.width, "Users over time, UTC", {14, true, false}, {Tone::text});
    addUnwatched();
    addNumbers();
    addTicks();
    addRuns();
    addMarks();
    addEnds();
    addLetters();
    return std::move(m_shapes);
  }

  double height() const { return m_plot.y + m_plot.height + axisHeight; }
  std::string description() const { return describe(m_databases, m_overview.labels, m_scale.range()); }

private:
  double bottom() const { return m_plot.y + m_plot.height; }
  double yOf(double users) const { return bottom() - users / m_top * m_plot.height; }
  // Lines of equal numbers stand beside each other, not upon each other.
  static double lineOffset(std::size_t line) { return 2.5 * static_cast<double>(line % 4); }

  // Which letter is which database, in as many rows as that takes; returns their height.
  double addLegend(double width) {
    constexpr double rowHeight = 22;
    constexpr double widestName = 200;
    double x = 16;
    double y = titleHeight;
    for (const auto& database : m_databases) {
      const auto label = m_overview.labels.find(database.database);
      const std::string name = label == m_overview.labels.end() ? "" : elided(label->second, widestName, labelType);
      const double needed = badge + (name.empty() ? 0 : 5 + std::min(widestName, widestOf(name, labelType)));
      if (x > 16 && x + needed > width - 16) {
        x = 16;
        y += rowHeight;
      }
      addBadge(m_shapes, {x, y, badge, badge}, database.database);
      addLine(m_shapes, {x + badge + 5, y + 12}, needed - badge - 5, name, labelType, {Tone::faint});
      x += needed + 16;
    }
    return m_databases.empty() ? 0 : y + rowHeight - titleHeight;
  }

  void addUnwatched() {
    for (const auto& stretch : m_scale.stretches()) {
      if (stretch.watched)
        continue;
      const Rect rect{m_plot.x + stretch.left, m_plot.y, stretch.right - stretch.left, m_plot.height};
      m_shapes.push_back({Block{.rect = rect, .fill = {Tone::frame}, .hatched = true},
                          "Nobody watched for " + topology::toDuration(stretch.time.until - stretch.time.from)});
    }
  }

  void addNumbers() {
    for (std::int64_t value = 0; static_cast<double>(value) <= m_top; value += m_step) {
      const double y = std::round(yOf(static_cast<double>(value))) + 0.5;
      m_shapes.push_back({Polyline{{{m_plot.x, y}, {m_plot.x + m_plot.width, y}}, {Tone::frame}, 1}, {}});
      addLine(m_shapes, {m_plot.x - 9, y + 4}, left - 12, shortNumber(value), labelType, {Tone::faint},
              Words::Anchor::end);
      if (static_cast<double>(value) > m_top - static_cast<double>(m_step))
        break;
    }
  }

  void addTicks() {
    double free = 0;
    for (const auto& tick : m_scale.ticks(tickDistance)) {
      const double width = widestOf(tick.text, labelType);
      const double x = std::clamp(m_plot.x + tick.x, width / 2 + 2, m_plot.x + m_plot.width + right - width / 2 - 2);
      m_shapes.push_back(
          {Polyline{{{m_plot.x + tick.x, bottom()}, {m_plot.x + tick.x, bottom() + 5}}, {Tone::faint}, 1}, {}});
      if (x - width / 2 < free)
        continue;
      addLine(m_shapes, {x, bottom() + 20}, width + 2, tick.text, labelType, {Tone::faint}, Words::Anchor::middle);
      free = x + width / 2 + 8;
    }
  }

  void addRuns() {
    for (std::size_t i = 0; i < m_series.lines.size(); ++i)
      for (const auto& run : m_series.lines[i].runs) {
        Polyline line{{}, databaseTone(m_series.lines[i].database), 2, run.estimate ? Dash::dashed : Dash::solid};
        for (const auto& point : run.points)
          line.points.push_back({m_plot.x + point.x, yOf(point.users) - lineOffset(i)});
        m_shapes.push_back({std::move(line), badgeText(m_series.lines[i].database)});
      }
  }

  void addMarks() {
    const auto widthOfLabel = [](const std::string& text) { return widestOf(cleaned(text), labelType) + 1; };
    for (const auto& mark : marksOf(m_overview.events, m_scale, widthOfLabel, widestLabel)) {
      const double x = m_plot.x + mark.x + 0.5;
      const auto& event = m_overview.events[mark.event];
      const std::string spoken = topology::toClockAndDay(event.at) + ": " + event.text;
      if (!mark.labelled) {
        m_shapes.push_back(
            {Polyline{{{x, m_plot.y}, {x, m_plot.y + (event.isMajor() ? 7 : 4)}}, {Tone::faint}, 1}, spoken});
        continue;
      }
      m_shapes.push_back(
          {Polyline{{{x, m_plot.y - labelRow + 4}, {x, bottom()}}, {Tone::faint}, 1.4, Dash::dotted}, spoken});
      addLine(m_shapes, {m_plot.x + mark.labelLeft, m_plot.y - 8}, mark.labelWidth, labelOf(event), labelType,
              {Tone::faint});
    }
  }

  // "A not reached since 14:20" at the end of its line, where it covers no other one.
  void addEnds() {
    std::vector<Rect> taken;
    for (std::size_t i = 0; i < m_series.lines.size(); ++i) {
      const auto& line = m_series.lines[i];
      if (!line.end)
        continue;
      const Point at{m_plot.x + line.end->at.x, yOf(line.end->at.users) - lineOffset(i)};
      const Colour colour = databaseTone(line.database);
      m_shapes.push_back({Polyline{{{at.x, at.y - 5}, {at.x, at.y + 5}}, colour, 2}, {}});
      const double width = widestOf(line.end->text, endType) + 2;
      for (const Point& corner : {Point{at.x + 6, at.y + 6}, Point{at.x - width - 6, at.y + 6},
                                  Point{at.x + 6, at.y - 22}, Point{at.x - width - 6, at.y - 22}}) {
        const Rect rect{corner.x, corner.y, width, 16};
        if (!isFree(rect, taken))
          continue;
        m_shapes.push_back({Block{.rect = rect, .fill = {Tone::paper}}, {}});
        addLine(m_shapes, {rect.x, rect.y + 12}, width, line.end->text, endType, colour);
        taken.push_back(rect);
        break;
      }
    }
  }

  bool isFree(const Rect& rect, const std::vector<Rect>& taken) const {
    const bool inside = rect.x >= m_plot.x && rect.y >= m_plot.y && rect.x + rect.width <= m_plot.x + m_plot.width &&
                        rect.y + rect.height <= bottom();
    return inside && std::ranges::none_of(taken, [&](const Rect& one) {
             return rect.x < one.x + one.width && one.x < rect.x + rect.width && rect.y < one.y + one.height &&
                    one.y < rect.y + rect.height;
           });
  }

  // The letters of the lines that reach the right end, moved apart where their numbers are alike.
  void addLetters() {
    std::vector<std::pair<double, const Line*>> letters;
    for (std::size_t i = 0; i < m_series.lines.size(); ++i)
      if (const auto& line = m_series.lines[i]; line.last)
        letters.emplace_back(yOf(*line.last) - lineOffset(i), &line);
    std::ranges::sort(letters, std::greater(), [](const auto& letter) { return letter.first; });
    double below = bottom() + 4; // lower edge of the next one
    for (const auto& [y, line] : letters) {
      const double top = std::min(y - badge / 2, below - badge);
      if (top < m_plot.y - labelRow)
        break; // no room for more
      addBadge(m_shapes, {m_plot.x + m_plot.width + 6, top, badge, badge}, line->database);
      below = top - 1;
    }
  }

  const history::Overview& m_overview;
  std::vector<DatabasePoints> m_databases;
  Shapes m_shapes;
  double m_legendHeight;
  Rect m_plot;
  TimeScale m_scale;
  HistorySeries m_series;
  std::int64_t m_step = 1;
  double m_top = 1;
};

} // namespace

Drawing timelineDrawing(const history::Overview& overview, double width) {
  Drawing drawing;
  drawing.width = std::max(width, leastWidth);
  drawing.title = overview.title.empty() ? "Users of each database over time, UTC"
                                         : overview.title + ": users of each database over time, UTC";
  Shapes shapes;
  if (overview.empty() && overview.points.empty()) {
    drawing.height = titleHeight + plotHeight;
    drawing.description = "Nothing was recorded.";
    addLine(shapes, {drawing.width / 2, drawing.height / 2}, drawing.width - 32, drawing.description, labelType,
            {Tone::faint}, Words::Anchor::middle);
  } else {
    Timeline timeline(overview, drawing.width);
    drawing.height = timeline.height();
    drawing.description = timeline.description();
    shapes = timeline.draw();
  }
  drawing.shapes.push_back({Block{.rect = {0, 0, drawing.width, drawing.height}, .fill = {Tone::paper}}, {}});
  std::ranges::move(shapes, std::back_inserter(drawing.shapes));
  return drawing;
}

} // namespace whichbase::picture
