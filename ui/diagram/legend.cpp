#include "diagram/legend.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr int rowHeight = 18;
constexpr int margin = 16;
constexpr int between = 18;
constexpr int strokeWidth = 34;
constexpr int strokeGap = 7;

QFont legendFont() {
  return textFont(12);
}

} // namespace

LegendWidget::LegendWidget(QWidget* parent) : QWidget(parent) {
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  setDiagram({});
}

void LegendWidget::setTheme(const Theme& theme) {
  m_theme = theme;
  update();
}

void LegendWidget::setDiagram(const layout::Diagram& diagram) {
  const auto has = [&](layout::LineStyle style) {
    return std::ranges::find(diagram.paths, style, &layout::Path::style) != diagram.paths.end();
  };
  std::vector<Entry> entries;
  if (has(layout::LineStyle::solid))
    entries.push_back({true, Qt::SolidLine, tr("writes")});
  if (has(layout::LineStyle::dashed))
    entries.push_back({true, Qt::DashLine, tr("reads")});
  if (has(layout::LineStyle::dotted))
    entries.push_back({true, Qt::DotLine, tr("unknown")});
  if (!diagram.paths.empty())
    entries.push_back({false, Qt::NoPen, tr("same colour and letter = same database")});
  if (std::ranges::find(diagram.boxes, layout::BoxKind::stack, &layout::Box::kind) != diagram.boxes.end())
    entries.push_back({false, Qt::NoPen, tr("stacked: alike; click to unfold")});
  if (entries == m_entries)
    return;
  m_entries = std::move(entries);
  QStringList texts;
  for (const Entry& entry : m_entries)
    texts << (entry.stroke == Qt::SolidLine  ? tr("solid: %1")
              : entry.stroke == Qt::DashLine ? tr("dashed: %1")
              : entry.stroke == Qt::DotLine  ? tr("dotted: %1")
                                             : QStringLiteral("%1"))
                 .arg(entry.text);
  setAccessibleName(texts.join(QStringLiteral(", ")));
  updateGeometry();
  update();
}

template <class Place>
int LegendWidget::flow(int width, Place place) const {
  const QFontMetricsF metrics(legendFont());
  const double right = std::max(width - margin, margin + 60);
  double x = margin;
  int row = 0;
  for (const Entry& entry : m_entries) {
    const double needed = metrics.horizontalAdvance(entry.text) + (entry.hasStroke ? strokeWidth + strokeGap : 0);
    if (x > margin && x + needed > right) {
      x = margin;
      ++row;
    }
    place(entry, QPointF(x, row * rowHeight + 2), std::min(needed, right - x));
    x += needed + between;
  }
  return m_entries.empty() ? 0 : (row + 1) * rowHeight + 4;
}

int LegendWidget::heightForWidth(int width) const {
  return flow(width, [](const Entry&, const QPointF&, double) {});
}

QSize LegendWidget::sizeHint() const {
  return {320, heightForWidth(width() > 0 ? width() : 320)};
}

QSize LegendWidget::minimumSizeHint() const {
  return {120, std::min(1, static_cast<int>(m_entries.size())) * rowHeight};
}

void LegendWidget::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QFont font = legendFont();
  const QFontMetricsF metrics(font);
  painter.setFont(font);
  flow(width(), [&](const Entry& entry, const QPointF& at, double available) {
    double x = at.x();
    if (entry.hasStroke) {
      QPen pen(m_theme.secondaryText, 2);
      if (entry.stroke == Qt::DashLine)
        pen.setDashPattern({2.6, 2.2});
      else if (entry.stroke == Qt::DotLine)
        pen.setDashPattern({0.9, 1.8});
      pen.setCapStyle(Qt::FlatCap);
      painter.setPen(pen);
      painter.drawLine(QPointF(x, at.y() + rowHeight / 2.0), QPointF(x + strokeWidth, at.y() + rowHeight / 2.0));
      x += strokeWidth + strokeGap;
    }
    painter.setPen(m_theme.secondaryText);
    painter.drawText(QRectF(x, at.y(), available - (x - at.x()) + 1, rowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(entry.text, Qt::ElideMiddle, available - (x - at.x()) + 1));
  });
}

} // namespace whichbase::ui
