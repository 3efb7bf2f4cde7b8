#include "window/server_form.h"

#include "window/connection_form.h"
#include "window/form_parts.h"

#include <QComboBox>
#include <QGridLayout>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QVBoxLayout>

namespace whichbase::ui {

namespace {

QString joined(const std::vector<std::string>& words) {
  QStringList list;
  for (const auto& word : words)
    list << QString::fromStdString(word);
  return list.join(QStringLiteral(", "));
}

std::vector<std::string> splitAtCommas(const QString& text) {
  std::vector<std::string> words;
  for (const auto& word : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
    if (const QString trimmed = word.trimmed(); !trimmed.isEmpty())
      words.push_back(trimmed.toStdString());
  return words;
}

} // namespace

ServerForm::ServerForm(QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  addFields();
  addConnections();
}

void ServerForm::addFields() {
  m_name = new QLineEdit(this);
  m_address = new QLineEdit(this);
  m_address->setPlaceholderText(tr("shown, never connected to"));
  m_environment = new QComboBox(this);
  m_environment->setEditable(true);
  m_environment->lineEdit()->setAccessibleName(tr("Environment, any word"));
  m_environment->addItems({QString(), QStringLiteral("production"), QStringLiteral("staging"),
                           QStringLiteral("development"), QStringLiteral("test")});
  m_environment->setItemData(0, tr("none"), Qt::AccessibleTextRole);
  m_role = new QComboBox(this);
  m_role->addItem(tr("not stated"), static_cast<int>(topology::Role::unstated));
  m_role->addItem(tr("writes"), static_cast<int>(topology::Role::writes));
  m_role->addItem(tr("reads"), static_cast<int>(topology::Role::reads));
  m_client = monoField(this);
  m_client->setPlaceholderText(tr("its address, or: 203.0.113.20, app:backend"));
  m_client->setToolTip(tr("What this server's own sessions look like in the database: addresses and app:NAME, with "
                          "commas between. Left out, its address is looked for."));
  auto* grid = new QGridLayout;
  const auto add = [&](int row, int column, const QString& text, QWidget* field, int span) {
    auto* label = new QLabel(text, this);
    label->setBuddy(field);
    grid->addWidget(label, row, column);
    grid->addWidget(field, row, column + 1, 1, span);
  };
  add(0, 0, tr("&Name"), m_name, 1);
  add(0, 2, tr("&Environment"), m_environment, 1);
  add(1, 0, tr("&Address"), m_address, 1);
  add(1, 2, tr("&Role"), m_role, 1);
  add(2, 0, tr("Sessions loo&k like"), m_client, 3);
  grid->setColumnStretch(1, 3);
  grid->setColumnStretch(3, 2);
  qobject_cast<QVBoxLayout*>(layout())->addLayout(grid);
  connect(m_name, &QLineEdit::textEdited, this, [this](const QString& name) {
    for (auto* form : m_connections)
      form->setServerName(name.trimmed().toStdString());
    Q_EMIT edited();
  });
  connect(m_address, &QLineEdit::textEdited, this, &ServerForm::edited);
  connect(m_environment, &QComboBox::currentTextChanged, this, &ServerForm::edited);
  connect(m_role, &QComboBox::currentIndexChanged, this, &ServerForm::edited);
  connect(m_client, &QLineEdit::textEdited, this, [this] {
    m_clientTouched = true;
    Q_EMIT edited();
  });
}

void ServerForm::addConnections() {
  m_tabs = new QTabWidget(this);
  for (const auto side : {topology::Side::after, topology::Side::before}) {
    auto* form = new ConnectionForm(side, m_tabs);
    m_connections[static_cast<std::size_t>(side)] = form;
    m_tabs->addTab(form, QString());
    connect(form, &ConnectionForm::edited, this, [this] {
      refreshTabs();
      Q_EMIT edited();
    });
    connect(form, &ConnectionForm::testRequested, this, [this, side] { Q_EMIT testRequested(side); });
  }
  refreshTabs();
  layout()->addWidget(m_tabs);
}

void ServerForm::refreshTabs() {
  m_tabs->setTabText(0, tr("Connection now"));
  m_tabs->setTabText(1, of(topology::Side::before).spec() ? tr("Connection before") : tr("Before: none"));
}

void ServerForm::setFolder(const std::filesystem::path& folder) {
  for (auto* form : m_connections)
    form->setFolder(folder);
}

void ServerForm::setServer(const project::Server& server) {
  m_server = server;
  m_clientTouched = false;
  const QSignalBlocker quiet(this);
  m_name->setText(QString::fromStdString(server.name));
  m_address->setText(QString::fromStdString(server.address));
  m_environment->setCurrentText(QString::fromStdString(server.environment));
  m_role->setCurrentIndex(m_role->findData(static_cast<int>(server.role)));
  m_client->setText(joined(server.client));
  of(topology::Side::after).setSpec(server.present, server.name);
  of(topology::Side::before).setSpec(server.before, server.name);
  refreshTabs();
}

project::Server ServerForm::server() const {
  project::Server server = m_server;
  server.name = m_name->text().trimmed().toStdString();
  server.address = m_address->text().trimmed().toStdString();
  server.environment = m_environment->currentText().trimmed().toStdString();
  server.role = static_cast<topology::Role>(m_role->currentData().toInt());
  if (m_clientTouched)
    server.client = splitAtCommas(m_client->text());
  server.present = of(topology::Side::after).spec();
  server.before = of(topology::Side::before).spec();
  return server;
}

std::map<std::string, std::string> ServerForm::secrets() const {
  auto secrets = of(topology::Side::after).secrets();
  secrets.insert(of(topology::Side::before).secrets().begin(), of(topology::Side::before).secrets().end());
  return secrets;
}

void ServerForm::setResult(topology::Side side, const QString& text) {
  of(side).setResult(text);
}

} // namespace whichbase::ui
