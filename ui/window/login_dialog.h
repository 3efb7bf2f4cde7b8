// Logging in by hand where no terminal can be opened from here: the command to copy, and a way on.
#pragma once

#include "window/login_terminal.h"

#include <QDialog>

#include <functional>

namespace whichbase::ui {

class LoginDialog : public QDialog {
  Q_OBJECT
public:
  LoginDialog(const QString& command, QWidget* parent); // accepted: "Probe again"
};

// Opens the terminal, or else the dialog; `again` is called when the dialog is accepted. The terminal tells by itself.
void logIn(LoginTerminal& terminal, const QString& command, QWidget* parent, std::function<void()> again);

} // namespace whichbase::ui
