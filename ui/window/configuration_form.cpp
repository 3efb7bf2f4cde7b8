#include "window/configuration_form.h"

#include "import/from.h"
#include "model/moved_project.h"
#include "style/theme.h"
#include "window/form_parts.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace whichbase::ui {

namespace {

QString text(const std::string& plain) {
  return QString::fromStdString(plain);
}

std::string plain(const QLineEdit& field) {
  return field.text().trimmed().toStdString();
}

// Several paths as words.
QString pathWords(const std::vector<std::string>& paths) {
  return text(imports::toText({imports::From::Kind::compose, paths, {}, {}})).section(QLatin1Char(' '), 1);
}

// One path is one word, however it is spelled; quotes that somebody wrote are theirs.
std::string onePath(const std::string& path) {
  const bool quoted = path.find_first_of("'\"\\") != std::string::npos;
  return quoted || path.empty() ? path : imports::toText({imports::From::Kind::envFile, {path}, {}, {}}).substr(9);
}

} // namespace

ConfigurationForm::ConfigurationForm(const QString& accessibleName, const QString& placeholder, QWidget* parent)
    : QWidget(parent) {
  m_rows = new QFormLayout(this);
  m_rows->setContentsMargins(0, 0, 0, 0);
  m_kind = new QComboBox(this);
  m_kind->addItem(tr("here, as a connection string"), string);
  m_kind->addItem(tr("an .env file"), envFile);
  m_kind->addItem(tr("a Compose service"), compose);
  m_kind->addItem(tr("a Kubernetes workload"), kubernetes);
  m_kind->addItem(tr("pg_service.conf"), service);
  m_kind->addItem(tr("what a command prints"), command);
  m_kind->setAccessibleName(tr("Configured in"));
  m_url = monoField(this);
  m_url->setAccessibleName(accessibleName);
  m_url->setPlaceholderText(placeholder);
  m_path = monoField(this);
  m_name = monoField(this);
  m_command = monoField(this);
  m_command->setPlaceholderText(QStringLiteral("ssh prod docker exec backend printenv"));
  m_variable = monoField(this);
  m_variable->setPlaceholderText(tr("found by itself: DATABASE_URL, DB_HOST, …"));
  addRows();
  for (auto* field : {m_path, m_name, m_command})
    connect(field, &QLineEdit::textEdited, this, &ConfigurationForm::touched);
  connect(m_variable, &QLineEdit::textEdited, this, &ConfigurationForm::edited);
  connect(m_kind, &QComboBox::activated, this, &ConfigurationForm::touched);
  connect(m_kind, &QComboBox::currentIndexChanged, this, &ConfigurationForm::showKind);
  connect(m_url, &QLineEdit::textChanged, this, &ConfigurationForm::edited);
  showKind();
}

void ConfigurationForm::addRows() {
  m_pathRow = fieldWithBrowse(m_path);
  m_pathLabel = new QLabel(tr("File or folder"), this);
  m_pathLabel->setBuddy(m_path);
  m_nameLabel = new QLabel(this);
  m_nameLabel->setBuddy(m_name);
  m_explanation = captionLabel(this);
  m_problem = problemLabel(this);
  m_rows->addRow(tr("Configured in"), m_kind);
  m_rows->addRow(tr("String"), m_url);
  m_rows->addRow(m_pathLabel, m_pathRow);
  m_rows->addRow(m_nameLabel, m_name);
  m_rows->addRow(tr("Command"), m_command);
  m_rows->addRow(tr("Variable"), m_variable);
  m_rows->addRow(QString(), m_problem);
  m_rows->addRow(QString(), m_explanation);
}

QWidget* ConfigurationForm::fieldWithBrowse(QLineEdit* field) {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* button = new QPushButton(tr("Browse…"), row);
  button->setAutoDefault(false);
  layout->addWidget(field, 1);
  layout->addWidget(button);
  connect(button, &QPushButton::clicked, this, &ConfigurationForm::browse);
  return row;
}

ConfigurationForm::Kind ConfigurationForm::kind() const {
  return static_cast<Kind>(m_kind->currentData().toInt());
}

void ConfigurationForm::showKind() {
  const Kind now = kind();
  const bool paths = now == envFile || now == compose || now == kubernetes || now == service;
  m_rows->setRowVisible(m_url, now == string);
  m_rows->setRowVisible(m_pathRow, paths);
  m_rows->setRowVisible(m_name, now == compose || now == kubernetes || now == service);
  m_rows->setRowVisible(m_command, now == command);
  m_rows->setRowVisible(m_variable, now != string && now != service);
  m_pathLabel->setText(now == kubernetes ? tr("File or folder") : now == compose ? tr("Files") : tr("File"));
  m_nameLabel->setText(now == kubernetes ? tr("Workload") : now == compose ? tr("Service") : tr("Entry"));
  m_path->setPlaceholderText(now == compose      ? QStringLiteral("docker-compose.yml docker-compose.override.yml")
                             : now == kubernetes ? QStringLiteral("manifests/")
                             : now == service    ? tr("left out: ~/.pg_service.conf, then the system's")
                                                 : QStringLiteral("backend/.env"));
  m_name->setPlaceholderText(now == compose      ? QStringLiteral("backend")
                             : now == kubernetes ? QStringLiteral("deployment/backend")
                                                 : QStringLiteral("mydb"));
  const QString explanation =
      now == envFile      ? tr("Lines NAME=value. Read again at every probe.")
      : now == compose    ? tr("As Compose reads it, env_file, extends and .env included. Read again at every probe.")
      : now == kubernetes ? tr("env, envFrom, ConfigMaps and Secrets are followed. Read again at every probe.")
      : now == service    ? tr("What libpq programs get for service=NAME. Read again at every probe.")
      : now == command    ? tr("Prints lines NAME=value. Run at every probe, once you have agreed to it.")
                          : QString();
  m_explanation->setText(explanation);
  m_rows->setRowVisible(m_explanation, !explanation.isEmpty());
  showProblem(*m_rows, *m_problem, problem());
}

void ConfigurationForm::touched() {
  m_touched = true;
  showProblem(*m_rows, *m_problem, problem());
  Q_EMIT edited();
}

std::string ConfigurationForm::from() const {
  if (!m_touched)
    return m_written;
  if (isEmpty())
    return {};
  const auto join = [](std::string keyword, const std::string& first, const std::string& second) {
    if (!first.empty())
      keyword += ' ' + first;
    return second.empty() ? keyword : keyword + ' ' + second;
  };
  const std::string path = plain(*m_path);
  const std::string name = plain(*m_name);
  switch (kind()) {
  case string:
    return {};
  case envFile:
    return join("env-file", onePath(path), {});
  case compose: // several paths stand as words
    return join("compose", path, name);
  case kubernetes:
    return join("kubernetes", path, name);
  case service:
    return join("service", onePath(path), name);
  case command:
    return join("command", plain(*m_command), {});
  }
  return {};
}

bool ConfigurationForm::isEmpty() const {
  switch (kind()) {
  case string:
    return plain(*m_url).empty();
  case command:
    return plain(*m_command).empty();
  default:
    return plain(*m_path).empty() && plain(*m_name).empty();
  }
}

QString ConfigurationForm::problem() const {
  const auto written = from();
  if (written.empty())
    return {};
  const auto parsed = imports::parseFrom(written);
  return parsed ? QString() : text(parsed.error());
}

void ConfigurationForm::setSpec(const project::ConnectionSpec& spec) {
  m_written = spec.from;
  m_touched = false;
  m_url->setText(text(spec.url));
  m_url->setCursorPosition(0);
  m_variable->setText(text(spec.variable));
  for (auto* field : {m_path, m_name, m_command})
    field->clear();
  Kind now = string;
  if (const auto parsed = imports::parseFrom(spec.from); !spec.from.empty() && parsed) {
    now = static_cast<Kind>(static_cast<int>(parsed->kind) + envFile);
    m_name->setText(text(parsed->name));
    m_command->setText(text(parsed->command));
    const bool several = now == compose || now == kubernetes;
    m_path->setText(several ? pathWords(parsed->paths) : text(parsed->paths.empty() ? "" : parsed->paths.front()));
  } else if (!spec.from.empty()) { // to be mended where it stands
    const auto words = text(spec.from).section(QLatin1Char(' '), 1);
    now = spec.from.starts_with("env-file")     ? envFile
          : spec.from.starts_with("compose")    ? compose
          : spec.from.starts_with("kubernetes") ? kubernetes
          : spec.from.starts_with("service")    ? service
                                                : command;
    (now == command ? m_command : m_path)->setText(words);
  }
  m_kind->setCurrentIndex(m_kind->findData(now));
  showKind();
}

void ConfigurationForm::fill(project::ConnectionSpec& spec) const {
  spec.url = kind() == string ? plain(*m_url) : std::string();
  spec.from = kind() == string ? std::string() : from();
  spec.variable = spec.from.empty() || kind() == service ? std::string() : plain(*m_variable);
}

void ConfigurationForm::browse() {
  auto* dialog = new QFileDialog(this, tr("Choose where the configuration lives"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(kind() == compose ? QFileDialog::ExistingFiles : QFileDialog::ExistingFile);
  dialog->setFilter(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot | QDir::AllDirs); // .env is hidden
  if (kind() == kubernetes)
    dialog->setFileMode(QFileDialog::Directory); // of manifests; a single file can be typed
  if (!m_folder.empty())
    dialog->setDirectory(QFile::decodeName(m_folder.c_str()));
  connect(dialog, &QFileDialog::filesSelected, this, &ConfigurationForm::take);
  dialog->open();
}

void ConfigurationForm::take(const QStringList& files) {
  std::vector<std::string> paths;
  for (const auto& file : files)
    paths.push_back(pathFrom(m_folder, QFile::encodeName(file).toStdString()));
  if (paths.empty())
    return;
  const bool several = kind() == compose || kind() == kubernetes;
  m_path->setText(several ? pathWords(paths) : text(paths.front()));
  touched();
}

} // namespace whichbase::ui
