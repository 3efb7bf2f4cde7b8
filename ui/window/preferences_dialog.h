// What somebody prefers (Edit › Preferences…). Every change is told at once, so that it is seen in the window; Cancel
// tells what it was before.
#pragma once

#include "model/preferences.h"
#include "style/theme.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;
class QVBoxLayout;

namespace whichbase::ui {

class PreferencesDialog : public QDialog {
  Q_OBJECT
public:
  PreferencesDialog(const Preferences& preferences, const Theme& theme, QWidget* parent);

  Preferences preferences() const; // as the fields say
  void fill(const Preferences& preferences);

  void reject() override; // as it was

Q_SIGNALS:
  void changed(const whichbase::ui::Preferences& preferences);

private:
  void addProbing(QFormLayout* form);
  void addLook(QFormLayout* form);
  void addEnvironments(QVBoxLayout* layout);
  void addButtons(QVBoxLayout* layout);
  void addRow(const EnvironmentLook& look);
  QComboBox* markBox(int row) const;
  void refreshMarks(); // their pictures bear the words
  void tell();

  Preferences m_original;
  Theme m_theme;
  bool m_showing = false;
  QComboBox* m_interval;
  QSpinBox* m_sweep;
  QSpinBox* m_probe;
  QLineEdit* m_users;
  QComboBox* m_themes;
  QCheckBox* m_reduced;
  QTableWidget* m_environments;
  QPushButton* m_remove;
};

} // namespace whichbase::ui
