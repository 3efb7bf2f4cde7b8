// About Whichbase: what it is, its version and licence, and the libraries that it runs with, to be copied into a report
// of a problem.
#pragma once

#include <QDialog>

#include <string>
#include <vector>

namespace whichbase::ui {

// "Qt 6.4.2", "QtKeychain 0.13.2": those that core does not know.
std::vector<std::string> windowLibraries();

class AboutDialog : public QDialog {
  Q_OBJECT
public:
  explicit AboutDialog(QWidget* parent = nullptr);
};

} // namespace whichbase::ui
