// Chooses recorded snapshots for the two sides; either may be left out.
#pragma once

#include <QDialog>

class QFormLayout;
class QLineEdit;

namespace whichbase::ui {

class RecordingsDialog : public QDialog {
  Q_OBJECT
public:
  explicit RecordingsDialog(QWidget* parent);

Q_SIGNALS:
  void chosen(const QString& before, const QString& after);

private:
  QLineEdit* addRow(QFormLayout* form, const QString& label);

  QLineEdit* m_before;
  QLineEdit* m_after;
};

} // namespace whichbase::ui
