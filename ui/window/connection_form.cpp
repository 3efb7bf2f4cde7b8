#include "window/connection_form.h"

#include "model/pasted_servers.h"
#include "window/configuration_form.h"
#include "window/form_parts.h"
#include "window/route_form.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace whichbase::ui {

ConnectionForm::ConnectionForm(topology::Side side, QWidget* parent) : QWidget(parent), m_side(side) {
  const bool before = side == topology::Side::before;
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(10);
  m_configuration = new ConfigurationForm(before ? tr("Connection before") : tr("Connection now"),
                                          before ? tr("only where it was another one")
                                                 : QStringLiteral("postgresql://user:${PASSWORD}@host:5432/database"),
                                          this);
  m_route = new RouteForm(this);
  m_resolve = monoField(this);
  m_resolve->setPlaceholderText(tr("command that prints the address of the host; seldom needed"));
  m_resolve->setToolTip(tr("For names that only a container network knows: ssh prod docker inspect …"));
  m_passwordCommand = monoField(this);
  m_passwordCommand->setPlaceholderText(QStringLiteral("pass show db/prod"));
  m_passwordCommand->setToolTip(tr("Its first line is the password, where the connection string has none."));
  m_more = new QFormLayout;
  m_more->addRow(tr("Resolve"), m_resolve);
  m_more->addRow(tr("Password from"), m_passwordCommand);
  layout->addWidget(m_configuration);
  layout->addWidget(m_route);
  layout->addLayout(m_more);
  layout->addWidget(makeTestRow());
  layout->addStretch(1);
  connect(m_configuration, &ConfigurationForm::edited, this, &ConnectionForm::onEdited);
  connect(m_route, &RouteForm::edited, this, &ConnectionForm::onEdited);
  connect(m_configuration->url(), &QLineEdit::editingFinished, this, &ConnectionForm::takePassword);
  for (auto* field : {m_resolve, m_passwordCommand})
    connect(field, &QLineEdit::textEdited, this, &ConnectionForm::onEdited);
}

// Only now the labels have the fonts that they are shown in.
void ConnectionForm::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  alignLabels({m_configuration->rows(), m_route->rows(), m_more});
}

QWidget* ConnectionForm::makeTestRow() {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  m_test = new QPushButton(tr("Test connection"), row);
  m_test->setAutoDefault(false);
  m_test->setEnabled(false);
  m_result = captionLabel(row);
  layout->addWidget(m_test, 0, Qt::AlignTop);
  layout->addWidget(m_result, 1);
  connect(m_test, &QPushButton::clicked, this, [this] {
    takePassword();
    Q_EMIT testRequested();
  });
  return row;
}

void ConnectionForm::onEdited() {
  m_test->setEnabled(!m_configuration->isEmpty());
  m_result->clear();
  Q_EMIT edited();
}

void ConnectionForm::setFolder(const std::filesystem::path& folder) {
  m_configuration->setFolder(folder);
}

void ConnectionForm::setSpec(const std::optional<project::ConnectionSpec>& spec, const std::string& server) {
  m_server = server;
  m_spec = spec.value_or(project::ConnectionSpec{});
  m_secrets.clear();
  m_configuration->setSpec(m_spec);
  m_route->setVia(m_spec.via);
  m_resolve->setText(QString::fromStdString(m_spec.resolve));
  m_passwordCommand->setText(QString::fromStdString(m_spec.passwordCommand));
  for (auto* field : {m_resolve, m_passwordCommand})
    field->setCursorPosition(0);
  m_test->setEnabled(!m_configuration->isEmpty());
  m_result->clear();
}

std::optional<project::ConnectionSpec> ConnectionForm::spec() const {
  if (m_configuration->isEmpty())
    return std::nullopt;
  auto spec = m_spec;
  m_configuration->fill(spec);
  spec.via = m_route->via();
  spec.resolve = m_resolve->text().trimmed().toStdString();
  spec.passwordCommand = m_passwordCommand->text().trimmed().toStdString();
  return spec;
}

void ConnectionForm::takePassword() {
  auto* field = m_configuration->url();
  const std::string url = field->text().trimmed().toStdString();
  const auto variable = passwordVariable(m_server, m_side);
  const auto without = withoutPassword(url, variable, m_secrets);
  if (without == url)
    return;
  field->setText(QString::fromStdString(without));
  m_result->setText(tr("The password is kept for this run only, as ${%1}.").arg(QString::fromStdString(variable)));
}

QString ConnectionForm::problem() const {
  const QString text = m_configuration->problem();
  return text.isEmpty() ? m_route->problem() : text;
}

void ConnectionForm::setResult(const QString& text) {
  m_result->setText(text);
}

} // namespace whichbase::ui
