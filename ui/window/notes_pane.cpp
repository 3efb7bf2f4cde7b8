#include "window/notes_pane.h"

#include "style/marks.h"

#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

namespace whichbase::ui {

NotesPane::NotesPane(QWidget* parent) : QWidget(parent), m_title(tr("What changed")) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 6, 0, 4);
  m_when = new QLabel(this);
  m_when->setProperty("caption", true);
  m_when->setFont(textFont(12.5));
  m_when->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_list = new QListWidget(this);
  m_list->setWordWrap(true);
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setIconSize(QSize(14, 14));
  m_list->setFont(textFont(13));
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_list->setResizeMode(QListView::Adjust);
  m_empty = new QLabel(this);
  m_empty->setWordWrap(true);
  m_empty->setAlignment(Qt::AlignCenter);
  m_empty->setProperty("caption", true);
  layout->addWidget(m_list, 1);
  layout->addWidget(m_empty, 1);
  const auto choose = [this](QListWidgetItem* item) {
    const auto& note = m_notes[static_cast<std::size_t>(m_list->row(item))];
    if (note.about != Selection{})
      Q_EMIT selected(note.about);
  };
  connect(m_list, &QListWidget::itemClicked, this, choose);
  connect(m_list, &QListWidget::itemActivated, this, choose);
  refresh();
}

std::vector<NotesPane::Note> NotesPane::changesOf(const topology::Comparison& comparison) {
  std::vector<Note> notes;
  for (const auto& change : comparison.changes) {
    Note note{change.code == "finding-fixed" ? Mark::tick : Mark::arrow, change.text, {}};
    if (!change.subjects.empty()) {
      const auto& subject = change.subjects.front();
      const bool server = comparison.after.server(subject) || comparison.before.server(subject);
      (server ? note.about.server : note.about.database) = QString::fromStdString(subject);
    }
    notes.push_back(std::move(note));
  }
  return notes;
}

std::vector<NotesPane::Note> NotesPane::evidenceOf(const topology::Snapshot& snapshot) {
  std::vector<Note> notes;
  for (const auto& evidence : snapshot.evidence) {
    Note note{Mark::none, evidence.text, {}};
    if (!evidence.servers.empty())
      note.about.server = QString::fromStdString(evidence.servers.front());
    notes.push_back(std::move(note));
  }
  return notes;
}

void NotesPane::setView(const View& view) {
  std::vector<Note> notes;
  QString title = tr("What changed"), when, empty = tr("Changes are told once both sides are known.");
  if (view.comparison) {
    const auto& [before, after, changes, findings, fixed] = *view.comparison;
    notes = changesOf(*view.comparison);
    when = tr("between %1 and %2")
               .arg(QString::fromStdString(topology::toClockAndDay(before.finishedAt)),
                    QString::fromStdString(topology::toClockAndDay(after.finishedAt)));
    empty = tr("Nothing changed: both sides say the same.");
  } else if (!view.hasBefore) {
    title = tr("How this is known");
    empty = tr("No evidence ties servers together or apart here.");
    if (const auto* snapshot = present(view)) {
      notes = evidenceOf(*snapshot);
      when = tr("evidence of the running databases, not names or addresses");
    }
  }
  if (title != m_title) {
    m_title = title;
    Q_EMIT titleChanged(title);
  }
  m_list->setAccessibleName(title);
  m_when->setText(when);
  m_empty->setText(empty);
  if (notes == m_notes)
    return;
  m_notes = std::move(notes);
  refresh();
}

QWidget* NotesPane::header() const {
  return m_when;
}

void NotesPane::setTheme(const Theme& theme) {
  m_theme = theme;
  refresh();
}

// A tick for what was mended; an arrow for what is only different now.
QIcon NotesPane::iconOf(Mark mark, const Theme& theme) {
  if (mark == Mark::none)
    return {};
  if (mark == Mark::tick)
    return signIcon(topology::Sign::good, theme);
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

void NotesPane::refresh() {
  m_list->clear();
  for (const auto& note : m_notes)
    m_list->addItem(new QListWidgetItem(iconOf(note.mark, m_theme), QString::fromStdString(note.text)));
  m_list->setVisible(!m_notes.empty());
  m_empty->setVisible(m_notes.empty());
}

} // namespace whichbase::ui
