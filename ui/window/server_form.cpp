#include "window/server_form.h"

#include "model/pasted_servers.h"
#include "style/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace whichbase::ui {

ServerForm::ServerForm(QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* form = new QFormLayout;
  m_name = new QLineEdit(this);
  m_address = new QLineEdit(this);
  m_address->setPlaceholderText(tr("shown on its card, never connected to"));
  m_environment = new QComboBox(this);
  m_environment->setEditable(true);
  m_environment->addItems({QString(), QStringLiteral("production"), QStringLiteral("staging"),
                           QStringLiteral("development"), QStringLiteral("test")});
  m_role = new QComboBox(this);
  m_role->addItem(tr("not stated"), static_cast<int>(topology::Role::unstated));
  m_role->addItem(tr("writes"), static_cast<int>(topology::Role::writes));
  m_role->addItem(tr("reads"), static_cast<int>(topology::Role::reads));
  form->addRow(tr("&Name"), m_name);
  form->addRow(tr("&Address"), m_address);
  form->addRow(tr("&Environment"), m_environment);
  form->addRow(tr("&Role"), m_role);
  layout->addLayout(form);
  layout->addWidget(connectionBox(tr("Connection now"), topology::Side::after));
  layout->addWidget(connectionBox(tr("Connection before"), topology::Side::before));
  layout->addStretch(1);
  connect(m_name, &QLineEdit::textEdited, this, &ServerForm::edited);
  connect(m_address, &QLineEdit::textEdited, this, &ServerForm::edited);
  connect(m_environment, &QComboBox::currentTextChanged, this, &ServerForm::edited);
  connect(m_role, &QComboBox::currentIndexChanged, this, &ServerForm::edited);
}

QWidget* ServerForm::connectionBox(const QString& title, topology::Side side) {
  auto* box = new QGroupBox(title, this);
  auto* layout = new QVBoxLayout(box);
  auto& connection = of(side);
  connection.url = new QLineEdit(box);
  connection.url->setFont(monoFont(12.5));
  connection.url->setAccessibleName(title);
  connection.url->setPlaceholderText(side == topology::Side::before
                                         ? tr("only where it was another one")
                                         : QStringLiteral("postgresql://user:${PASSWORD}@host:5432/database"));
  connection.direct = new QCheckBox(tr("This computer sees the address as the server does"), box);
  connection.direct->setToolTip(tr("localhost and the like mean another machine on every server. Tick this only where "
                                   "this computer is that server, or reaches the same machine by that name."));
  connection.test = new QPushButton(tr("Test connection"), box);
  connection.result = new QLabel(box);
  connection.result->setWordWrap(true);
  connection.result->setTextFormat(Qt::PlainText);
  connection.result->setProperty("caption", true);
  auto* row = new QHBoxLayout;
  row->addWidget(connection.test, 0, Qt::AlignTop);
  row->addWidget(connection.result, 1);
  layout->addWidget(connection.url);
  layout->addWidget(connection.direct);
  layout->addLayout(row);
  connect(connection.url, &QLineEdit::textChanged, this, [this, side](const QString& text) {
    of(side).test->setEnabled(!text.trimmed().isEmpty());
    of(side).result->clear();
    Q_EMIT edited();
  });
  connect(connection.url, &QLineEdit::editingFinished, this, [this, side] { takePassword(side); });
  connect(connection.direct, &QCheckBox::toggled, this, &ServerForm::edited);
  connect(connection.test, &QPushButton::clicked, this, [this, side] {
    takePassword(side);
    Q_EMIT testRequested(side);
  });
  connection.test->setEnabled(false);
  return box;
}

void ServerForm::takePassword(topology::Side side) {
  auto& connection = of(side);
  const std::string url = connection.url->text().trimmed().toStdString();
  const auto variable = passwordVariable(m_name->text().toStdString(), side);
  const auto without = withoutPassword(url, variable, m_secrets);
  if (without == url)
    return;
  connection.url->setText(QString::fromStdString(without));
  connection.result->setText(
      tr("The password is kept for this run only, as ${%1}.").arg(QString::fromStdString(variable)));
}

void ServerForm::setServer(const project::Server& server) {
  m_server = server;
  m_secrets.clear();
  const QSignalBlocker quiet(this);
  m_name->setText(QString::fromStdString(server.name));
  m_address->setText(QString::fromStdString(server.address));
  m_environment->setCurrentText(QString::fromStdString(server.environment));
  m_role->setCurrentIndex(m_role->findData(static_cast<int>(server.role)));
  for (const auto side : {topology::Side::before, topology::Side::after}) {
    const auto& spec = side == topology::Side::before ? server.before : server.present;
    of(side).url->setText(spec ? QString::fromStdString(spec->url) : QString());
    of(side).url->setCursorPosition(0);
    of(side).direct->setChecked(spec && spec->via == "direct");
    of(side).result->clear();
  }
}

project::Server ServerForm::server() const {
  project::Server server = m_server;
  server.name = m_name->text().trimmed().toStdString();
  server.address = m_address->text().trimmed().toStdString();
  server.environment = m_environment->currentText().trimmed().toStdString();
  server.role = static_cast<topology::Role>(m_role->currentData().toInt());
  const auto specOf = [this](topology::Side side) -> std::optional<project::ConnectionSpec> {
    const auto url = of(side).url->text().trimmed().toStdString();
    if (url.empty())
      return std::nullopt;
    return project::ConnectionSpec{url, of(side).direct->isChecked() ? "direct" : ""};
  };
  server.present = specOf(topology::Side::after);
  server.before = specOf(topology::Side::before);
  return server;
}

void ServerForm::setResult(topology::Side side, const QString& text) {
  of(side).result->setText(text);
}

} // namespace whichbase::ui
