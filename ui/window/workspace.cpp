#include "window/workspace.h"

#include "model/user_counts.h"
#include "style/locale_text.h"
#include "window/beside_chart.h"
#include "window/chart_pane.h"
#include "window/connections_panel.h"
#include "window/details_panel.h"
#include "window/findings_panel.h"
#include "window/history_pane.h"
#include "window/live_chip.h"
#include "window/matrix_panel.h"
#include "window/notes_pane.h"
#include "window/side_pane.h"
#include "window/table_panel.h"

#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace whichbase::ui {

namespace {

// A side of more servers takes the whole height by itself.
constexpr std::size_t largestSmallSide = 8;

QSplitter* makeSplitter(Qt::Orientation orientation, QWidget* parent) {
  auto* splitter = new QSplitter(orientation, parent);
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(9);
  return splitter;
}

} // namespace

Workspace::Workspace(QWidget* parent) : QWidget(parent) {
  m_rows = makeSplitter(Qt::Vertical, this);
  m_top = makeSplitter(Qt::Horizontal, m_rows);
  m_bottom = makeSplitter(Qt::Horizontal, m_rows);
  m_before = new SidePane(m_top);
  m_after = new SidePane(m_top);
  m_before->setObjectName(QStringLiteral("before"));
  m_after->setObjectName(QStringLiteral("after"));
  m_after->liveChip()->show();
  auto* right = new QFrame(m_top);
  right->setProperty("pane", true);
  right->setMinimumWidth(262);
  auto* rightLayout = new QVBoxLayout(right);
  rightLayout->setContentsMargins(1, 3, 1, 3);
  m_tabs = new QTabWidget(right);
  m_tabs->setDocumentMode(true);
  m_tabs->setFocusPolicy(Qt::NoFocus); // its bar has the keyboard
  m_tabs->setUsesScrollButtons(false);
  m_tabs->tabBar()->setExpanding(false);
  m_tabs->tabBar()->setDrawBase(false);
  // Five tabs beside each other where the window is narrow, too.
  m_tabs->setStyleSheet(QStringLiteral("QTabBar::tab { margin: 0 3px; padding-left: 1px; padding-right: 1px; }"));
  m_tabs->addTab(m_findings = new FindingsPanel(m_tabs), tr("Findings"));
  m_tabs->addTab(m_details = new DetailsPanel(m_tabs), tr("Details"));
  m_tabs->addTab(m_connections = new ConnectionsPanel(m_tabs), tr("Connections"));
  m_tabs->addTab(m_matrix = new MatrixPanel(m_tabs), tr("Matrix"));
  m_tabs->addTab(m_table = new TablePanel(m_tabs), tr("Table"));
  rightLayout->addWidget(m_tabs);
  m_chart = new ChartPane(m_bottom);
  m_beside = new BesideChart(m_bottom);
  m_top->setStretchFactor(0, 1);
  m_top->setStretchFactor(1, 1);
  m_top->setStretchFactor(2, 0);
  m_bottom->setStretchFactor(0, 1);
  m_bottom->setStretchFactor(1, 2);
  m_top->setSizes({546, 546, 308});
  m_bottom->setSizes({470, 939});
  m_rows->setStretchFactor(0, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_rows);
  m_layoutTimer.setSingleShot(true);
  m_layoutTimer.setInterval(0);
  m_clock.start(std::chrono::seconds(1));
  connectPanes();
}

void Workspace::connectPanes() {
  connect(m_rows, &QSplitter::splitterMoved, this, [this] {
    m_sized = true;
    m_layoutTimer.start();
  });
  connect(&m_layoutTimer, &QTimer::timeout, this, &Workspace::layOutDiagrams);
  connect(&m_clock, &QTimer::timeout, this, &Workspace::refreshTimes);
  for (auto* pane : {m_before, m_after}) {
    auto* diagram = pane->diagram();
    connect(diagram, &DiagramView::selected, this, &Workspace::choose);
    connect(diagram, &DiagramView::activated, this, [this](const Selection& selection) {
      choose(selection);
      showTab(1);
    });
    connect(diagram, &DiagramView::widthChanged, this, [this] { m_layoutTimer.start(); });
    connect(diagram, &DiagramView::stackToggled, this, [this](const QString& key) {
      if (const auto box = key.toStdString(); m_unfolded.erase(box) == 0)
        m_unfolded.insert(box);
      m_layoutTimer.start();
    });
    connect(pane, &SidePane::emptyButtonClicked, this, &Workspace::probeRequested);
  }
  connect(m_after->liveChip(), &LiveChip::chosen, this, &Workspace::intervalChosen);
  connect(m_findings, &FindingsPanel::selected, this, &Workspace::choose);
  connect(m_findings, &FindingsPanel::copied, this, &Workspace::copied);
  connect(m_matrix, &MatrixPanel::selected, this, &Workspace::choose);
  connect(m_matrix, &MatrixPanel::copied, this, &Workspace::copied);
  connect(m_table, &TablePanel::selected, this, &Workspace::choose);
  connect(m_chart, &ChartPane::selected, this, &Workspace::choose);
  connect(m_beside->notes(), &NotesPane::selected, this, &Workspace::choose);
  connect(history(), &HistoryPane::selected, this, &Workspace::choose);
  connect(history(), &HistoryPane::emptyChanged, this, &Workspace::refreshPanes);
  connect(m_connections, &ConnectionsPanel::copyRequested, this, &Workspace::copyRequested);
  connect(m_connections, &ConnectionsPanel::forgetRequested, this, &Workspace::forgetRequested);
}

HistoryPane* Workspace::history() const {
  return m_beside->history();
}

void Workspace::showHistory() {
  m_beside->showHistory();
}

void Workspace::choose(const Selection& selection) {
  setSelection(selection);
  Q_EMIT selected(selection);
}

void Workspace::setSelection(const Selection& selection) {
  m_selection = selection;
  m_before->diagram()->setSelection(selection);
  m_after->diagram()->setSelection(selection);
  m_findings->setSelection(selection);
  m_details->setSelection(selection);
  m_connections->setSelection(selection);
  m_matrix->setSelection(selection);
  m_table->select(selection);
  m_chart->setSelection(selection);
  history()->setSelection(selection);
}

void Workspace::setView(const View& view, const project::Project* project) {
  m_view = view;
  m_hasProject = project != nullptr;
  QStringList names;
  if (project)
    for (const auto& server : project->servers)
      names << QString::fromStdString(server.name);
  m_serverCount = static_cast<std::size_t>(names.size());
  m_servers = names.mid(0, 6).join(QStringLiteral(", ")) + (names.size() > 6 ? QStringLiteral(", …") : QString());
  m_findings->setView(view);
  m_details->setView(view);
  m_connections->setRows(connectionRows(view, project), view.hasBefore);
  m_matrix->setView(view);
  m_table->setView(view);
  m_chart->setView(view);
  m_beside->notes()->setView(view);
  refreshPanes();
  layOutDiagrams();
}

void Workspace::refreshPanes() {
  m_before->setVisible(showsBefore());
  m_after->setVisible(showsAfter());
  m_before->setSideName(tr("BEFORE"));
  m_after->setSideName(m_view.hasBefore ? tr("AFTER") : tr("NOW"));
  m_after->liveChip()->setVisible(m_hasProject && !m_view.replayedAt);
  m_bottom->setVisible(bottomShown());
  const QString configured = m_serverCount == 1
                                 ? tr("One server is configured: %1.").arg(m_servers)
                                 : tr("%L1 servers are configured: %2.").arg(m_serverCount).arg(m_servers);
  for (auto* pane : {m_before, m_after}) {
    const auto& snapshot = pane == m_before ? m_view.before : m_view.after;
    if (snapshot)
      pane->setSnapshot(*snapshot, pane == m_after ? m_view.stale : QString());
    else if (!m_hasProject)
      pane->setEmpty(tr("No recording on this side"), tr("Choose one with Compare…"), {});
    else if (m_probing)
      pane->setEmpty(tr("Probing…"), configured, {});
    else if (m_serverCount == 0)
      pane->setEmpty(tr("No server yet"), tr("Add servers with Edit › Edit project…"), {});
    else
      pane->setEmpty(tr("Not probed yet"),
                     configured + QLatin1Char('\n') + tr("Opening a project connects to nothing."),
                     pane == m_after ? tr("Probe now") : QString());
  }
  refreshTimes();
}

void Workspace::refreshTimes() {
  const auto when = [](const topology::Snapshot& snapshot, const QString& how) {
    return how.arg(QString::fromStdString(topology::toClockAndDay(snapshot.finishedAt)));
  };
  const auto asOf = [](topology::UtcTime at) {
    return tr("AS OF %1").arg(QString::fromStdString(topology::toClockAndDay(at)));
  };
  if (const auto at = m_view.beforeAt ? m_view.beforeAt : m_view.replayedAt; at && m_view.before)
    m_before->setReplayed(asOf(*at));
  else
    m_before->setReplayed({});
  m_after->setReplayed(m_view.replayedAt ? asOf(*m_view.replayedAt) : QString());
  if (m_view.before)
    m_before->setWhen(when(*m_view.before, m_view.beforeRecorded ? tr("recorded %1") : tr("probed %1")),
                      localTime(m_view.before->finishedAt));
  else
    m_before->setWhen({});
  if (!m_view.after)
    m_after->setWhen({});
  else if (m_view.afterRecorded)
    m_after->setWhen(when(*m_view.after, m_hasProject ? tr("last recording, %1") : tr("recorded %1")),
                     localTime(m_view.after->finishedAt));
  else if (topology::now() - m_view.after->finishedAt > std::chrono::hours(24))
    m_after->setWhen(when(*m_view.after, tr("probed %1")), localTime(m_view.after->finishedAt));
  else
    m_after->setWhen(ageText(m_view.after->finishedAt, topology::now()),
                     tr("Probed %1").arg(localTime(m_view.after->finishedAt)));
}

void Workspace::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (!m_sized) // until somebody drags the line between them
    m_rows->setSizes({height() - height() * 27 / 100, height() * 27 / 100});
  m_layoutTimer.start();
}

void Workspace::setTheme(const Theme& theme) {
  const bool otherWords = theme.environments != m_theme.environments;
  m_theme = theme;
  m_before->setTheme(theme);
  m_after->setTheme(theme);
  m_findings->setTheme(theme);
  m_details->setTheme(theme);
  m_connections->setTheme(theme);
  m_matrix->setTheme(theme);
  m_table->setTheme(theme);
  m_chart->setTheme(theme);
  m_beside->notes()->setTheme(theme);
  history()->setTheme(theme);
  if (otherWords)
    layOutDiagrams();
}

LiveChip* Workspace::liveChip() const {
  return m_after->liveChip();
}

void Workspace::setReplayedAt(topology::UtcTime at) {
  m_view.replayedAt = at;
  refreshTimes();
}

void Workspace::setInterval(std::chrono::seconds interval) {
  m_after->liveChip()->setInterval(interval);
}

void Workspace::setProgress(bool probing, int done, int total) {
  m_after->setProgress(done, probing ? std::max(total, -1) : 0);
  if (probing == m_probing)
    return;
  m_probing = probing;
  refreshPanes();
}

void Workspace::setHighlight(const QString& text) {
  m_before->diagram()->setHighlight(text);
  m_after->diagram()->setHighlight(text);
}

void Workspace::setAnimated(bool animated) {
  m_before->diagram()->setAnimated(animated);
  m_after->diagram()->setAnimated(animated);
}

void Workspace::chooseBottom(std::optional<bool> shown) {
  m_bottomChoice = shown;
  refreshPanes();
}

bool Workspace::bottomShown() const {
  if (m_view.hasBefore)
    return true;
  const bool small = m_view.after && m_view.after->servers.size() <= largestSmallSide;
  const bool replayable = !m_hasProject && !history()->isEmpty(); // a recorded incident alone
  return m_bottomChoice.value_or(replayable || (small && !userBars(m_view).empty()));
}

void Workspace::setDiagramActions(const QList<QAction*>& actions) {
  for (const auto* pane : {m_before, m_after}) {
    pane->diagram()->addActions(actions);
    pane->diagram()->setContextMenuPolicy(Qt::ActionsContextMenu);
  }
}

void Workspace::showTab(int index) {
  m_tabs->setCurrentIndex(index);
  m_tabs->currentWidget()->setFocus();
}

void Workspace::zoomIn() {
  m_before->diagram()->zoomIn();
  m_after->diagram()->zoomIn();
}

void Workspace::zoomOut() {
  m_before->diagram()->zoomOut();
  m_after->diagram()->zoomOut();
}

void Workspace::actualSize() {
  m_before->diagram()->actualSize();
  m_after->diagram()->actualSize();
}

void Workspace::fit() {
  m_before->diagram()->fit();
  m_after->diagram()->fit();
}

} // namespace whichbase::ui
