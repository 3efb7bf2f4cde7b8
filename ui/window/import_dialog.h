// Servers found in configuration files: looked for off the GUI thread, shown before anything is made of them.
#pragma once

#include "import/scan.h"
#include "probe_controller.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QTextBrowser;

namespace whichbase::ui {

class FoundServers;

class ImportDialog : public QDialog {
  Q_OBJECT
public:
  // `folder` is the open project file's, where the paths in the servers will start; empty: where the first of `paths`
  // lies. `canAdd` where a project is open.
  ImportDialog(const QStringList& paths, const std::filesystem::path& folder, bool canAdd, QWidget* parent);

  // What was ticked. Paths in it start at folder().
  std::vector<imports::Item> chosen() const;
  const std::filesystem::path& folder() const { return m_folder; }
  bool add() const { return m_add; } // to the open project; else a new one is wanted

private:
  void scan(const QStringList& paths);
  void show(imports::Scan scan);
  void refreshButtons();
  void finish(bool add);

  std::filesystem::path m_folder;
  bool m_add = false;
  imports::Scan m_scan;
  ProbeController m_controller;
  QLabel* m_summary;
  QProgressBar* m_progress;
  FoundServers* m_servers;
  QLabel* m_problemsCaption;
  QTextBrowser* m_problems;
  QPushButton* m_create;
  QPushButton* m_addButton;
};

} // namespace whichbase::ui
