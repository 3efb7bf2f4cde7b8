// The way that Tab takes through a window, and what is wrong with it.
#pragma once

#include <QPointer>
#include <QWidget>

#include <string>
#include <vector>

namespace whichbase::test {

struct TabStop {
  QPointer<QWidget> widget;
  std::string name;
  QRect rect;          // on the screen
  bool isSeen = false; // it looks otherwise with the keyboard than without
};

// From where the keyboard is, once around.
std::vector<TabStop> tabWay(QWidget& window);

// One sentence each: stops twice, no way on, back against the reading order, nothing to be seen, no name.
std::vector<std::string> problemsOf(const std::vector<TabStop>& way);

} // namespace whichbase::test
