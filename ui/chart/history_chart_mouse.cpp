// What the mouse does in a history: moves the cursor, zooms, tells, chooses.
#include "chart/history_chart.h"
#include "chart/time_scrubber.h"
#include "model/history_texts.h"
#include "style/locale_text.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

constexpr double near = 6;  // pixels
constexpr int mostTold = 8; // events in one tooltip

QString told(const history::Event& event) {
  return QString::fromStdString(topology::toClockAndDay(event.at)) + QStringLiteral(": ") +
         QString::fromStdString(event.text);
}

} // namespace

QString HistoryChart::tipAt(const QPointF& place) const {
  const double x = place.x() - historyLeft;
  if (x < 0 || x > m_scale.width())
    return {};
  const auto at = m_scale.timeAt(x);
  const auto* label = [&]() -> const EventMark* {
    const auto over = std::ranges::find_if(m_marks, [&](const EventMark& mark) {
      return mark.labelled && place.y() < HistoryPicture::plotOf(plotSize()).top() && mark.labelLeft <= x &&
             x <= mark.labelLeft + mark.labelWidth;
    });
    return over == m_marks.end() ? nullptr : &*over;
  }();
  if (label)
    return told(m_overview.events[label->event]);
  QStringList lines;
  const auto& events = m_overview.events;
  auto event = std::ranges::lower_bound(events, m_scale.timeAt(x - near), {}, &history::Event::at);
  int more = 0;
  for (; event != events.end() && m_scale.xOf(event->at) <= x + near; ++event)
    lines.size() < mostTold ? lines.append(told(*event)) : static_cast<void>(++more);
  if (more > 0)
    lines << tr("and %L1 more").arg(more);
  for (const auto& stretch : m_scale.stretches())
    if (!stretch.watched && stretch.left <= x && x <= stretch.right)
      return (lines << tr("Nobody watched from %1 until %2: what happened then is not known.")
                           .arg(QString::fromStdString(topology::toClockAndDay(stretch.time.from)),
                                QString::fromStdString(topology::toClockAndDay(stretch.time.until))))
          .join(QLatin1Char('\n'));
  lines << localTime(at);
  lines << valuesAt(m_databases, m_overview.labels, at);
  return lines.join(QLatin1Char('\n'));
}

bool HistoryChart::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip)
    return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  // Plain text that looks like markup would be read as such.
  const QString tip = tipAt(help->pos()).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
  if (tip.isEmpty())
    QToolTip::hideText();
  else
    QToolTip::showText(help->globalPos(), QStringLiteral("<p>%1</p>").arg(tip), this);
  return true;
}

// A mark's subject, or the database whose line is there.
Selection HistoryChart::subjectAt(const QPointF& place) const {
  const double x = place.x() - historyLeft;
  const QRectF plot = HistoryPicture::plotOf(plotSize());
  if (place.y() < plot.top()) {
    for (const auto& mark : m_marks) {
      const bool onLabel = mark.labelled && mark.labelLeft <= x && x <= mark.labelLeft + mark.labelWidth;
      const auto& subjects = m_overview.events[mark.event].subjects;
      if ((!onLabel && std::abs(mark.x - x) > near / 2) || subjects.empty())
        continue;
      const auto subject = QString::fromStdString(subjects.front());
      const bool database =
          m_overview.labels.contains(subjects.front()) ||
          std::ranges::any_of(m_databases, [&](const DatabasePoints& one) { return one.database == subjects.front(); });
      return database ? Selection{{}, subject} : Selection{subject, {}};
    }
    return {};
  }
  const auto at = m_scale.timeAt(x);
  for (std::size_t i = m_databases.size(); i-- > 0;) // the last one drawn lies on top
    if (const auto* point = pointAt(m_databases[i], at); point && point->users)
      if (std::abs(m_picture.yOf(static_cast<double>(*point->users)) - lineOffset(i) - place.y()) <= near)
        return {{}, QString::fromStdString(m_databases[i].database)};
  return {};
}

void HistoryChart::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton)
    return;
  m_scrubber->setFocus(Qt::MouseFocusReason);
  if (const auto subject = subjectAt(event->position()); subject != Selection{})
    Q_EMIT selected(subject);
  if (event->position().y() < HistoryPicture::plotOf(plotSize()).top()) {
    // A label leads to its moment.
    const double x = event->position().x() - historyLeft;
    for (const auto& mark : m_marks)
      if (mark.labelled && mark.labelLeft <= x && x <= mark.labelLeft + mark.labelWidth)
        return moveTo(m_overview.events[mark.event].at);
  }
  moveTo(m_scrubber->timeAt(event->position().x()));
}

void HistoryChart::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton))
    moveTo(m_scrubber->timeAt(event->position().x()));
}

void HistoryChart::mouseDoubleClickEvent(QMouseEvent* event) {
  mousePressEvent(event);
}

void HistoryChart::wheelEvent(QWheelEvent* event) {
  const int turned = event->angleDelta().y();
  if (turned == 0)
    return event->ignore();
  zoom(std::pow(1.2, turned / 120.0), event->position().x());
  event->accept();
}

void HistoryChart::contextMenuEvent(QContextMenuEvent* event) {
  showMenu(m_scrubber->timeAt(event->pos().x()).value_or(shownRange().until), event->globalPos());
}

void HistoryChart::showMenu(topology::UtcTime at, const QPoint& place) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const QString when = QString::fromStdString(topology::toClockAndDay(at));
  menu->addSection(when);
  for (const auto side : {topology::Side::before, topology::Side::after}) {
    auto* action = menu->addAction(side == topology::Side::before ? tr("Show as Before") : tr("Show as After"));
    connect(action, &QAction::triggered, this, [this, at, side] { Q_EMIT sideChosen(at, side); });
  }
  menu->popup(place);
}

} // namespace whichbase::ui
