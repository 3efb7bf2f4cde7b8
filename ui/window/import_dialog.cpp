#include "window/import_dialog.h"

#include "model/visible_text.h"
#include "style/locale_text.h"
#include "style/theme.h"
#include "window/form_parts.h"
#include "window/found_servers.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QFileInfo>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace whichbase::ui {

namespace {

std::filesystem::path pathOf(const QString& file) {
  return QFile::encodeName(file).toStdString();
}

std::filesystem::path folderOf(const QStringList& paths) {
  const QFileInfo first(paths.value(0));
  return pathOf(first.isDir() ? first.absoluteFilePath() : first.absolutePath());
}

QString text(const std::string& plain) {
  return visibleText(plain);
}

} // namespace

ImportDialog::ImportDialog(const QStringList& paths, const std::filesystem::path& folder, bool canAdd, QWidget* parent)
    : QDialog(parent), m_folder(folder.empty() ? folderOf(paths) : folder) {
  setWindowTitle(tr("Import servers"));
  setAttribute(Qt::WA_DeleteOnClose);
  resize(QSize(900, 600).boundedTo(screen()->availableSize() - QSize(20, 50)));
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(8);
  m_summary = new QLabel(tr("Reading…"), this);
  m_summary->setFont(textFont(15, QFont::DemiBold));
  m_summary->setWordWrap(true);
  m_progress = new QProgressBar(this);
  m_progress->setRange(0, 0);
  m_progress->setTextVisible(false);
  m_servers = new FoundServers(this);
  m_problemsCaption = new QLabel(tr("What could not be followed"), this);
  m_problemsCaption->setFont(textFont(13, QFont::DemiBold));
  m_problems = new QTextBrowser(this);
  m_problems->setTabChangesFocus(true);
  m_problems->setAccessibleName(m_problemsCaption->text());
  m_problemsCaption->hide();
  m_problems->hide();
  layout->addWidget(m_summary);
  layout->addWidget(
      captionLabel(this, tr("Nothing is connected to. Passwords are not copied: the project says where to "
                            "read them, and they are read again at every probe.")));
  layout->addWidget(m_progress);
  layout->addWidget(m_servers, 3);
  layout->addWidget(m_problemsCaption);
  layout->addWidget(m_problems, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  m_create = buttons->addButton(tr("New project…"), QDialogButtonBox::ActionRole);
  m_addButton = buttons->addButton(tr("Add to the open project"), QDialogButtonBox::ActionRole);
  m_addButton->setVisible(canAdd);
  (canAdd ? m_addButton : m_create)->setDefault(true);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_create, &QPushButton::clicked, this, [this] { finish(false); });
  connect(m_addButton, &QPushButton::clicked, this, [this] { finish(true); });
  connect(m_servers, &FoundServers::tickedChanged, this, &ImportDialog::refreshButtons);
  refreshButtons();
  scan(paths);
}

void ImportDialog::scan(const QStringList& paths) {
  std::vector<std::filesystem::path> places;
  for (const auto& path : paths)
    places.push_back(pathOf(QFileInfo(path).absoluteFilePath()));
  // Closing the dialog ends it: the controller's threads are asked to stop with it.
  m_controller.run(
      [places, folder = m_folder](const std::stop_token& stop) { return imports::scan(places, folder, stop); },
      [this](imports::Scan scan) { show(std::move(scan)); });
}

void ImportDialog::show(imports::Scan scan) {
  m_scan = std::move(scan);
  m_progress->hide();
  std::vector<FoundServer> found;
  for (const auto& item : m_scan.items)
    found.push_back({text(item.server.name), {}, text(item.masked), text(item.origin), text(item.note)});
  m_servers->setServers(found);
  const auto count = m_scan.items.size();
  const QString files = counted("ImportDialog", "1 file", QT_TRANSLATE_N_NOOP("ImportDialog", "%Ln files"),
                                static_cast<std::int64_t>(m_scan.filesRead));
  m_summary->setText(count == 0 ? tr("No server with a database was found in %1").arg(files)
                                : tr("%1, in %2")
                                      .arg(counted("ImportDialog", "1 server with a database",
                                                   QT_TRANSLATE_N_NOOP("ImportDialog", "%Ln servers with a database"),
                                                   static_cast<std::int64_t>(count)),
                                           files));
  QStringList problems;
  for (const auto& problem : m_scan.problems)
    problems << text(problem);
  m_problems->setPlainText(problems.join(QLatin1Char('\n')));
  m_problemsCaption->setVisible(!problems.isEmpty());
  m_problems->setVisible(!problems.isEmpty());
  refreshButtons();
  if (count > 0)
    m_servers->setFocus();
}

std::vector<imports::Item> ImportDialog::chosen() const {
  std::vector<imports::Item> items;
  for (const auto row : m_servers->ticked())
    items.push_back(m_scan.items[row]);
  return items;
}

void ImportDialog::refreshButtons() {
  const bool any = !m_servers->ticked().empty();
  m_create->setEnabled(any);
  m_addButton->setEnabled(any);
}

void ImportDialog::finish(bool add) {
  m_add = add;
  accept();
}

} // namespace whichbase::ui
