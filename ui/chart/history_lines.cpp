#include "chart/history_lines.h"

#include "diagram/look.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>

namespace whichbase::ui {

QColor lineColor(const Theme& theme, const std::string& database, const std::string& selected) {
  const QColor color = theme.database(database);
  return selected.empty() || selected == database ? color : paler(color, theme.pane, 0.7, readableGraphic);
}

double lineOffset(std::size_t line) {
  return 2.5 * static_cast<double>(line % 4);
}

namespace {

constexpr std::size_t mostDashed = 250; // points of a line in which dashes are seen; more cost half a second

// An estimate is dashed, or paler where it goes up and down too densely for dashes.
QPen penOf(const Run& run, QColor color) {
  const bool dense = run.points.size() > mostDashed;
  if (run.estimate && dense)
    color.setAlphaF(color.alphaF() * 0.55F);
  return {color, 2, run.estimate && !dense ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin};
}

} // namespace

class HistoryLines::Chart {
public:
  Chart() {
    m_chart->setBackgroundVisible(false);
    m_chart->legend()->hide();
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    m_x->setVisible(false);
    m_y->setVisible(false);
    m_scene.addItem(m_chart);
  }

  void draw(QPainter& painter, const HistorySeries& series, const Theme& theme, const std::string& selected,
            const QRectF& plot, double width, double top) {
    const QRectF whole(0, 0, plot.right() + 4, plot.bottom() + 4);
    m_scene.setSceneRect(whole);
    m_chart->setGeometry(whole);
    m_x->setRange(0, width);
    m_y->setRange(0, top);
    m_chart->setPlotArea(plot);
    m_chart->layout()->activate();
    const double onePixel = top / std::max(1.0, plot.height());
    std::size_t used = 0;
    for (std::size_t i = 0; i < series.lines.size(); ++i)
      for (const auto& run : series.lines[i].runs) {
        QList<QPointF> points;
        points.reserve(static_cast<qsizetype>(run.points.size()));
        for (const auto& point : run.points)
          points.append({point.x, point.users + lineOffset(i) * onePixel});
        auto* line = seriesAt(used++);
        line->setPen(penOf(run, lineColor(theme, series.lines[i].database, selected)));
        line->replace(points);
      }
    while (m_series.size() > used) {
      m_chart->removeSeries(m_series.back());
      delete m_series.back();
      m_series.pop_back();
    }
    m_scene.render(&painter, whole, whole);
  }

private:
  // Series that were made are used again: making one costs more than filling it.
  QLineSeries* seriesAt(std::size_t index) {
    while (m_series.size() <= index) {
      auto* line = new QLineSeries;
      m_chart->addSeries(line);
      line->attachAxis(m_x);
      line->attachAxis(m_y);
      m_series.push_back(line);
    }
    return m_series[index];
  }

  QGraphicsScene m_scene;
  QChart* m_chart = new QChart; // the scene's
  QValueAxis* m_x = new QValueAxis;
  QValueAxis* m_y = new QValueAxis;
  std::vector<QLineSeries*> m_series; // the chart's
};

HistoryLines::HistoryLines() : m_chart(std::make_unique<Chart>()) {}

HistoryLines::~HistoryLines() = default;

void HistoryLines::draw(QPainter& painter, const HistorySeries& series, const Theme& theme, const std::string& selected,
                        const QRectF& plot, double width, double top) {
  m_chart->draw(painter, series, theme, selected, plot, width, top);
}

} // namespace whichbase::ui
