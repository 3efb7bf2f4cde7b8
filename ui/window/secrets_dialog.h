// Asks for passwords that no source supplies. They are kept for this run, or in the keychain where one says so.
#pragma once

#include <QDialog>
#include <QString>

#include <string>
#include <vector>

class QCheckBox;
class QGridLayout;
class QLineEdit;

namespace whichbase::ui {

// One password that is asked for.
struct SecretQuestion {
  QString what;         // "${EXTERNAL_PASSWORD}", "app@db.example.org:5432/shop via ssh prod"
  QString why;          // "Production Backend, Dashboard"; may be empty
  bool refused = false; // one is known, and was refused: "the one in the keychain was refused"
  bool operator==(const SecretQuestion&) const = default;
};

class SecretsDialog : public QDialog {
  Q_OBJECT
public:
  struct Answer {
    std::size_t question = 0;
    std::string value;
    bool keep = false; // in the keychain
  };

  // `keychainProblem` says why there is none; empty: it can be used.
  SecretsDialog(const std::vector<SecretQuestion>& questions, const QString& keychainProblem, QWidget* parent);
  std::vector<Answer> answers() const; // those that were typed

private:
  struct Row {
    QLineEdit* field = nullptr;
    QCheckBox* keep = nullptr;
  };
  void addRow(QGridLayout* grid, const SecretQuestion& question, bool canKeep);

  std::vector<Row> m_rows;
};

} // namespace whichbase::ui
