// What the command line asks of the window: to open something, to show a part of it, to take a picture and end. Ends
// the program with 2, and says why, where that cannot be done.
#pragma once

#include "gui_arguments.h"
#include "window/main_window.h"

#include <QObject>

namespace whichbase::gui {

class Script : public QObject {
public:
  Script(ui::MainWindow& window, const Arguments& arguments);
  void start(); // once the window is shown

private:
  bool isScripted() const; // and not for somebody in front of it
  bool isShown() const;    // all that is asked for: the recording, the sweep, or both acts of the demo
  void onView();
  void show();
  void shoot();
  static void fail(const QString& why);

  ui::MainWindow& m_window;
  Arguments m_arguments;
  bool m_probed = false;
  bool m_done = false;
};

} // namespace whichbase::gui
