// Servers that are found rather than typed: imported from files, or looked for on a computer that ssh reaches.
#include "model/moved_project.h"
#include "model/pasted_servers.h"
#include "window/import_dialog.h"
#include "window/main_window.h"
#include "window/message_bar.h"
#include "window/ssh_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace whichbase::ui {

void MainWindow::chooseImport() {
  auto* dialog = new QFileDialog(this, tr("Choose a folder to look for configuration in"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setLabelText(QFileDialog::Accept, tr("Look here"));
  if (!m_document.file().isEmpty())
    dialog->setDirectory(QFileInfo(m_document.file()).absolutePath());
  connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::importFrom);
  dialog->open();
}

void MainWindow::importFrom(const QStringList& paths) {
  auto* dialog = new ImportDialog(paths, m_document.folder(), m_document.project().has_value(), this);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    const auto chosen = dialog->chosen();
    const auto title = QDir(QFile::decodeName(dialog->folder().c_str())).dirName().toStdString();
    // Without a file of its own yet, a project has absolute paths; saving it tells them from its place.
    if (dialog->add()) {
      const auto found = movedProject(imports::projectOf(chosen, {}), dialog->folder(), m_document.folder());
      addToOpen(found.servers);
    } else {
      leaving([this, project = movedProject(imports::projectOf(chosen, title), dialog->folder(), {})] {
        m_document.adopt(project, {}, {}, false);
        chooseSaveFile();
      });
    }
  });
  dialog->open();
}

void MainWindow::addToOpen(std::vector<project::Server> servers) {
  auto known = m_document.project()->servers;
  for (auto& server : servers) {
    server.name = uniqueName(server.name, known);
    known.push_back(server);
  }
  m_document.addServers(std::move(servers), false);
}

void MainWindow::addFromSsh(const QString& host) {
  auto* dialog = new SshDialog(host, m_document.project().has_value(), this);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    project::Project project;
    if (dialog->add())
      project = *m_document.project();
    else
      project.title = dialog->title();
    const auto before = static_cast<std::ptrdiff_t>(project.servers.size());
    const auto notes = imports::addServers(project, dialog->chosen());
    const auto probe = [this, notes, routes = dialog->routes()] {
      m_document.useRoutes(routes); // logged in already
      m_document.probe();
      QStringList lines;
      for (const auto& note : notes)
        lines << QString::fromStdString(note);
      if (!lines.isEmpty())
        m_messages->show(QStringLiteral("added"), Sign::unknown, lines.join(QLatin1Char(' ')));
    };
    if (dialog->add()) {
      m_document.addServers({project.servers.begin() + before, project.servers.end()}, true);
      probe();
    } else {
      leaving([this, project, probe] {
        m_document.adopt(project, {}, {});
        probe();
      });
    }
  });
  dialog->open();
}

} // namespace whichbase::ui
