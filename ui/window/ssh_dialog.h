// "Add from ssh": looks around on a computer that ssh reaches, lists the containers and processes there that have a
// database configured, and hands on those that were ticked.
#pragma once

#include "import/survey.h"
#include "probe_controller.h"
#include "window/login_terminal.h"

#include <QDialog>

#include <expected>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTextBrowser;

namespace whichbase::ui {

class FoundServers;

class SshDialog : public QDialog {
  Q_OBJECT
public:
  // Starts looking at once where `host` is given. `canAdd` where a project is open.
  SshDialog(const QString& host, bool canAdd, QWidget* parent);
  ~SshDialog() override;

  std::vector<imports::Candidate> chosen() const;
  std::string title() const { return m_survey.host; } // for a new project
  bool add() const { return m_add; }                  // to the open project; else a new one is wanted
  // The connections that were made; a probe that follows need not log in again.
  std::shared_ptr<route::Routes> routes() const { return m_routes; }

private:
  struct Outcome {
    std::expected<imports::Survey, QString> survey;
    QString remedy;
    QString loginCommand;
  };
  QWidget* makeHostRow(const QString& host);
  void look();
  void stop();
  void onLooked(Outcome outcome);
  void showProblem(const QString& text, const QString& loginCommand);
  void setLooking(bool looking);
  void refreshButtons();
  void finish(bool add);

  bool m_add = false;
  bool m_looking = false;
  std::stop_source m_stop; // of the look that runs
  QString m_loginCommand;
  imports::Survey m_survey;
  ProbeController m_controller;
  std::shared_ptr<route::Routes> m_routes;
  LoginTerminal m_terminal;
  QLineEdit* m_host;
  QPushButton* m_look;
  QProgressBar* m_progress;
  QLabel* m_summary;
  QLabel* m_problem;
  QPushButton* m_login;
  FoundServers* m_servers;
  QTextBrowser* m_notes;
  QPushButton* m_create;
  QPushButton* m_addButton;
};

} // namespace whichbase::ui
