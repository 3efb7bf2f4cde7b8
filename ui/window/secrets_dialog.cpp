#include "window/secrets_dialog.h"

#include "style/theme.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace whichbase::ui {

SecretsDialog::SecretsDialog(const QStringList& names, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Passwords"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* layout = new QVBoxLayout(this);
  auto* text =
      new QLabel(tr("The project names these, and no environment variable supplies them. What you type is kept "
                    "in memory for this run only."),
                 this);
  text->setWordWrap(true);
  text->setMinimumWidth(380);
  layout->addWidget(text);
  auto* form = new QFormLayout;
  for (const auto& name : names) {
    auto* field = new QLineEdit(this);
    field->setEchoMode(QLineEdit::Password);
    field->setAccessibleName(name);
    auto* label = new QLabel(name, this);
    label->setFont(monoFont(12.5));
    label->setBuddy(field);
    form->addRow(label, field);
    m_fields[name] = field;
  }
  layout->addLayout(form);
  auto* buttons = new QDialogButtonBox(this);
  auto* use = buttons->addButton(tr("Use for this run"), QDialogButtonBox::AcceptRole);
  buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole);
  use->setDefault(true);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

std::map<std::string, std::string> SecretsDialog::secrets() const {
  std::map<std::string, std::string> typed;
  for (const auto& [name, field] : m_fields)
    if (!field->text().isEmpty())
      typed[name.toStdString()] = field->text().toStdString();
  return typed;
}

} // namespace whichbase::ui
