// "Can it be switched off?": asks it of one database of what is open, and shows the answer with everything that was
// looked at. Nothing is changed, and nothing that is shown is run.
#pragma once

#include "verify/can_stop.h"
#include "window/look_dialog.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTextBrowser;

namespace whichbase::ui {

class StopDialog : public LookDialog {
  Q_OBJECT
public:
  StopDialog(ProbeController& controller, Document::Surroundings surroundings, const Theme& theme, QWidget* parent);

  void choose(const std::string& database); // its id
  void ask();
  void show(const verify::StopAnswer& answer);
  using QDialog::show;

Q_SIGNALS:
  void answered(const whichbase::verify::StopAnswer& answer);

private:
  void makeQuestion();
  void makeAnswer();
  void setRunning(bool running) override;

  QComboBox* m_database = nullptr;
  QCheckBox* m_rows = nullptr;
  QPushButton* m_ask = nullptr;
  QTextBrowser* m_answer = nullptr;
  QLabel* m_dumpCaption = nullptr;
  QPlainTextEdit* m_dump = nullptr;
  QPushButton* m_copyDump = nullptr;
};

// The answer below its headline, for a text browser.
QString toHtml(const verify::StopAnswer& answer);
QString headlineOf(const verify::StopAnswer& answer);

} // namespace whichbase::ui
