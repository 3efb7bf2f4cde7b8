// Menus and tool bar: every entry works, and is greyed while it cannot.
#include "window/live_chip.h"
#include "window/main_window.h"
#include "window/shortcut_sheet.h"
#include "window/tool_bar_room.h"
#include "window/workspace.h"

#include <QAction>
#include <QActionGroup>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>
#include <QToolBar>

#include <array>
#include <utility>

namespace whichbase::ui {

namespace {

template <class Receiver, class Slot>
QAction* add(QMenu* menu, const QString& text, const QKeySequence& shortcut, Receiver* receiver, Slot slot) {
  auto* action = menu->addAction(text);
  action->setShortcut(shortcut);
  QObject::connect(action, &QAction::triggered, receiver, slot);
  return action;
}

} // namespace

void MainWindow::makeMenus() {
  makeFileMenu();
  makeEditMenu();
  makeViewMenu();
  makeProbeMenu();
  makeVerifyMenu();
  makeReplayMenu();
  makeHelpMenu();
}

void MainWindow::makeFileMenu() {
  auto* menu = menuBar()->addMenu(tr("&File"));
  add(menu, tr("&New project…"), QKeySequence::New, this, [this] { editProject(true); });
  add(menu, tr("&Open…"), QKeySequence::Open, this, [this] { chooseProject(); });
  m_recentMenu = menu->addMenu(tr("Open &recent"));
  menu->addSeparator();
  add(menu, tr("Add from ss&h…"), QKeySequence(tr("Ctrl+Shift+H")), this, [this] { addFromSsh({}); });
  add(menu, tr("&Import…"), QKeySequence(tr("Ctrl+I")), this, [this] { chooseImport(); });
  menu->addSeparator();
  add(menu, tr("&Compare recordings…"), QKeySequence(tr("Ctrl+Shift+O")), this, [this] { chooseRecordings(); });
  menu->addSeparator();
  m_saveAction = add(menu, tr("&Save"), QKeySequence::Save, this, [this] { chooseSaveFile(); });
  m_saveAsAction = add(menu, tr("Save &as…"), QKeySequence(tr("Ctrl+Shift+S")), this, [this] { chooseSaveFile(); });
  menu->addSeparator();
  m_reportAction = add(menu, tr("&Report…"), QKeySequence(tr("Ctrl+Shift+E")), this, &MainWindow::showReport);
  menu->addSeparator();
  add(menu, tr("&Quit"), QKeySequence(tr("Ctrl+Q")), this, [this] { close(); });
  refreshRecentMenu();
}

void MainWindow::makeEditMenu() {
  auto* menu = menuBar()->addMenu(tr("&Edit"));
  auto* undo = m_document.undoStack().createUndoAction(this, tr("&Undo"));
  undo->setShortcut(QKeySequence::Undo);
  auto* redo = m_document.undoStack().createRedoAction(this, tr("&Redo"));
  redo->setShortcut(QKeySequence::Redo);
  menu->addAction(undo);
  menu->addAction(redo);
  menu->addSeparator();
  m_editAction = add(menu, tr("&Edit project…"), QKeySequence(tr("Ctrl+E")), this, [this] { editProject(false); });
  m_summaryAction =
      add(menu, tr("&Copy summary as text"), QKeySequence(tr("Ctrl+Shift+C")), this, [this] { copySummary(); });
  makeCopyActions(menu);
  menu->addSeparator();
  m_findAction = add(menu, tr("&Find a server or database"), QKeySequence::Find, this, [this] {
    m_find->setFocus();
    m_find->selectAll();
  });
  menu->addSeparator();
  add(menu, tr("&Preferences…"), QKeySequence(tr("Ctrl+,")), this, [this] { showPreferences(); });
}

void MainWindow::makeViewMenu() {
  auto* menu = menuBar()->addMenu(tr("&View"));
  auto* zoomIn = add(menu, tr("Zoom &in"), QKeySequence(tr("Ctrl++")), m_workspace, &Workspace::zoomIn);
  zoomIn->setShortcuts({QKeySequence(tr("Ctrl++")), QKeySequence(tr("Ctrl+="))});
  add(menu, tr("Zoom &out"), QKeySequence(tr("Ctrl+-")), m_workspace, &Workspace::zoomOut);
  add(menu, tr("&Actual size"), QKeySequence(tr("Ctrl+0")), m_workspace, &Workspace::actualSize);
  add(menu, tr("&Fit to window"), QKeySequence(tr("Ctrl+9")), m_workspace, &Workspace::fit);
  menu->addSeparator();
  m_sideActions = new QActionGroup(this);
  const std::array sides = {std::pair(ShownSides::before, tr("&Before alone")),
                            std::pair(ShownSides::after, tr("Aft&er alone")),
                            std::pair(ShownSides::both, tr("B&oth sides"))};
  for (std::size_t i = 0; i < sides.size(); ++i) {
    auto* action = add(menu, sides[i].second, QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)), this,
                       [this, side = sides[i].first] { showSides(side); });
    action->setCheckable(true);
    action->setData(static_cast<int>(sides[i].first));
    m_sideActions->addAction(action);
  }
  menu->addSeparator();
  const QStringList tabs = {tr("Show f&indings"), tr("Show &details"), tr("Show &connections"), tr("Show &matrix"),
                            tr("Show &table")};
  for (int i = 0; i < tabs.size(); ++i)
    add(menu, tabs[i], QKeySequence(QStringLiteral("Alt+%1").arg(i + 1)), this, [this, i] { m_workspace->showTab(i); });
  m_chartAction = menu->addAction(tr("Users &per database"));
  m_chartAction->setCheckable(true);
  m_chartAction->setToolTip(tr("Shows the chart where there is no before side; with one it is always there."));
  if (const auto chosen = m_settings->value(QStringLiteral("view/chart")); chosen.isValid())
    m_workspace->chooseBottom(chosen.toBool());
  connect(m_chartAction, &QAction::triggered, this, [this](bool shown) {
    m_settings->setValue(QStringLiteral("view/chart"), shown);
    m_workspace->chooseBottom(shown);
  });
  menu->addSeparator();
  m_presentationAction = add(menu, tr("&Present"), QKeySequence(Qt::Key_F5), this, &MainWindow::startPresentation);
  auto* full = add(menu, tr("F&ull screen"), QKeySequence(Qt::Key_F11), this,
                   [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
  full->setShortcutContext(Qt::ApplicationShortcut);
}

void MainWindow::makeProbeMenu() {
  auto* menu = menuBar()->addMenu(tr("&Probe"));
  m_probeAction = add(menu, tr("&Probe now"), QKeySequence(tr("Ctrl+Return")), &m_document, &Document::probe);
  m_cancelAction = add(menu, tr("&Cancel the sweep"), QKeySequence(Qt::Key_Escape), &m_document, &Document::cancel);
  m_liveMenu = menu->addMenu(tr("&Live"));
  for (const int seconds : LiveChip::intervals) {
    const std::chrono::seconds interval(seconds);
    auto* action =
        m_liveMenu->addAction(seconds == 0 ? tr("&Off") : tr("Every %1").arg(LiveChip::intervalText(interval)));
    connect(action, &QAction::triggered, &m_document, [this, interval] { m_document.setInterval(interval); });
  }
  // Off at first; switched on, it takes the interval that was chosen last for this project, else the preferred one.
  auto* toggle = add(menu, tr("Live on or o&ff"), QKeySequence(tr("Ctrl+L")), this, &MainWindow::toggleLive);
  toggle->setObjectName(QStringLiteral("toggleLive"));
  connect(&m_document, &Document::intervalChanged, this, [this] {
    if (const auto interval = m_document.interval(); interval.count() > 0 && m_demo.state() == DemoPlayer::State::off)
      m_liveInterval = interval;
  });
  m_pauseAction = add(menu, tr("Pa&use"), QKeySequence(tr("Ctrl+Shift+P")), &m_document,
                      [this] { m_document.setPaused(!m_document.paused()); });
  m_stepAction = add(menu, tr("&Step: look once"), QKeySequence(tr("Ctrl+Shift+Return")), &m_document, &Document::step);
  m_notifyAction = menu->addAction(tr("&Notify me when the verdict changes"));
  m_notifyAction->setObjectName(QStringLiteral("notifyMe"));
  m_notifyAction->setCheckable(true);
  m_notifyAction->setChecked(m_settings->value(QStringLiteral("live/notify"), false).toBool());
  connect(m_notifyAction, &QAction::toggled, this,
          [this](bool wanted) { m_settings->setValue(QStringLiteral("live/notify"), wanted); });
  menu->addSeparator();
  m_keepAction = add(menu, tr("&Keep as Before"), QKeySequence(tr("Ctrl+K")), &m_document, &Document::keepAsBefore);
  auto* fingerprint = menu->addAction(tr("&Fingerprint the users when keeping"));
  fingerprint->setObjectName(QStringLiteral("fingerprintUsers"));
  fingerprint->setToolTip(tr("Hashes of their keys prove later whether they are all in another database"));
  fingerprint->setCheckable(true);
  connect(fingerprint, &QAction::toggled, this, [this](bool wanted) {
    m_settings->setValue(QStringLiteral("keep/fingerprint"), wanted);
    m_document.setFingerprinting(wanted);
  });
  fingerprint->setChecked(m_settings->value(QStringLiteral("keep/fingerprint"), false).toBool());
  m_actTwoAction = add(menu, tr("Demo: play act &two"), {}, &m_demo, &DemoPlayer::playActTwo);
}

void MainWindow::makeHelpMenu() {
  auto* menu = menuBar()->addMenu(tr("&Help"));
  m_demoAction = add(menu, tr("Play the &demo incident"), {}, this, &MainWindow::playDemo);
  m_demoAction->setVisible(m_demo.available());
  add(menu, tr("&Keyboard shortcuts"), QKeySequence(Qt::Key_F1), this, [this] { showShortcuts(*this); });
  add(menu, tr("&About Whichbase"), {}, this, [this] { showAbout(); });
}

void MainWindow::makeToolBar() {
  auto* bar = addToolBar(tr("Tools"));
  bar->setObjectName(QStringLiteral("tools"));
  bar->setMovable(false);
  bar->setFloatable(false);
  bar->setIconSize(QSize(16, 16)); // no button is higher than those without an icon
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  setContextMenuPolicy(Qt::NoContextMenu);
  const auto button = [&](const QString& text, const QString& tip, auto slot) {
    auto* action = bar->addAction(text);
    action->setToolTip(tip);
    connect(action, &QAction::triggered, this, slot);
    return action;
  };
  button(tr("Open"), tr("Open a project (Ctrl+O)"), [this] { chooseProject(); });
  // The same actions as in the menus, under shorter names, greyed together with them.
  m_probeAction->setIconText(tr("Probe now"));
  m_keepAction->setIconText(tr("Keep as Before"));
  m_actTwoAction->setIconText(tr("Demo: play act two"));
  bar->addAction(m_probeAction);
  bar->addAction(m_keepAction);
  auto* compare = button(tr("Compare…"), tr("Compare two recorded snapshots, without any database"),
                         [this] { chooseRecordings(); });
  addVerifyButtons(bar);
  addReportButton(bar);
  addPresentButton(bar);
  bar->addAction(m_actTwoAction);
  auto* stretch = new QWidget(bar);
  stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  bar->addWidget(stretch);
  m_find = new QLineEdit(bar);
  m_find->setPlaceholderText(tr("Find a server or database Ctrl+F"));
  m_find->setAccessibleName(tr("Find a server or database"));
  m_find->setClearButtonEnabled(true);
  m_find->setMinimumWidth(130); // rather a short field than none
  m_find->setMaximumWidth(250);
  bar->addWidget(m_find);
  new ToolBarRoom(bar, {compare});
  connect(m_find, &QLineEdit::textChanged, this, &MainWindow::find);
  auto* leave = new QShortcut(QKeySequence(Qt::Key_Escape), m_find, nullptr, nullptr, Qt::WidgetShortcut);
  connect(leave, &QShortcut::activated, this, [this] {
    m_find->clear();
    m_workspace->setFocus();
  });
}

void MainWindow::refreshActions() {
  const auto& project = m_document.project();
  const bool running = m_controller.running();
  const bool canProbe = project && !project->servers.empty();
  m_probeAction->setEnabled(canProbe); // also while a live sweep runs: greying it every few seconds would flicker
  m_cancelAction->setEnabled(running && !m_document.replay().active()); // Escape then leaves the replay
  m_pauseAction->setEnabled(m_document.interval().count() > 0);
  m_pauseAction->setText(m_document.paused() ? tr("Res&ume") : tr("Pa&use"));
  m_stepAction->setEnabled(m_document.interval().count() > 0);
  const QString offline = m_document.isHistory() ? tr("This is a history: open its project to do that.") : QString();
  for (auto* action : {m_probeAction, m_keepAction, m_editAction})
    action->setToolTip(offline.isEmpty() ? action->iconText() : offline);
  m_keepAction->setEnabled(m_document.canKeepAsBefore());
  m_liveMenu->setEnabled(canProbe);
  m_saveAction->setEnabled(project && m_document.file().isEmpty());
  m_saveAsAction->setEnabled(project.has_value());
  m_editAction->setEnabled(project.has_value());
  m_summaryAction->setEnabled(!m_document.view().empty());
  m_findAction->setEnabled(m_document.isOpen());
  m_find->setEnabled(m_document.isOpen());
  m_chartAction->setChecked(m_workspace->bottomShown());
  m_chartAction->setEnabled(m_document.isOpen() && !m_document.view().hasBefore);
  for (auto* action : m_sideActions->actions())
    action->setChecked(action->data().toInt() == static_cast<int>(m_workspace->shownSides()));
  m_sideActions->setEnabled(m_document.view().hasBefore);
  const auto demo = m_demo.state();
  m_actTwoAction->setVisible(demo == DemoPlayer::State::actOne || demo == DemoPlayer::State::changing);
  m_actTwoAction->setEnabled(demo == DemoPlayer::State::actOne);
  m_demoAction->setEnabled(demo == DemoPlayer::State::off || demo == DemoPlayer::State::actTwo);
  refreshVerifyActions();
  refreshReportActions();
  refreshPresentation();
}

void MainWindow::refreshRecentMenu() {
  m_recentMenu->clear();
  for (const auto& file : recentFiles()) {
    auto* action = m_recentMenu->addAction(QFileInfo(file).fileName());
    action->setToolTip(file);
    connect(action, &QAction::triggered, this, [this, file] { open(file); });
  }
  m_recentMenu->setToolTipsVisible(true);
  m_recentMenu->setEnabled(!m_recentMenu->isEmpty());
}

} // namespace whichbase::ui
