#include "window/main_window.h"

#include "window/drop_area.h"
#include "window/message_bar.h"
#include "window/welcome_page.h"
#include "window/workspace.h"

#include <QApplication>
#include <QCloseEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace whichbase::ui {

namespace {

QString historyTitle(const Document& document) {
  const auto& overview = document.replay().overview();
  return overview && !overview->title.empty() ? QString::fromStdString(overview->title)
                                              : QFileInfo(document.historyFile()).fileName();
}

QString keptFolder(const WindowOptions& options) {
  return !options.keptFolder.isEmpty()
             ? options.keptFolder
             : QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/recordings");
}

} // namespace

MainWindow::MainWindow(WindowOptions options)
    : m_options(std::move(options)),
      m_settings(m_options.settingsFile.isEmpty()
                     ? std::make_unique<QSettings>()
                     : std::make_unique<QSettings>(m_options.settingsFile, QSettings::IniFormat)),
      m_document(m_controller, keptFolder(m_options)), m_demo(m_controller, m_document, m_options.demo) {
  makeCentral();
  makeStatusBar();
  makeMenus();
  makeToolBar();
  m_document.setDropped(m_options.dropped);
  applyPreferences(readPreferences(*m_settings));
  connectDocument();
  connectAsks();
  connectHistory();
  connectDemo();
  applyTheme();
  qApp->installEventFilter(this);
  connect(new DropArea(*this), &DropArea::dropped, this, &MainWindow::openFiles);
  restoreState();
  refreshView();
  lookForLeftBehind();
  m_clock.start(std::chrono::seconds(1));
  connect(&m_clock, &QTimer::timeout, this, &MainWindow::refreshStatus);
}

MainWindow::~MainWindow() {
  m_document.disconnect(this);
  m_controller.disconnect(this);
}

void MainWindow::makeCentral() {
  auto* central = new QWidget(this);
  central->setObjectName(QStringLiteral("central"));
  auto* layout = new QVBoxLayout(central);
  layout->setContentsMargins(9, 9, 9, 9);
  layout->setSpacing(9);
  m_messages = new MessageBar(central);
  m_pages = new QStackedWidget(central);
  m_welcome = new WelcomePage(m_pages);
  m_workspace = new Workspace(m_pages);
  m_pages->addWidget(m_welcome);
  m_pages->addWidget(m_workspace);
  layout->addWidget(m_messages);
  layout->addWidget(m_pages, 1);
  setCentralWidget(central);
  m_welcome->setDemo(m_demo.available(), false);
  m_welcome->setRecent(recentFiles());
  connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::chooseProject);
  connect(m_welcome, &WelcomePage::newRequested, this, [this] { editProject(true); });
  connect(m_welcome, &WelcomePage::importRequested, this, &MainWindow::chooseImport);
  connect(m_welcome, &WelcomePage::sshRequested, this, &MainWindow::addFromSsh);
  connect(m_welcome, &WelcomePage::recentRequested, this, &MainWindow::open);
  connect(m_welcome, &WelcomePage::demoRequested, this, &MainWindow::playDemo);
  connect(m_welcome, &WelcomePage::probeRequested, this,
          [this](const project::Project& project, const Secrets& secrets) {
            m_document.adopt(project, {}, secrets);
            m_document.probe();
          });
  connect(m_workspace, &Workspace::probeRequested, &m_document, &Document::probe);
  connect(m_workspace, &Workspace::intervalChosen, &m_document, &Document::setInterval);
  connect(m_workspace, &Workspace::copyRequested, this, &MainWindow::copyConnection);
  connect(m_workspace, &Workspace::copied, this, [this](const QString& what) { statusBar()->showMessage(what, 4000); });
}

void MainWindow::makeStatusBar() {
  statusBar()->setSizeGripEnabled(false);
  m_reached = new QLabel(this);
  m_reached->setFont(textFont(12.5, QFont::Medium));
  m_activity = new QLabel(this);
  m_activity->setProperty("caption", true);
  m_fileName = new QLabel(this);
  m_fileName->setProperty("caption", true);
  for (auto* label : {m_activity, m_fileName})
    label->setFont(textFont(12.5));
  statusBar()->addWidget(m_reached);
  statusBar()->addWidget(m_activity, 1);
  statusBar()->addPermanentWidget(m_fileName);
}

void MainWindow::connectDocument() {
  const auto problem = [this](const QString& topic, Sign sign, const QString& text) {
    m_messages->show(topic, sign, text);
  };
  connect(&m_document, &Document::opened, this, [this] {
    for (const auto* topic : {"file", "history", "history-read", "history-damaged", "notice"})
      m_messages->clear(QLatin1String(topic));
    clearAsks();
    enterProject();
    m_find->clear();
    if (!m_stateFile.isEmpty())
      remember(m_stateFile);
    refreshView();
  });
  connect(&m_document, &Document::viewChanged, this, &MainWindow::refreshView);
  connect(&m_document, &Document::viewChanged, this, &MainWindow::restoreSelection);
  connect(&m_document, &Document::projectChanged, this, [this] {
    m_stateFile = stateFile(); // saved for the first time, or under another name
    refreshView();
  });
  connect(&m_document, &Document::problem, this, problem);
  connect(&m_document, &Document::problemGone, m_messages, &MessageBar::clear);
  connect(&m_document, &Document::noted, this, [this](const QString& text) { statusBar()->showMessage(text, 4000); });
  connect(&m_document, &Document::fileNeeded, this, [this] {
    m_messages->show(QStringLiteral("probe"), Sign::unknown,
                     tr("Save the project first: the recording is kept beside its file."),
                     {{tr("Save…"), [this] { chooseSaveFile([this] { m_document.keepAsBefore(); }); }}});
  });
  connect(&m_document, &Document::intervalChanged, this, [this] {
    m_workspace->setInterval(m_document.interval());
    refreshStatus();
  });
  connect(&m_controller, &ProbeController::runningChanged, this, [this](bool running) {
    m_done = 0;
    m_total = -1;
    m_workspace->setProgress(running, 0, -1);
    if (running)
      for (const auto* topic : {"probe", "trust", "keychain", "added"})
        m_messages->clear(QLatin1String(topic));
    refreshActions();
    refreshStatus();
  });
  connect(&m_controller, &ProbeController::progressed, this, [this](int done, int total) {
    m_done = done;
    m_total = total;
    m_workspace->setProgress(true, done, total);
    refreshStatus();
  });
}

void MainWindow::connectDemo() {
  connect(&m_demo, &DemoPlayer::failed, this,
          [this](const QString& text) { m_messages->show(QStringLiteral("demo"), Sign::bad, text); });
  connect(&m_demo, &DemoPlayer::stateChanged, this, [this] {
    const auto state = m_demo.state();
    m_welcome->setDemo(m_demo.available(), state == DemoPlayer::State::starting);
    if (state == DemoPlayer::State::starting)
      m_messages->show(QStringLiteral("demo"), Sign::none,
                       tr("Starting two throwaway PostgreSQL clusters on this computer. This takes a few seconds."));
    else if (state == DemoPlayer::State::changing)
      m_messages->show(QStringLiteral("demo"), Sign::none,
                       tr("Act two: tables and rows are copied, the servers move, the local container stops."));
    else
      m_messages->clear(QStringLiteral("demo"));
    refreshActions();
  });
}

void MainWindow::leaving(const std::function<void()>& proceed) {
  if (!m_document.project() || !m_document.file().isEmpty()) {
    proceed();
    return;
  }
  m_messages->show(QStringLiteral("unsaved"), Sign::warning, tr("The project that is open is not saved."),
                   {{tr("Save…"), [this, proceed] { chooseSaveFile(proceed); }}, {tr("Leave it"), proceed}});
}

void MainWindow::open(const QString& file) {
  m_closing = false;
  leaving([this, file] { m_document.open(file); });
}

void MainWindow::openRecordings(const QString& before, const QString& after) {
  leaving([this, before, after] { m_document.openRecordings(before, after); });
}

void MainWindow::playDemo() {
  leaving([this] { m_demo.start(); });
}

void MainWindow::refreshView() {
  if (const int page = m_document.isOpen() ? 1 : 0; page != m_pages->currentIndex()) {
    m_pages->setCurrentIndex(page);
    m_pages->currentWidget()->setFocus(); // not whatever stands first on it
  }
  if (m_document.isOpen())
    m_workspace->setView(m_document.view(), m_document.project() ? &*m_document.project() : nullptr);
  refreshTitle();
  refreshActions();
  refreshStatus();
}

void MainWindow::refreshTitle() {
  QString title;
  if (const auto& project = m_document.project(); project && !project->title.empty())
    title = QString::fromStdString(project->title);
  else if (!m_document.file().isEmpty())
    title = QFileInfo(m_document.file()).fileName();
  else if (m_document.isOpen())
    title = m_document.isHistory() ? historyTitle(m_document)
            : m_document.project() ? tr("Unsaved project")
                                   : tr("Recordings");
  setWindowTitle(title.isEmpty() ? QStringLiteral("Whichbase") : tr("%1 – Whichbase").arg(title));
}

void MainWindow::refreshStatus() {
  const auto* snapshot = present(m_document.view());
  const QString file = m_document.isHistory() ? m_document.historyFile() : m_document.file();
  m_fileName->setText(QFileInfo(file).fileName());
  m_fileName->setToolTip(file);
  if (!m_document.isOpen()) {
    m_reached->setText({});
    m_activity->setText({});
    return;
  }
  if (snapshot) {
    const auto reached = std::ranges::count_if(snapshot->servers, &topology::Server::reached);
    m_reached->setText(tr("%L1 of %L2 servers reached").arg(reached).arg(snapshot->servers.size()));
  } else {
    m_reached->setText(m_document.project() ? tr("Not probed yet") : QString());
  }
  QStringList parts;
  if (const auto at = m_document.replay().at()) {
    parts << tr("replaying %1").arg(QString::fromStdString(topology::toClockAndDay(*at))) << tr("Esc: back to now");
  } else if (m_controller.running()) {
    parts << (m_total > 0 ? tr("probing: %L1 of %L2 visited").arg(m_done).arg(m_total) : tr("probing"))
          << tr("Esc cancels");
  } else {
    if (snapshot && !m_document.view().afterRecorded) {
      const auto took = snapshot->finishedAt - snapshot->startedAt;
      parts << tr("%L1 ms").arg(std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
      parts << tr("read-only transactions");
    }
    parts << liveParts();
  }
  m_activity->setText(parts.join(QStringLiteral(" · ")));
}

void MainWindow::find(const QString& text) {
  m_workspace->setHighlight(text.trimmed());
  if (text.trimmed().isEmpty())
    return;
  const auto matches = [&](const std::string& name) {
    return QString::fromStdString(name).contains(text.trimmed(), Qt::CaseInsensitive);
  };
  const auto* snapshot = present(m_document.view());
  if (!snapshot)
    return;
  for (const auto& server : snapshot->servers)
    if (matches(server.name) || matches(server.address)) {
      m_workspace->setSelection({QString::fromStdString(server.name), {}});
      return;
    }
  for (const auto& database : snapshot->databases)
    if (matches(database.label) || matches(database.name) || matches(database.address)) {
      m_workspace->setSelection({{}, QString::fromStdString(database.id)});
      return;
    }
}

void MainWindow::applyTheme() {
  m_applyingTheme = true;
  const Theme look = theme();
  setPalette(look.toPalette());
  QApplication::setFont(textFont(13)); // of widgets with a style sheet of their own
  setFont(textFont(13));
  setStyleSheet(look.styleSheet());
  m_messages->setTheme(look);
  m_welcome->setTheme(look);
  m_workspace->setTheme(look);
  applyVerifyTheme(look);
  applyReportTheme(look);
  m_applyingTheme = false;
}

// Qt tells the application of a new system palette, and no window that has a palette of its own.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp && !m_applyingTheme)
    applyTheme();
  return QMainWindow::eventFilter(watched, event);
}

// Before that, a window manager's own first focus would take its place.
void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (!m_document.isOpen())
    m_welcome->focusField();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  // Asked once, on the message line: closing again closes. A sweep that hangs holds nobody here.
  const bool unsaved = m_document.project() && m_document.file().isEmpty();
  if (unsaved && !m_controller.running() && !std::exchange(m_closing, true)) {
    leaving([this] { close(); });
    event->ignore();
    return;
  }
  if (!mayCloseOverTestRow()) {
    event->ignore();
    return;
  }
  keepState();
  m_document.cancel(); // whatever hangs is left behind; nothing here waits for it
  event->accept();
}

QStringList MainWindow::recentFiles() const {
  return m_settings->value(QStringLiteral("recent")).toStringList();
}

void MainWindow::remember(const QString& file) {
  auto files = recentFiles();
  files.removeAll(file);
  files.prepend(file);
  m_settings->setValue(QStringLiteral("recent"), files.mid(0, 10));
  m_welcome->setRecent(recentFiles());
  refreshRecentMenu();
}

} // namespace whichbase::ui
