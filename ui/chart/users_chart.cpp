#include "chart/users_chart.h"

#include "chart/round_numbers.h"
#include "diagram/look.h"
#include "style/marks.h"

#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QStackedBarSeries>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

constexpr double topMargin = 26;    // room for the count on the highest bar
constexpr double bottomMargin = 48; // badge and label, and the group's title
constexpr double widestBar = 62;
constexpr double unknownHeight = 0.4; // of the axis: what is unknown has no height of its own

} // namespace

class UsersChart::View : public QChartView {
public:
  explicit View(UsersChart* owner) : QChartView(new QChart, owner), m_owner(owner) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setFocusPolicy(Qt::NoFocus);
    setMinimumHeight(120);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate); // texts are drawn beside the bars, not as items
    chart()->setBackgroundVisible(false);
    chart()->legend()->hide();
    chart()->setMargins(QMargins(0, 0, 0, 0));
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->addAxis(m_x, Qt::AlignBottom);
    chart()->addAxis(m_y, Qt::AlignLeft);
    m_x->setVisible(false);
    m_y->setVisible(false); // drawn by us: at whole numbers, short, and in the theme's font
  }

  void setTheme(const Theme& theme) {
    m_theme = theme;
    rebuild();
  }

  bool setGroups(const std::vector<UserBars>& groups) {
    if (groups == m_groups)
      return false;
    m_groups = groups;
    rebuild();
    return true;
  }

  void setSelected(const std::string& databaseId) {
    if (databaseId == m_selected)
      return;
    m_selected = databaseId;
    rebuild();
  }

protected:
  void resizeEvent(QResizeEvent* event) override {
    QChartView::resizeEvent(event);
    fitPlot();
  }

  void drawBackground(QPainter* painter, const QRectF& rect) override {
    QChartView::drawBackground(painter, rect);
    if (m_series)
      drawAxis(*painter);
  }

  void drawForeground(QPainter* painter, const QRectF&) override {
    if (!m_series)
      return;
    double slot = 0;
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
      const auto& bars = m_groups[g].bars;
      for (std::size_t i = 0; i < bars.size(); ++i)
        drawBarTexts(*painter, bars[i], slot + static_cast<double>(i));
      drawGroupTitle(*painter, m_groups[g].title, slot, static_cast<double>(bars.size()));
      slot += static_cast<double>(bars.size());
      if (g + 1 < m_groups.size())
        drawSeparator(*painter, slot - 0.5);
    }
  }

private:
  QPointF at(double slot, double value) const { return chart()->mapToPosition(QPointF(slot, value), m_series); }

  void fitPlot() {
    const double left = 40;
    chart()->setPlotArea(QRectF(left, topMargin, std::max(10.0, width() - left - 4.0),
                                std::max(10.0, height() - topMargin - bottomMargin)));
    if (m_series)
      m_series->setBarWidth(std::min(0.56, widestBar / std::max(1.0, slotWidth())));
  }

  double slotWidth() const { return chart()->plotArea().width() / std::max(1, m_slots); }

  void rebuild() {
    chart()->removeAllSeries();
    m_series = nullptr;
    m_slots = 0;
    std::int64_t greatest = 0;
    for (const auto& group : m_groups) {
      m_slots += static_cast<int>(group.bars.size());
      for (const auto& bar : group.bars)
        greatest = std::max(greatest, bar.count.value_or(0));
    }
    if (m_slots == 0)
      return;
    m_step = niceStep(std::max<std::int64_t>(greatest, 1));
    m_top = std::max(greatest, m_step);
    m_x->setRange(-0.5, m_slots - 0.5);
    m_y->setRange(0, static_cast<double>(m_top));
    m_series = new QStackedBarSeries;
    int slot = 0;
    for (const auto& group : m_groups)
      for (const auto& bar : group.bars)
        addBar(bar, slot++);
    chart()->addSeries(m_series);
    m_series->attachAxis(m_x);
    m_series->attachAxis(m_y);
    fitPlot();
  }

  void addBar(const UserBar& bar, int slot) {
    auto* set = new QBarSet(bar.label);
    for (int i = 0; i < m_slots; ++i)
      *set << (i != slot   ? 0.0
               : bar.count ? static_cast<double>(*bar.count)
                           : static_cast<double>(m_top) * unknownHeight);
    QColor color = m_theme.database(bar.databaseId);
    if (!m_selected.empty() && m_selected != bar.databaseId)
      color = paler(color, m_theme.pane, 0.65, readableGraphic);
    set->setBrush(bar.count ? QBrush(color) : QBrush(color, Qt::BDiagPattern));
    set->setPen(bar.count ? QPen(Qt::NoPen) : QPen(color, 1, Qt::DashLine));
    m_series->append(set);
    connect(set, &QBarSet::clicked, m_owner, [owner = m_owner, id = QString::fromStdString(bar.databaseId)] {
      Q_EMIT owner->selected(Selection{{}, id});
    });
    connect(set, &QBarSet::hovered, m_owner, [owner = m_owner, bar](bool over) {
      owner->setToolTip(
          over ? QStringLiteral("%1 %2: %3\n%4").arg(letterOf(bar.databaseId), bar.label, bar.text, bar.reason)
               : QString());
    });
  }

  void drawAxis(QPainter& painter) const {
    painter.setFont(textFont(12));
    const QRectF plot = chart()->plotArea();
    for (std::int64_t value = 0; value <= m_top; value += m_step) {
      const double y = std::round(at(0, static_cast<double>(value)).y()) + 0.5;
      painter.setPen(m_theme.border);
      painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
      painter.setPen(m_theme.secondaryText);
      painter.drawText(QRectF(0, y - 9, 32, 18), Qt::AlignRight | Qt::AlignVCenter, shortNumber(value));
    }
  }

  void drawBarTexts(QPainter& painter, const UserBar& bar, double slot) const {
    const double value = bar.count ? static_cast<double>(*bar.count) : static_cast<double>(m_top) * unknownHeight;
    const QPointF top = at(slot, value);
    const double wide = slotWidth();
    painter.setFont(textFont(13, QFont::DemiBold));
    painter.setPen(m_theme.text);
    painter.drawText(QRectF(top.x() - wide / 2, top.y() - 22, wide, 18), Qt::AlignCenter,
                     painter.fontMetrics().elidedText(bar.text, Qt::ElideRight, static_cast<int>(wide)));
    const double badge = 15;
    painter.setFont(textFont(12));
    const QString label =
        wide < 60 ? QString()
                  : painter.fontMetrics().elidedText(bar.label, Qt::ElideMiddle, static_cast<int>(wide - badge - 12));
    const double labelWidth = label.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(label) + 5.0;
    const double y = chart()->plotArea().bottom() + 7;
    QRectF ground(top.x() - (badge + labelWidth) / 2, y, badge, badge);
    paintBadge(painter, ground, bar.databaseId, m_theme.database(bar.databaseId), m_theme.onDatabase(bar.databaseId));
    painter.setFont(textFont(12));
    painter.setPen(m_theme.secondaryText);
    painter.drawText(QRectF(ground.right() + 5, y - 2, labelWidth + 2, badge + 4), Qt::AlignLeft | Qt::AlignVCenter,
                     label);
  }

  void drawGroupTitle(QPainter& painter, const QString& title, double firstSlot, double count) const {
    const double middle = at(firstSlot + (count - 1) / 2, 0).x();
    painter.setFont(textFont(12, QFont::DemiBold));
    painter.setPen(m_theme.text);
    painter.drawText(QRectF(middle - 60, chart()->plotArea().bottom() + 27, 120, 18), Qt::AlignCenter, title);
  }

  void drawSeparator(QPainter& painter, double slot) const {
    const double x = at(slot, 0).x();
    painter.setPen(QPen(m_theme.border, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, 2), QPointF(x, height() - 4.0));
  }

  UsersChart* m_owner;
  Theme m_theme = Theme::light();
  std::vector<UserBars> m_groups;
  std::string m_selected;
  QValueAxis* m_x = new QValueAxis;
  QValueAxis* m_y = new QValueAxis;
  QStackedBarSeries* m_series = nullptr;
  int m_slots = 0;
  std::int64_t m_step = 1;
  std::int64_t m_top = 1;
};

UsersChart::UsersChart(QWidget* parent) : QWidget(parent), m_view(new View(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_view);
}

UsersChart::~UsersChart() = default;

void UsersChart::setBars(const std::vector<UserBars>& groups) {
  if (m_view->setGroups(groups))
    setAccessibleDescription(describe(groups));
}

void UsersChart::setTheme(const Theme& theme) {
  m_view->setTheme(theme);
}

void UsersChart::setSelection(const Selection& selection) {
  m_view->setSelected(selection.database.toStdString());
}

} // namespace whichbase::ui
