#include "window/changes_pane.h"

#include "style/marks.h"
#include "window/sign.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

namespace whichbase::ui {

namespace {

// A tick for what was mended; an arrow for what is only different now.
QIcon iconOf(const topology::Change& change, const Theme& theme) {
  if (change.code == "finding-fixed")
    return signIcon(Sign::good, theme);
  QPixmap pixmap(42, 42);
  pixmap.setDevicePixelRatio(3);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.secondaryText, 1.6, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(QPointF(2, 7), QPointF(12, 7));
  painter.drawLine(QPointF(8.5, 3.5), QPointF(12, 7));
  painter.drawLine(QPointF(8.5, 10.5), QPointF(12, 7));
  return QIcon(pixmap);
}

} // namespace

ChangesPane::ChangesPane(QWidget* parent) : QFrame(parent) {
  setProperty("pane", true);
  setMinimumSize(260, 150);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(15, 10, 8, 8);
  layout->setSpacing(4);
  auto* header = new QHBoxLayout;
  auto* title = new QLabel(tr("What changed"), this);
  title->setFont(textFont(13.5, QFont::DemiBold));
  m_when = new QLabel(this);
  m_when->setProperty("caption", true);
  m_when->setFont(textFont(12.5));
  m_when->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  header->addWidget(title);
  header->addWidget(m_when, 1);
  layout->addLayout(header);
  m_list = new QListWidget(this);
  m_list->setWordWrap(true);
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setIconSize(QSize(14, 14));
  m_list->setFont(textFont(13));
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_list->setResizeMode(QListView::Adjust);
  m_list->setAccessibleName(tr("What changed"));
  m_empty = new QLabel(this);
  m_empty->setWordWrap(true);
  m_empty->setAlignment(Qt::AlignCenter);
  m_empty->setProperty("caption", true);
  layout->addWidget(m_list, 1);
  layout->addWidget(m_empty, 1);
  const auto choose = [this](QListWidgetItem* item) {
    const auto& subjects = m_shown[static_cast<std::size_t>(m_list->row(item))].subjects;
    if (subjects.empty() || !m_comparison)
      return;
    const QString subject = QString::fromStdString(subjects.front());
    const bool server = m_comparison->after.server(subjects.front()) || m_comparison->before.server(subjects.front());
    Q_EMIT selected(server ? Selection{subject, {}} : Selection{{}, subject});
  };
  connect(m_list, &QListWidget::itemClicked, this, choose);
  connect(m_list, &QListWidget::itemActivated, this, choose);
  refresh();
}

void ChangesPane::setView(const View& view) {
  const bool same = m_comparison && view.comparison && view.comparison->changes == m_shown;
  m_comparison = view.comparison;
  if (m_comparison)
    m_when->setText(tr("between %1 and %2")
                        .arg(QString::fromStdString(topology::toClockAndDay(m_comparison->before.finishedAt)),
                             QString::fromStdString(topology::toClockAndDay(m_comparison->after.finishedAt))));
  if (!same)
    refresh();
}

void ChangesPane::setTheme(const Theme& theme) {
  m_theme = theme;
  refresh();
}

void ChangesPane::refresh() {
  m_shown = m_comparison ? m_comparison->changes : std::vector<topology::Change>{};
  m_list->clear();
  for (const auto& change : m_shown)
    m_list->addItem(new QListWidgetItem(iconOf(change, m_theme), QString::fromStdString(change.text)));
  m_list->setVisible(!m_shown.empty());
  m_empty->setVisible(m_shown.empty());
  m_empty->setText(m_comparison ? tr("Nothing changed: both sides say the same.")
                                : tr("Changes are told once both sides are known."));
  if (!m_comparison)
    m_when->clear();
}

} // namespace whichbase::ui
