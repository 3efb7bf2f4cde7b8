#include "window/login_dialog.h"

#include "style/theme.h"
#include "window/form_parts.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace whichbase::ui {

LoginDialog::LoginDialog(const QString& command, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Log in"));
  setAttribute(Qt::WA_DeleteOnClose);
  resize(640, 260);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(9);
  layout->addWidget(captionLabel(this, tr("No terminal program was found here ($TERMINAL, x-terminal-emulator, "
                                          "gnome-terminal, konsole, xterm …). Run this in one of yours; the probes "
                                          "then go through the connection that it leaves open:")));
  auto* text = new QPlainTextEdit(command, this);
  text->setReadOnly(true);
  text->setTabChangesFocus(true);
  text->setFont(monoFont(12.5));
  text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  text->setAccessibleName(tr("Command"));
  layout->addWidget(text, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
  auto* again = buttons->addButton(tr("I have logged in: go on"), QDialogButtonBox::AcceptRole);
  copy->setAutoDefault(false);
  again->setDefault(true);
  layout->addWidget(buttons);
  connect(copy, &QPushButton::clicked, this, [command] { QApplication::clipboard()->setText(command); });
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void logIn(LoginTerminal& terminal, const QString& command, QWidget* parent, std::function<void()> again) {
  if (terminal.open(command))
    return;
  auto* dialog = new LoginDialog(command, parent);
  QObject::connect(dialog, &QDialog::accepted, parent, std::move(again));
  dialog->open();
}

} // namespace whichbase::ui
