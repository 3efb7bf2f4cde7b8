// What the window asks for: files, projects; and what it copies. No dialog blocks the window.
#include "connection/connection_string.h"
#include "report/text.h"
#include "window/about_dialog.h"
#include "window/main_window.h"
#include "window/message_bar.h"
#include "window/project_dialog.h"
#include "window/recordings_dialog.h"
#include "window/workspace.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QStatusBar>

namespace whichbase::ui {

void MainWindow::chooseProject() {
  auto* dialog = new QFileDialog(this, tr("Open a project or a history"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Projects and histories (*.whichbase.toml *.toml *.whichbase)"),
                          tr("Whichbase projects (*.whichbase.toml *.toml)"), tr("Recorded histories (*.whichbase)"),
                          tr("All files (*)")});
  if (!m_document.file().isEmpty())
    dialog->setDirectory(QFileInfo(m_document.file()).absolutePath());
  connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::open);
  dialog->open();
}

void MainWindow::chooseRecordings() {
  auto* dialog = new RecordingsDialog(this);
  connect(dialog, &RecordingsDialog::chosen, this, &MainWindow::openRecordings);
  dialog->open();
}

void MainWindow::chooseSaveFile(std::function<void()> then) {
  auto* dialog = new QFileDialog(this, tr("Save the project"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(tr("Whichbase projects (*.whichbase.toml)"));
  dialog->setDefaultSuffix(QStringLiteral("whichbase.toml"));
  connect(dialog, &QFileDialog::fileSelected, this, [this, then = std::move(then)](const QString& file) {
    m_document.saveAs(file);
    remember(m_document.file());
    if (then)
      then();
  });
  dialog->open();
}

void MainWindow::editProject(bool fresh) {
  const auto& open = m_document.project();
  if (!fresh && !open)
    return;
  // A project from elsewhere must not get our secrets by way of a test.
  TestSurroundings surroundings;
  if (!fresh) {
    surroundings.secret = [this](const std::string& name) { return m_document.secretIfTrusted(name); };
    surroundings.folder = m_document.folder();
    surroundings.keychain = m_document.keptPasswords().lookup();
    surroundings.typed = m_document.typedPasswords();
    if (!m_document.trusted())
      surroundings.untrusted = *open;
  }
  auto* dialog = new ProjectDialog(fresh ? project::Project{} : *open, std::move(surroundings), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, fresh, edited = open] {
    if (!fresh && m_document.project() != edited) {
      m_messages->show(QStringLiteral("save"), Sign::warning,
                       tr("The project was changed elsewhere while you edited it: your edits are not in it."),
                       {{tr("Use mine instead"), [this, project = dialog->project(), secrets = dialog->secrets()] {
                           m_document.edit(project, secrets);
                           m_messages->clear(QStringLiteral("save"));
                         }}});
      return;
    }
    if (!fresh) {
      m_document.edit(dialog->project(), dialog->secrets());
      return;
    }
    leaving([this, project = dialog->project(), secrets = dialog->secrets()] {
      m_document.adopt(project, {}, secrets);
      chooseSaveFile();
    });
  });
  dialog->open();
}

void MainWindow::showAbout() {
  (new AboutDialog(this))->open();
}

void MainWindow::copyConnection(const CopyRequest& request) {
  const auto& view = m_document.view();
  const auto& side = request.side == topology::Side::before ? view.before : view.after;
  const auto* server = side ? side->server(request.server.toStdString()) : nullptr;
  const QString configured = m_document.configuredUrl(request.server, request.side);
  if (!request.safe) {
    QApplication::clipboard()->setText(server ? QString::fromStdString(server->connection.text)
                                              : QString::fromStdString(connection::mask(configured.toStdString())));
    statusBar()->showMessage(tr("Copied as written, the password masked"), 4000);
    return;
  }
  const auto url = project::substitute(configured.toStdString(),
                                       [this](const std::string& name) { return m_document.secretIfTrusted(name); });
  const auto parsed = url ? connection::parse(*url) : connection::ParseResult{};
  if (parsed.value && !configured.isEmpty()) {
    auto* copied = new QMimeData;
    copied->setText(QString::fromStdString(connection::safeUrl(*parsed.value, false)));
    copied->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret")); // kept out of histories
    QApplication::clipboard()->setMimeData(copied);
    const bool password = !connection::valueOf(parsed.value->parameters, "password").empty();
    statusBar()->showMessage(password ? tr("Copied the URL that every driver reads alike, with its password")
                                      : tr("Copied the URL that every driver reads alike"),
                             4000);
    return;
  }
  const auto masked = connection::parse(configured.toStdString());
  QString text = server ? QString::fromStdString(server->connection.safeUrl.empty() ? server->connection.text
                                                                                    : server->connection.safeUrl)
                        : QString::fromStdString(masked.value ? connection::safeUrl(*masked.value, true)
                                                              : connection::mask(configured.toStdString()));
  QApplication::clipboard()->setText(text);
  statusBar()->showMessage(tr("Copied; the password is not known here and stays masked"), 4000);
}

void MainWindow::copySummary() {
  const auto& view = m_document.view();
  const auto* snapshot = present(view);
  if (!snapshot)
    return;
  const auto text = view.comparison ? report::toText(*view.comparison, {}) : report::toText(*snapshot, {});
  QApplication::clipboard()->setText(QString::fromStdString(text));
  statusBar()->showMessage(tr("Summary copied"), 4000);
}

} // namespace whichbase::ui
