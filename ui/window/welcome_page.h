// The first start: paste a few connection strings and get a verdict, open a project, or watch the demo incident.
#pragma once

#include "model/pasted_servers.h"
#include "style/theme.h"

#include <QWidget>

class QCheckBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace whichbase::ui {

class PasteField;

class WelcomePage : public QWidget {
  Q_OBJECT
public:
  explicit WelcomePage(QWidget* parent = nullptr);
  void setTheme(const Theme& theme);
  void setRecent(const QStringList& files);
  void setDemo(bool available, bool starting); // the demo's button; greyed while it starts
  void focusField();

Q_SIGNALS:
  void openRequested();
  void recentRequested(const QString& file);
  void newRequested();
  void demoRequested();
  void importRequested();
  void sshRequested(const QString& host); // as typed after ssh
  void probeRequested(const whichbase::project::Project& project, const std::map<std::string, std::string>& secrets);

private:
  QWidget* makePasteCard();
  QWidget* makeSshCard();
  QWidget* makeImportCard();
  QWidget* makeStartRow();
  void add(const QString& text);
  void refreshList();
  void probe();

  std::vector<PastedServer> m_pasted;
  Theme m_theme = Theme::light();
  PasteField* m_field;
  QLabel* m_problem;
  QVBoxLayout* m_list;
  QCheckBox* m_here;
  QPushButton* m_probe;
  QLineEdit* m_host;
  QPushButton* m_demo;
  QVBoxLayout* m_recent;
};

} // namespace whichbase::ui
