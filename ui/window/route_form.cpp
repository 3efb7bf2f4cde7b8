#include "window/route_form.h"

#include "route/via.h"
#include "window/form_parts.h"

#include <QComboBox>
#include <QFormLayout>

#include <algorithm>

namespace whichbase::ui {

RouteForm::RouteForm(QWidget* parent) : QWidget(parent) {
  m_rows = new QFormLayout(this);
  m_rows->setContentsMargins(0, 0, 0, 0);
  m_kind = new QComboBox(this);
  m_kind->addItem(tr("not stated"), unstated);
  m_kind->addItem(tr("direct"), direct);
  m_kind->addItem(tr("ssh"), ssh);
  m_kind->addItem(tr("a command"), command);
  m_kind->setAccessibleName(tr("Route"));
  m_text = monoField(this);
  m_textLabel = new QLabel(this);
  m_textLabel->setBuddy(m_text);
  m_explanation = captionLabel(this);
  m_problem = problemLabel(this);
  m_rows->addRow(tr("Route"), m_kind);
  m_rows->addRow(m_textLabel, m_text);
  m_rows->addRow(QString(), m_problem);
  m_rows->addRow(QString(), m_explanation);
  connect(m_text, &QLineEdit::textEdited, this, &RouteForm::touched);
  connect(m_kind, &QComboBox::activated, this, &RouteForm::touched);
  connect(m_kind, &QComboBox::currentIndexChanged, this, &RouteForm::showKind);
  showKind();
}

RouteForm::Kind RouteForm::kind() const {
  return static_cast<Kind>(m_kind->currentData().toInt());
}

void RouteForm::showKind() {
  const Kind now = kind();
  m_rows->setRowVisible(m_text, now == ssh || now == command);
  m_textLabel->setText(now == ssh ? tr("Host") : tr("Command"));
  m_text->setPlaceholderText(now == ssh ? tr("prod   or   -p 2222 me@prod: what you type after ssh")
                                        : QStringLiteral("docker exec -i backend nc %h %p"));
  m_explanation->setText(
      now == direct    ? tr("From this computer, which sees the address as the server does.")
      : now == ssh     ? tr("From where ssh logs in: localhost is that computer. Your ~/.ssh/config counts.")
      : now == command ? tr("Joins its input and output to the database; %h and %p stand for host and port.")
                       : tr("From this computer. localhost is not probed so: it is another machine on every server."));
  showProblem(*m_rows, *m_problem, problem());
}

void RouteForm::touched() {
  m_touched = true;
  showProblem(*m_rows, *m_problem, problem());
  Q_EMIT edited();
}

std::string RouteForm::via() const {
  if (!m_touched)
    return m_written;
  const std::string words = m_text->text().trimmed().toStdString();
  switch (kind()) {
  case unstated:
    return {};
  case direct:
    return "direct";
  case ssh:
    return words.empty() ? "ssh" : "ssh " + words;
  case command:
    return words.empty() ? "command" : "command " + words;
  }
  return {};
}

QString RouteForm::problem() const {
  const auto parsed = route::parseVia(via());
  return parsed ? QString() : QString::fromStdString(parsed.error());
}

void RouteForm::setVia(const std::string& via) {
  m_written = via;
  m_touched = false;
  const auto starts = [&](const char* keyword) {
    return via == keyword || via.starts_with(std::string(keyword) + ' ');
  };
  const Kind now = via.empty() ? unstated : starts("direct") ? direct : starts("ssh") ? ssh : command;
  m_kind->setCurrentIndex(m_kind->findData(now));
  const bool known = starts("ssh") || starts("command");
  m_text->setText(QString::fromStdString(!known ? via : via.substr(std::min(via.size(), via.find(' ')))).trimmed());
  m_text->setCursorPosition(0);
  showKind();
}

} // namespace whichbase::ui
