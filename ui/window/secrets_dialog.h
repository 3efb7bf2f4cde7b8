// Asks for the values of ${NAME} that no source supplies. They are kept for this run only.
#pragma once

#include <QDialog>
#include <QStringList>

#include <map>
#include <string>

class QLineEdit;

namespace whichbase::ui {

class SecretsDialog : public QDialog {
  Q_OBJECT
public:
  SecretsDialog(const QStringList& names, QWidget* parent);
  std::map<std::string, std::string> secrets() const; // those that were typed

private:
  std::map<QString, QLineEdit*> m_fields;
};

} // namespace whichbase::ui
