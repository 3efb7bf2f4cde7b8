#include "window/matrix_panel.h"

#include "report/text.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

MatrixPanel::MatrixPanel(QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(5, 4, 5, 4);
  layout->setSpacing(2);
  m_before = makeSide(tr("BEFORE"));
  m_after = makeSide(tr("AFTER"));
  layout->addStretch(1);
  m_words = new QLabel(this);
  m_words->setWordWrap(true);
  m_words->setTextFormat(Qt::PlainText);
  m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_words->setFont(textFont(12.5));
  m_words->setProperty("caption", true);
  m_words->setContentsMargins(10, 4, 8, 4);
  m_words->setAccessibleName(tr("About the selected cell"));
  m_copy = new QPushButton(tr("Copy as text"), this);
  m_copy->setFlat(true);
  m_copy->setProperty("flat", true);
  layout->addWidget(m_words);
  layout->addWidget(m_copy, 0, Qt::AlignLeft);
  connect(m_copy, &QPushButton::clicked, this, &MatrixPanel::copy);
  describe({});
}

MatrixPanel::Side MatrixPanel::makeSide(const QString& name) {
  Side side{new QLabel(name, this), new MatrixTable(this)};
  side.name->setFont(textFont(12, QFont::DemiBold));
  side.name->setProperty("sideName", true);
  side.name->setContentsMargins(10, 6, 0, 0);
  side.table->setAccessibleName(tr("Servers against databases, %1").arg(name.toLower()));
  layout()->addWidget(side.name);
  layout()->addWidget(side.table);
  connect(side.table, &MatrixTable::selected, this, &MatrixPanel::selected);
  connect(side.table, &MatrixTable::copyWanted, this, &MatrixPanel::copy);
  connect(side.table, &MatrixTable::described, this, [this, table = side.table](const QString& text) {
    if (table->hasFocus() || !text.isEmpty())
      describe(text);
  });
  return side;
}

void MatrixPanel::setView(const View& view) {
  m_view = view;
  m_before.table->setSnapshot(view.before);
  m_after.table->setSnapshot(view.after);
  m_after.name->setText(view.hasBefore ? tr("AFTER") : tr("NOW"));
  for (const auto& [side, snapshot] : {std::pair(m_before, view.before), std::pair(m_after, view.after)}) {
    const bool shown = snapshot && !snapshot->servers.empty();
    side.table->setVisible(shown && !snapshot->databases.empty());
    side.name->setVisible(shown && view.hasBefore);
  }
  m_copy->setVisible(!view.empty());
  if (!m_before.table->currentIndex().isValid() && !m_after.table->currentIndex().isValid())
    describe({});
  shareHeight();
}

void MatrixPanel::setSelection(const Selection& selection) {
  m_before.table->select(selection);
  m_after.table->select(selection); // last: what is known now is what is told in words
  if (selection.server.isEmpty())
    describe({});
}

void MatrixPanel::setTheme(const Theme& theme) {
  m_before.table->setTheme(theme);
  m_after.table->setTheme(theme);
}

// Without a selected cell: what the marks mean.
void MatrixPanel::describe(const QString& text) {
  const bool any = !m_before.table->isHidden() || !m_after.table->isHidden();
  if (!text.isEmpty())
    m_words->setText(text);
  else if (!any)
    m_words->setText(m_view.empty() ? tr("Nothing was probed yet.") : tr("No database was reached."));
  else
    m_words->setText(tr("Reached: the probe followed the configuration from where the server stands and ended there. "
                        "Sessions: of the server itself, seen there. !: where it is not configured. Select a cell for "
                        "more."));
}

// Each table as high as it needs; where that is too much, the smaller one whole and the other one scrolls.
void MatrixPanel::shareHeight() {
  std::vector<MatrixTable*> tables;
  for (MatrixTable* table : {m_before.table, m_after.table})
    if (!table->isHidden())
      tables.push_back(table);
  std::ranges::sort(tables, {}, &MatrixTable::wantedHeight);
  int room = height() - 190; // names, words, button
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const int share = std::max(tables[i]->minimumHeight(), room / static_cast<int>(tables.size() - i));
    const int given = std::min(tables[i]->wantedHeight(), share);
    tables[i]->setFixedHeight(given);
    room -= given;
  }
}

void MatrixPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  shareHeight();
}

void MatrixPanel::copy() {
  std::vector<const topology::Snapshot*> sides;
  for (const auto& side : {m_view.before, m_view.after})
    if (side)
      sides.push_back(side.get());
  QApplication::clipboard()->setText(QString::fromStdString(report::matrixText(sides, {})));
  Q_EMIT copied(tr("Matrix copied"));
}

} // namespace whichbase::ui
