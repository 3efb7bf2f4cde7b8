// A sign and the sentence that it belongs to, as the head of a dialog.
#pragma once

#include "window/sign.h"

#include <QWidget>

class QLabel;

namespace whichbase::ui {

class HeadlineRow : public QWidget {
  Q_OBJECT
public:
  explicit HeadlineRow(QWidget* parent = nullptr);
  void set(Sign sign, const QString& text); // and says it aloud
  void setTheme(const Theme& theme);

private:
  SignLabel* m_sign;
  QLabel* m_text;
};

} // namespace whichbase::ui
