#include "window/matrix_panel.h"

#include "report/text.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QVBoxLayout>

namespace whichbase::ui {

namespace {

enum SideTab { beforeTab, afterTab };

} // namespace

MatrixPanel::MatrixPanel(QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(5, 4, 5, 4);
  layout->setSpacing(2);
  m_sides = new QTabBar(this);
  m_sides->addTab(tr("Before"));
  m_sides->addTab(tr("After"));
  m_sides->setCurrentIndex(afterTab);
  m_sides->setDrawBase(false);
  m_sides->setExpanding(false);
  m_sides->setAccessibleName(tr("Side"));
  m_table = new MatrixTable(this);
  setFocusProxy(m_table);
  m_words = new QLabel(this);
  m_words->setWordWrap(true);
  m_words->setTextFormat(Qt::PlainText);
  m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_words->setFont(textFont(12.5));
  m_words->setProperty("caption", true);
  m_words->setContentsMargins(8, 6, 8, 4);
  m_words->setAccessibleName(tr("About the selected cell"));
  m_copy = new QPushButton(tr("Copy as text"), this);
  m_copy->setFlat(true);
  m_copy->setProperty("flat", true);
  layout->addWidget(m_sides);
  layout->addWidget(m_table, 100);
  layout->addWidget(m_words);
  layout->addWidget(m_copy, 0, Qt::AlignLeft);
  layout->addStretch(1); // where there is no table
  connect(m_sides, &QTabBar::currentChanged, this, &MatrixPanel::showSide);
  connect(m_table, &MatrixTable::selected, this, &MatrixPanel::selected);
  connect(m_table, &MatrixTable::described, this, &MatrixPanel::describe);
  connect(m_table, &MatrixTable::copyWanted, this, &MatrixPanel::copy);
  connect(m_copy, &QPushButton::clicked, this, &MatrixPanel::copy);
  showSide();
}

void MatrixPanel::setView(const View& view) {
  m_view = view;
  m_sides->setVisible(view.before && view.after);
  m_copy->setVisible(!view.empty());
  showSide();
}

// The chosen one where both are known, else the one that is.
void MatrixPanel::showSide() {
  const bool before = !m_view.after || (m_view.before && m_sides->currentIndex() == beforeTab);
  m_table->setAccessibleName(before ? tr("Servers against databases, before") : tr("Servers against databases"));
  m_table->setSnapshot(before ? m_view.before : m_view.after);
  m_table->select(m_selection);
  m_table->setVisible(m_table->model()->columnCount() > 0);
  describe(m_table->description());
}

void MatrixPanel::setSelection(const Selection& selection) {
  m_selection = selection;
  m_table->select(selection);
}

void MatrixPanel::setTheme(const Theme& theme) {
  m_table->setTheme(theme);
}

// Without a selected cell: what the marks mean.
void MatrixPanel::describe(const QString& text) {
  if (!text.isEmpty())
    m_words->setText(text);
  else if (m_view.empty())
    m_words->setText(tr("Nothing was probed yet."));
  else if (m_table->model()->columnCount() == 0)
    m_words->setText(tr("No database was reached."));
  else
    m_words->setText(tr("Reached: the probe followed the configuration from where the server stands, and ended there. "
                        "Sessions are the server's own; “!” marks those where it is not configured. Select a cell for "
                        "more."));
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
