#include "window/history_pane.h"

#include "chart/history_chart.h"
#include "style/locale_text.h"
#include "window/elided_label.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace whichbase::ui {

namespace {

// Lower than the buttons of the tool bar: they stand in the line of the title.
constexpr auto lowButton = "QToolButton, QPushButton { padding: 1px 8px; font-size: 12px; }"
                           "QToolButton:focus, QPushButton:focus { padding: 0px 7px; }"
                           "QToolButton[popupMode=\"2\"] { padding-right: 8px; }";
constexpr auto lowField = "QLineEdit { padding: 1px 7px; font-size: 12px; } QLineEdit:focus { padding: 0px 6px; }";

QIcon playIcon(bool playing, const QColor& color) {
  QPixmap pixmap(42, 42);
  pixmap.setDevicePixelRatio(3);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  if (playing) {
    painter.drawRect(QRectF(3, 2, 3, 10));
    painter.drawRect(QRectF(8, 2, 3, 10));
  } else {
    painter.drawPolygon(QPolygonF{{3, 1.5}, {12, 7}, {3, 12.5}});
  }
  return QIcon(pixmap);
}

} // namespace

HistoryPane::HistoryPane(QWidget* parent) : QFrame(parent) {
  m_chart = new HistoryChart(this);
  m_empty = new QLabel(tr("Nothing recorded yet."), this);
  m_empty->setWordWrap(true);
  m_empty->setAlignment(Qt::AlignCenter);
  m_empty->setTextFormat(Qt::PlainText);
  m_empty->setProperty("caption", true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  makeHeader();
  layout->addWidget(m_header);
  layout->addWidget(m_chart, 1);
  layout->addWidget(m_empty, 1);
  connectChart();
  setFocusProxy(m_chart);
  refreshButtons();
}

void HistoryPane::makeHeader() {
  m_header = new QWidget(this);
  auto* layout = new QHBoxLayout(m_header);
  layout->setContentsMargins(0, 2, 0, 2);
  layout->setSpacing(6);
  m_caption = new ElidedLabel(m_header);
  m_caption->setFont(textFont(12.5));
  m_caption->setProperty("caption", true);
  m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_note = new QLineEdit(m_header);
  m_note->setPlaceholderText(tr("Note what you do…"));
  m_note->setToolTip(tr("A note with the present time, such as “restarted staging”. Enter adds it."));
  m_note->setAccessibleName(tr("Note what you do"));
  m_note->setMaxLength(200);
  m_note->setMinimumWidth(120);
  m_note->setMaximumWidth(230);
  m_note->setStyleSheet(QString::fromLatin1(lowField));
  m_play = new QToolButton(m_header);
  m_speed = new QToolButton(m_header);
  m_range = new QToolButton(m_header);
  m_live = new QPushButton(tr("Back to live"), m_header);
  m_live->setToolTip(tr("Show the present again (L)"));
  m_live->setAutoDefault(false);
  for (QWidget* button : std::initializer_list<QWidget*>{m_play, m_speed, m_range, m_live})
    button->setStyleSheet(QString::fromLatin1(lowButton));
  makeSpeeds();
  makeRanges();
  layout->addWidget(m_caption, 3);
  layout->addWidget(m_note, 2);
  layout->addWidget(m_live);
  layout->addWidget(m_play);
  layout->addWidget(m_speed);
  layout->addWidget(m_range);
  connect(m_note, &QLineEdit::returnPressed, this, [this] {
    const QString text = m_note->text().simplified();
    if (text.isEmpty())
      return;
    m_note->clear();
    Q_EMIT noteEntered(text);
  });
  connect(m_play, &QToolButton::clicked, this, [this] { Q_EMIT playRequested(!m_playing); });
  connect(m_live, &QPushButton::clicked, this, &HistoryPane::liveRequested);
}

void HistoryPane::makeSpeeds() {
  auto* menu = new QMenu(m_speed);
  auto* group = new QActionGroup(menu);
  for (const int speed : {1, 10, 60, 600}) {
    auto* action = menu->addAction(tr("%L1×").arg(speed));
    action->setCheckable(true);
    action->setChecked(speed == 10);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, speed, action] {
      m_speed->setText(action->text());
      Q_EMIT speedChosen(speed);
    });
  }
  m_speed->setMenu(menu);
  m_speed->setPopupMode(QToolButton::InstantPopup);
  m_speed->setText(tr("%L1×").arg(10));
  m_speed->setToolTip(tr("How fast the recording is played"));
  m_speed->setAccessibleName(tr("Speed"));
}

void HistoryPane::makeRanges() {
  auto* menu = new QMenu(m_range);
  m_ranges = new QActionGroup(menu);
  const std::array<std::pair<QString, std::chrono::minutes>, 3> ranges = {
      {{tr("All"), std::chrono::minutes(0)},
       {tr("%L1 h").arg(1), std::chrono::hours(1)},
       {tr("%L1 min").arg(10), std::chrono::minutes(10)}}};
  for (const auto& [text, length] : ranges) {
    auto* action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(length.count() == 0);
    m_ranges->addAction(action);
    connect(action, &QAction::triggered, this, [this, length = length] { m_chart->showLast(length); });
  }
  m_range->setMenu(menu);
  m_range->setPopupMode(QToolButton::InstantPopup);
  m_range->setText(tr("All"));
  m_range->setToolTip(tr("How much time is shown; the mouse wheel over the lines, and + and -, zoom too"));
  m_range->setAccessibleName(tr("Time shown"));
}

void HistoryPane::connectChart() {
  connect(m_chart, &HistoryChart::scrubbed, this, &HistoryPane::scrubbed);
  connect(m_chart, &HistoryChart::liveRequested, this, &HistoryPane::liveRequested);
  connect(m_chart, &HistoryChart::eventStepRequested, this, &HistoryPane::eventStepRequested);
  connect(m_chart, &HistoryChart::playToggled, this, [this] { Q_EMIT playRequested(!m_playing); });
  connect(m_chart, &HistoryChart::sideChosen, this, &HistoryPane::sideChosen);
  connect(m_chart, &HistoryChart::selected, this, &HistoryPane::selected);
  connect(m_chart, &HistoryChart::rangeChanged, this, [this](const QString& text) {
    m_range->setText(text);
    for (auto* action : m_ranges->actions())
      action->setChecked(action->text() == text);
  });
}

void HistoryPane::setOverview(const history::Overview& overview, bool recording) {
  if (overview.empty()) {
    setEmpty(recording ? tr("Nothing recorded yet. Probe, or watch live: every change is kept from then on.")
                       : tr("Nothing is recorded in this file."));
    return;
  }
  m_changes = overview.recordedChanges;
  m_recording = recording;
  m_chart->setOverview(overview, recording);
  const bool wasEmpty = std::exchange(m_isEmpty, false);
  refreshButtons();
  if (wasEmpty)
    Q_EMIT emptyChanged();
}

void HistoryPane::setEmpty(const QString& text) {
  m_empty->setText(text);
  const bool wasEmpty = std::exchange(m_isEmpty, true);
  refreshButtons();
  if (!wasEmpty)
    Q_EMIT emptyChanged();
}

void HistoryPane::setCursor(std::optional<topology::UtcTime> at) {
  if (at == m_cursor)
    return;
  m_cursor = at;
  m_chart->setCursor(at);
  refreshButtons();
}

void HistoryPane::setPlaying(bool playing) {
  m_playing = playing;
  refreshButtons();
}

void HistoryPane::setTheme(const Theme& theme) {
  m_theme = theme;
  m_chart->setTheme(theme);
  refreshButtons();
}

void HistoryPane::setSelection(const Selection& selection) {
  m_chart->setSelection(selection);
}

void HistoryPane::refreshCaption() {
  const QString changes = counted("HistoryPane", "1 change recorded",
                                  QT_TRANSLATE_N_NOOP("HistoryPane", "%Ln changes recorded"), m_changes);
  if (m_isEmpty)
    m_caption->clear();
  else if (m_cursor)
    m_caption->setText(tr("replaying %1").arg(QString::fromStdString(topology::toClockAndDay(*m_cursor))));
  else
    m_caption->setText(tr("users over time, UTC · %1").arg(changes));
  m_caption->setToolTip(m_isEmpty ? QString() : tr("Users over time, UTC. %1.").arg(changes));
}

void HistoryPane::refreshButtons() {
  refreshCaption();
  m_chart->setVisible(!m_isEmpty);
  m_empty->setVisible(m_isEmpty);
  m_note->setVisible(!m_isEmpty && m_recording);
  m_live->setVisible(!m_isEmpty && m_cursor.has_value());
  m_live->setText(m_recording ? tr("Back to live") : tr("To the end"));
  for (auto* button : {m_play, m_speed, m_range})
    button->setVisible(!m_isEmpty);
  m_play->setIcon(playIcon(m_playing, m_theme.text));
  m_play->setToolTip(m_playing ? tr("Pause (Space)") : tr("Play (Space)"));
  m_play->setAccessibleName(m_playing ? tr("Pause") : tr("Play"));
}

} // namespace whichbase::ui
