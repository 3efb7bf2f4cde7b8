// Shows what a project from elsewhere would run on this computer and send where, and asks. Nothing is run or sent
// before the answer.
#pragma once

#include "project/trust.h"

#include <QDialog>

class QVBoxLayout;

namespace whichbase::ui {

struct Theme;

class TrustDialog : public QDialog {
  Q_OBJECT
public:
  TrustDialog(const project::Requests& requests, const QString& file, const Theme& theme, QWidget* parent);

private:
  void addList(QVBoxLayout* layout, const QString& heading, const QStringList& lines, const Theme& theme);
};

} // namespace whichbase::ui
