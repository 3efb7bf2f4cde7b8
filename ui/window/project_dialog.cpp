#include "window/project_dialog.h"

#include "import/from.h"
#include "model/pasted_servers.h"
#include "route/via.h"
#include "style/theme.h"
#include "window/form_parts.h"
#include "window/paste_field.h"
#include "window/server_form.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace whichbase::ui {

ProjectDialog::ProjectDialog(const project::Project& project, TestSurroundings surroundings, QWidget* parent)
    : QDialog(parent), m_project(project), m_folder(surroundings.folder), m_test(std::move(surroundings)) {
  setWindowTitle(project.servers.empty() ? tr("New project") : tr("Edit project"));
  resize(QSize(980, 740).boundedTo(screen()->availableSize() - QSize(20, 50)));
  auto* layout = new QVBoxLayout(this);
  addTitles(layout);
  auto* columns = new QHBoxLayout;
  columns->addWidget(makeLeft(), 2);
  columns->addWidget(makeRight(), 4);
  layout->addLayout(columns, 1);
  addEnd(layout);
  connect(&m_test, &ConnectionTest::told, this, [this](const QString& text) {
    if (m_testedRow == m_row)
      m_form->setResult(m_testedSide, text);
  });
  for (const auto& server : m_project.servers)
    m_list->addItem(QString::fromStdString(server.name));
  m_form->setEnabled(false);
  if (m_list->count() > 0)
    m_list->setCurrentRow(0);
}

void ProjectDialog::addTitles(QVBoxLayout* layout) {
  auto* form = new QFormLayout;
  m_title = new QLineEdit(QString::fromStdString(m_project.title), this);
  m_symptom = new QLineEdit(QString::fromStdString(m_project.symptom), this);
  m_symptom->setPlaceholderText(tr("what people said: \"Where are my 22 users?!\""));
  m_users = new QLineEdit(QString::fromStdString(m_project.users), this);
  m_users->setFont(monoFont(12.5));
  m_users->setPlaceholderText(tr("looked for: users, \"User\", accounts, …"));
  form->addRow(tr("&Title"), m_title);
  form->addRow(tr("&Symptom"), m_symptom);
  form->addRow(tr("Table of &users"), m_users);
  layout->addLayout(form);
}

void ProjectDialog::addEnd(QVBoxLayout* layout) {
  m_problemLabel = problemLabel(this);
  m_problemLabel->hide();
  layout->addWidget(m_problemLabel);
  m_keepPasswords =
      new QCheckBox(tr("Write the passwords typed here into the project file (anybody who reads it has them)"), this);
  layout->addWidget(m_keepPasswords);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &ProjectDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QWidget* ProjectDialog::makeLeft() {
  auto* left = new QWidget(this);
  auto* layout = new QVBoxLayout(left);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* caption = new QLabel(tr("Paste a connection string or a whole .env text to add servers:"), left);
  caption->setWordWrap(true);
  caption->setProperty("caption", true);
  m_paste = new PasteField(left);
  m_list = new QListWidget(left);
  m_list->setAccessibleName(tr("Servers"));
  auto* row = new QHBoxLayout;
  auto* add = new QPushButton(tr("Add server"), left);
  m_remove = new QPushButton(tr("Remove"), left);
  m_remove->setEnabled(false);
  add->setAutoDefault(false);
  m_remove->setAutoDefault(false);
  row->addWidget(add);
  row->addWidget(m_remove);
  row->addStretch(1);
  layout->addWidget(caption);
  layout->addWidget(m_paste);
  layout->addWidget(m_list, 1);
  layout->addLayout(row);
  connect(m_paste, &PasteField::entered, this, &ProjectDialog::paste);
  connect(m_list, &QListWidget::currentRowChanged, this, &ProjectDialog::select);
  connect(add, &QPushButton::clicked, this, [this] {
    takeForm();
    project::Server server;
    server.name = uniqueName(tr("Server 1").toStdString(), m_project.servers);
    addServer(server);
  });
  connect(m_remove, &QPushButton::clicked, this, &ProjectDialog::removeServer);
  return left;
}

QWidget* ProjectDialog::makeRight() {
  auto* scroll = new QScrollArea(this);
  scroll->setFocusPolicy(Qt::NoFocus); // what is in it has the keyboard, and is scrolled to
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_form = new ServerForm(scroll);
  m_form->setObjectName(QStringLiteral("content"));
  m_form->setFolder(m_folder);
  scroll->setWidget(m_form);
  connect(m_form, &ServerForm::edited, this, &ProjectDialog::takeForm);
  connect(m_form, &ServerForm::testRequested, this, &ProjectDialog::test);
  return scroll;
}

void ProjectDialog::paste(const QString& text) {
  takeForm();
  auto pasted = readPasted(text, m_project.servers);
  m_problemLabel->setText(pasted.problem);
  m_problemLabel->setVisible(!pasted.problem.isEmpty());
  for (const auto& server : pasted.servers) {
    for (const auto& [name, value] : server.secrets)
      m_secrets[name] = value;
    addServer(server.server);
  }
  if (!pasted.servers.empty())
    m_paste->clear();
}

void ProjectDialog::addServer(const project::Server& server) {
  m_project.servers.push_back(server);
  m_list->addItem(QString::fromStdString(server.name));
  m_list->setCurrentRow(m_list->count() - 1);
}

void ProjectDialog::select(int row) {
  m_row = row;
  m_form->setEnabled(row >= 0);
  m_remove->setEnabled(row >= 0);
  m_form->setServer(row >= 0 ? m_project.servers[static_cast<std::size_t>(row)] : project::Server{});
}

void ProjectDialog::takeForm() {
  if (m_row < 0)
    return;
  for (const auto& [name, value] : m_form->secrets())
    m_secrets[name] = value;
  auto& server = m_project.servers[static_cast<std::size_t>(m_row)];
  server = m_form->server();
  m_list->item(m_row)->setText(QString::fromStdString(server.name));
}

void ProjectDialog::removeServer() {
  const int row = m_row;
  if (row < 0)
    return;
  m_row = -1;
  m_project.servers.erase(m_project.servers.begin() + row);
  const QSignalBlocker quiet(m_list);
  delete m_list->takeItem(row);
  select(m_list->currentRow());
}

void ProjectDialog::test(topology::Side side) {
  takeForm();
  if (m_row < 0)
    return;
  m_testedRow = m_row;
  m_testedSide = side;
  m_test.start(m_project.servers[static_cast<std::size_t>(m_row)], side, m_users->text().trimmed().toStdString(),
               m_secrets);
}

void ProjectDialog::writePasswordsInto(project::Project& project) const {
  const auto lookup = [this](const std::string& name) -> std::optional<std::string> {
    const auto typed = m_secrets.find(name);
    return typed == m_secrets.end() ? std::nullopt : std::optional(typed->second);
  };
  for (auto& server : project.servers)
    for (auto* spec : {&server.present, &server.before})
      if (*spec) // one with a ${NAME} that was not typed here fails, and stays as it is
        if (auto url = project::substitute((*spec)->url, lookup))
          (*spec)->url = *url;
}

QString ProjectDialog::problem() const {
  for (const auto& server : m_project.servers)
    for (const auto& spec : {server.present, server.before}) {
      if (!spec)
        continue;
      const auto via = route::parseVia(spec->via);
      const auto from = imports::parseFrom(spec->from);
      const auto& text = !via ? via.error() : !spec->from.empty() && !from ? from.error() : std::string();
      if (!text.empty())
        return QStringLiteral("%1: %2").arg(QString::fromStdString(server.name), QString::fromStdString(text));
    }
  const auto back = project::parse(project::toToml(m_project), "project");
  return back ? QString() : QString::fromStdString(back.error().text);
}

void ProjectDialog::accept() {
  takeForm();
  m_project.title = m_title->text().trimmed().toStdString();
  m_project.symptom = m_symptom->text().trimmed().toStdString();
  m_project.users = m_users->text().trimmed().toStdString();
  if (m_keepPasswords->isChecked())
    writePasswordsInto(m_project);
  if (const QString text = problem(); !text.isEmpty()) {
    m_problemLabel->setText(text);
    m_problemLabel->show();
    return;
  }
  QDialog::accept();
}

} // namespace whichbase::ui
