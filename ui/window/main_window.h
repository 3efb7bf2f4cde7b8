// The window: menus and tool bar, the message line, the welcome page or the workspace, and the status bar.
#pragma once

#include "model/preferences.h"
#include "verify/test_row.h"
#include "window/demo_hooks.h"
#include "window/demo_player.h"
#include "window/desktop_notice.h"
#include "window/document.h"
#include "window/login_terminal.h"
#include "window/project_states.h"

#include <QMainWindow>
#include <QPointer>
#include <QSettings>

#include <memory>
#include <optional>

class QActionGroup;
class QDialog;
class QLabel;
class QLineEdit;
class QMenu;
class QStackedWidget;
class QToolBar;

namespace whichbase::ui {

class CheckDialog;
class MessageBar;
class Presentation;
class ReportDialog;
class TestRowDialog;
class WelcomePage;
class Workspace;
enum class CopyAs;
struct CopyRequest;

struct WindowOptions {
  DemoHooks demo;
  Secrets dropped;      // variables that main() took out of the environment: ${PGPASSWORD} in a project still means one
  QString settingsFile; // empty: the user's own
  QString keptFolder;   // of kept recordings; empty: the application's data folder
  std::optional<bool> dark; // empty: as the system's palette says
  bool animated = true;
};

class MainWindow : public QMainWindow {
  Q_OBJECT
public:
  explicit MainWindow(WindowOptions options = {});
  ~MainWindow() override;

  void open(const QString& file);
  void openFiles(const QStringList& files); // whatever they are: opened, compared or looked through for servers
  void openRecordings(const QString& before, const QString& after);
  void playDemo();

  // A server by name, or a database by letter; false where there is none.
  bool select(const QString& name);
  void showSides(ShownSides sides);
  const Preferences& preferences() const { return m_preferences; }

  Document& document() { return m_document; }
  Workspace& workspace() { return *m_workspace; }
  MessageBar& messages() { return *m_messages; }
  WelcomePage& welcome() { return *m_welcome; }
  DemoPlayer& demo() { return m_demo; }

Q_SIGNALS:
  void filesRefused(const QString& why); // told on the message line too

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void showEvent(QShowEvent* event) override;

private:
  // main_window_actions.cpp
  void makeMenus();
  void makeFileMenu();
  void makeEditMenu();
  void makeViewMenu();
  void makeProbeMenu();
  void makeHelpMenu();
  void makeToolBar();
  void refreshActions();
  void refreshRecentMenu();

  // main_window_dialogs.cpp
  void chooseProject();
  void chooseRecordings();
  void chooseSaveFile(std::function<void()> then = {});
  void editProject(bool fresh);
  void showAbout();
  void copyConnection(const CopyRequest& request);
  void copySummary();

  // main_window_servers.cpp
  void chooseImport();
  void importFrom(const QStringList& paths);
  void addFromSsh(const QString& host);
  void addToOpen(std::vector<project::Server> servers);

  // main_window_history.cpp
  void makeReplayMenu();
  void connectHistory();
  void refreshHistory();
  void refreshReplay();
  void refreshLinks();
  QStringList liveParts() const; // of the status bar
  void notifyOfVerdict(const QString& text);

  // main_window_verify.cpp
  void makeVerifyMenu();
  void addVerifyButtons(QToolBar* bar);
  void refreshVerifyActions();
  void applyVerifyTheme(const Theme& look);
  void checkAgain();
  void writeTestRow(verify::TestRowPlace place);
  void onTestRowOver(const verify::TestRowResult& result);
  QString confirmation() const;
  void leaveVerification();
  bool mayCloseOverTestRow();
  void offerProof(); // at the end of the demo
  void lookForLeftBehind();
  void tellLeftBehind(const std::vector<verify::JournalEntry>& left);
  void removeLeftBehind();

  // main_window_looks.cpp
  void makeLookActions();
  void refreshLookActions();
  void showLook(QDialog* dialog);
  void compareDatabases();
  void askWhetherItCanStop();

  // main_window_present.cpp
  void addPresentButton(QToolBar* bar);
  void refreshPresentation();
  void startPresentation();

  // main_window_report.cpp
  void makeCopyActions(QMenu* menu); // also of the diagrams' context menu
  void addReportButton(QToolBar* bar);
  void refreshReportActions();
  void applyReportTheme(const Theme& look);
  void showReport();
  void copyReport(CopyAs as);

  // main_window_preferences.cpp
  void showPreferences();
  void applyPreferences(const Preferences& preferences);
  void toggleLive();
  Theme theme() const;

  // main_window_state.cpp
  void restoreState();
  void keepState();
  void keepProjectState();
  QString stateFile() const; // empty: nothing is kept of what is open
  void enterProject();
  void restoreSelection();

  // main_window_asks.cpp
  void connectAsks();
  void clearAsks();
  void askForAgreement(const project::Requests& requests);
  void askForSecrets(const QStringList& names);
  void typeSecrets(const QStringList& names);
  void askForPasswords(const std::vector<NeededPassword>& needs);
  void typePasswords(const std::vector<NeededPassword>& needs);
  void askForLogins(const std::vector<NeededLogin>& needs);

  // Another project takes the place of the open one: asks first where that would be lost.
  void leaving(const std::function<void()>& proceed);
  void makeCentral();
  void makeStatusBar();
  void connectDocument();
  void connectDemo();
  void applyTheme();
  void refreshView();
  void refreshTitle();
  void refreshStatus();
  void find(const QString& text);
  void remember(const QString& file); // in the recent files
  QStringList recentFiles() const;

  WindowOptions m_options;
  std::unique_ptr<QSettings> m_settings;
  Preferences m_preferences;
  QString m_stateFile;                                // what is open, where it is kept how it was left
  std::optional<std::chrono::seconds> m_liveInterval; // of this project, chosen in the window
  std::optional<Selection> m_selectionLeft;           // to be selected again
  ProbeController m_controller;
  Document m_document;
  DemoPlayer m_demo;
  LoginTerminal m_terminal;
  DesktopNotice m_notice;
  QPointer<QDialog> m_trustDialog;
  bool m_applyingTheme = false;
  QPointer<CheckDialog> m_checkDialog;
  QPointer<TestRowDialog> m_testRowDialog;
  QPointer<Presentation> m_presentation;
  QPointer<ReportDialog> m_reportDialog;
  quint64 m_copying = 0;         // the newest copy of the report
  bool m_closesAfterRow = false; // that is being deleted
  bool m_removalWanted = false;  // of what was left behind, after the next sweep
  bool m_proofOffered = false;
  bool m_closing = false;
  int m_done = 0, m_total = 0;

  MessageBar* m_messages = nullptr;
  QStackedWidget* m_pages = nullptr;
  WelcomePage* m_welcome = nullptr;
  Workspace* m_workspace = nullptr;
  QLineEdit* m_find = nullptr;
  QLabel* m_reached = nullptr;
  QLabel* m_activity = nullptr;
  QLabel* m_fileName = nullptr;
  QTimer m_clock;

  QMenu* m_recentMenu = nullptr;
  QAction* m_probeAction = nullptr;
  QAction* m_cancelAction = nullptr;
  QAction* m_keepAction = nullptr;
  QAction* m_actTwoAction = nullptr;
  QAction* m_saveAction = nullptr;
  QAction* m_saveAsAction = nullptr;
  QAction* m_editAction = nullptr;
  QAction* m_summaryAction = nullptr;
  QAction* m_chartAction = nullptr;
  QActionGroup* m_sideActions = nullptr;
  QAction* m_findAction = nullptr;
  QAction* m_demoAction = nullptr;
  QMenu* m_liveMenu = nullptr;
  QMenu* m_verifyMenu = nullptr;
  QAction* m_checkAction = nullptr;
  QAction* m_testRowAction = nullptr;
  QAction* m_compareAction = nullptr;
  QAction* m_canStopAction = nullptr;
  QAction* m_pauseAction = nullptr;
  QAction* m_stepAction = nullptr;
  QAction* m_notifyAction = nullptr;
  QAction* m_playAction = nullptr;
  QAction* m_previousAction = nullptr;
  QAction* m_nextAction = nullptr;
  QAction* m_asBeforeAction = nullptr;
  QAction* m_presentAction = nullptr;
  QAction* m_presentationAction = nullptr;
  QAction* m_reportAction = nullptr;
  QList<QAction*> m_copyActions; // of the report
};

} // namespace whichbase::ui
