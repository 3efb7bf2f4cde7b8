#include "window_under_test.h"

#include <QApplication>
#include <QTimer>

#include <gtest/gtest.h>

namespace whichbase {

TEST(Themes, FollowTheSystemsPaletteWhileTheWindowIsOpen) {
  const QPalette original = QApplication::palette();
  ui::WindowOptions options;
  const QTemporaryDir folder;
  options.settingsFile = folder.filePath(QStringLiteral("s.ini"));
  options.keptFolder = folder.path();
  ui::MainWindow window(std::move(options));
  window.show();
  const QColor before = window.palette().color(QPalette::Window);
  // Qt tells of a new palette only while the program's event loop runs.
  QTimer::singleShot(0, &window, [] { QApplication::setPalette(ui::Theme::dark_().toPalette()); });
  QTimer::singleShot(100, &window, &QApplication::quit);
  QApplication::exec();
  EXPECT_NE(window.palette().color(QPalette::Window), before);
  EXPECT_LT(window.palette().color(QPalette::Window).lightness(), 80);
  QApplication::setPalette(original);
}

} // namespace whichbase
