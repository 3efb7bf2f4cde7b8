// A window with settings and recordings of its own, in a folder that goes with it.
#pragma once

#include "window/main_window.h"
#include "window/message_bar.h"
#include "window/workspace.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace whichbase::test {

struct WindowUnderTest {
  QTemporaryDir folder;
  std::unique_ptr<ui::MainWindow> window;

  explicit WindowUnderTest(ui::WindowOptions options = {}, QSize size = {1440, 900}) {
    qputenv("XDG_STATE_HOME", folder.path().toLocal8Bit());    // agreements, too, go with it
    if (!qEnvironmentVariableIsSet("WHICHBASE_TEST_KEYCHAIN")) // nobody's own keychain is asked
      qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    options.settingsFile = folder.filePath(QStringLiteral("settings.ini"));
    options.keptFolder = folder.filePath(QStringLiteral("recordings"));
    options.animated = false;
    if (!options.dark)
      options.dark = false;
    window = std::make_unique<ui::MainWindow>(std::move(options));
    window->resize(size);
    window->show();
  }
  ui::Document& document() const { return window->document(); }

  // Runs the event loop until it is so; false when it is not within `ms`.
  static bool wait(const std::function<bool()>& condition, int ms = 5000) { return QTest::qWaitFor(condition, ms); }
};

} // namespace whichbase::test
