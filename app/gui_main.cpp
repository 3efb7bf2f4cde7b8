// The window's program: options, the demo handed to the window, and an end that waits for nothing that hangs.
#include "about/libraries.h"
#include "cli/interrupt.h"
#include "connection/connection_string.h"
#include "demo/incident.h"
#include "gui_arguments.h"
#include "gui_script.h"
#include "window/main_window.h"

#include <QApplication>
#include <QFile>
#include <QIcon>
#include <QSocketNotifier>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace {

using namespace whichbase;

// Shared with the thread that starts the demo, so that the window may go first.
struct Demo {
  std::mutex mutex;
  std::unique_ptr<demo::Incident> incident;
};

ui::DemoHooks hooksOf(const std::shared_ptr<Demo>& demo) {
  ui::DemoHooks hooks;
  hooks.start = [demo](std::stop_token stop) -> ui::DemoHooks::Started {
    {
      const std::lock_guard lock(demo->mutex);
      demo->incident.reset(); // an earlier one of this run
    }
    auto incident = demo::Incident::start(stop);
    if (!incident)
      return {{}, QString::fromStdString(incident.error().text)};
    const std::lock_guard lock(demo->mutex);
    demo->incident = std::move(*incident);
    return {QFile::decodeName(demo->incident->projectFile().c_str()), {}};
  };
  hooks.playActTwo = [demo](std::stop_token stop) -> QString {
    const std::lock_guard lock(demo->mutex);
    const auto played = demo->incident->playActTwo(stop);
    return played ? QString() : QString::fromStdString(played.error().text);
  };
  hooks.secret = [demo](const std::string& name) -> std::optional<std::string> {
    const std::unique_lock lock(demo->mutex, std::try_to_lock); // never wait for act two on the GUI thread
    return lock && demo->incident ? demo->incident->secret(name) : std::nullopt;
  };
  hooks.setBeforeSnapshot = [demo](const QString& file) {
    const std::unique_lock lock(demo->mutex, std::try_to_lock);
    if (lock && demo->incident)
      demo->incident->setBeforeSnapshot(QFile::encodeName(file).toStdString());
  };
  return hooks;
}

int runWindow(const gui::Arguments& arguments, const std::shared_ptr<Demo>& demo, ui::Secrets dropped) {
  ui::WindowOptions options;
  options.demo = hooksOf(demo);
  options.dropped = std::move(dropped);
  options.dark = arguments.dark;
  ui::MainWindow window(std::move(options));
  if (arguments.size.isValid())
    window.resize(arguments.size);
  auto* script = new gui::Script(window, arguments);
  // Ctrl-C in the terminal closes the window, so that the demo is removed; a second one ends the program at once.
  const cli::Interrupt interrupt;
  QSocketNotifier interrupted(interrupt.descriptor(), QSocketNotifier::Read);
  QObject::connect(&interrupted, &QSocketNotifier::activated, &window, [] { QApplication::exit(130); });
  window.show();
  script->start();
  return QApplication::exec();
}

} // namespace

int main(int argc, char** argv) {
  auto dropped = connection::dropPgEnvironment(); // before any thread: this computer's settings play no part
  QCoreApplication::setApplicationName(QStringLiteral("whichbase"));
  QCoreApplication::setOrganizationName(QStringLiteral("whichbase"));
  QCoreApplication::setApplicationVersion(QString::fromStdString(about::version()));
  const auto asks = [&](const char* option) {
    return std::any_of(argv + 1, argv + argc, [&](const char* argument) { return qstrcmp(argument, option) == 0; });
  };
  if (asks("--help") || asks("-h") || asks("--version") || asks("-v") || asks("--documentation")) {
    const QCoreApplication application(argc, argv); // needs no display
    (void)gui::readArguments(application);
  }
  int code = 0;
  const auto demo = std::make_shared<Demo>();
  {
    QApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Whichbase"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/whichbase.svg")));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.whichbase.whichbase"));
    const auto arguments = gui::readArguments(application);
    if (!arguments) {
      std::fprintf(stderr, "%s\n", qPrintable(arguments.error()));
      return 2;
    }
    code = runWindow(*arguments, demo, std::move(dropped));
  }
  // The demo cleans up after itself, also where it was still being started.
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(demo.use_count() > 1 ? 10 : 0);
  while (demo.use_count() > 1 && std::chrono::steady_clock::now() < limit)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  demo->incident.reset();
  // Logins that somebody made for us would stay open for minutes.
  const auto farewell = std::chrono::steady_clock::now() + std::chrono::seconds(3);
  while (ui::ProbeController::routesEnding() > 0 && std::chrono::steady_clock::now() < farewell)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  // A thread that hangs in the system must not meet destructors of statics.
  if (ui::ProbeController::threadsAlive() > 0)
    std::_Exit(code);
  return code;
}
