#include "window/beside_chart.h"

#include "window/history_pane.h"
#include "window/notes_pane.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace whichbase::ui {

BesideChart::BesideChart(QWidget* parent) : QFrame(parent) {
  setProperty("pane", true);
  setMinimumSize(330, 150);
  m_tabs = new QTabBar(this);
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  m_tabs->setUsesScrollButtons(false);
  m_tabs->setElideMode(Qt::ElideNone);
  m_tabs->setFont(textFont(13.5, QFont::DemiBold)); // as wide as it gets when chosen
  m_tabs->setAccessibleName(tr("Below the diagrams"));
  m_headers = new QStackedWidget(this);
  m_headers->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Maximum);
  m_pages = new QStackedWidget(this);
  m_history = new HistoryPane(m_pages);
  m_notes = new NotesPane(m_pages);
  m_pages->addWidget(m_history);
  m_pages->addWidget(m_notes);
  m_headers->addWidget(m_history->header());
  m_headers->addWidget(m_notes->header());
  m_tabs->addTab(tr("History"));
  m_tabs->addTab(m_notes->title());
  auto* header = new QHBoxLayout;
  header->setContentsMargins(0, 0, 0, 0);
  header->setSpacing(8);
  header->addWidget(m_tabs, 0, Qt::AlignBottom);
  header->addWidget(m_headers, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(9, 2, 10, 4);
  layout->setSpacing(0);
  layout->addLayout(header);
  layout->addWidget(m_pages, 1);
  connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
  connect(m_tabs, &QTabBar::currentChanged, m_headers, &QStackedWidget::setCurrentIndex);
  connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int tab) { m_chosen = m_chosen || tab >= 0; });
  connect(m_notes, &NotesPane::titleChanged, this, [this](const QString& title) { m_tabs->setTabText(1, title); });
  connect(m_history, &HistoryPane::emptyChanged, this, &BesideChart::refreshTab);
  refreshTab();
}

void BesideChart::showHistory() {
  m_tabs->setCurrentIndex(0);
}

std::optional<int> BesideChart::currentTab() const {
  return m_chosen ? std::optional(m_tabs->currentIndex()) : std::nullopt;
}

void BesideChart::choose(int tab) {
  if (tab < 0 || tab >= m_tabs->count())
    return;
  m_chosen = true;
  m_tabs->setCurrentIndex(tab);
}

void BesideChart::refreshTab() {
  if (!m_chosen)
    m_tabs->setCurrentIndex(m_history->isEmpty() ? 1 : 0);
}

} // namespace whichbase::ui
