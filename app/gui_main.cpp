// The window's program: options, the demo handed to the window, and an end that waits for nothing that hangs.
#include "cli/interrupt.h"
#include "connection/connection_string.h"
#include "demo/incident.h"
#include "window/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QPixmap>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <chrono>
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

struct Arguments {
  QString project, before, after, screenshot, theme, size;
  bool demo = false;
};

Arguments readArguments(const QCoreApplication& application) {
  QCommandLineParser parser;
  parser.setApplicationDescription(
      QStringLiteral("Which PostgreSQL database is each server really using? whichbase-cli says it in a terminal."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(
      QStringLiteral("file"),
      QStringLiteral("A project file, NAME.whichbase.toml, or a recorded history, NAME.whichbase"),
      QStringLiteral("[FILE]"));
  const QCommandLineOption demo(QStringLiteral("demo"), QStringLiteral("Play the demo incident."));
  const QCommandLineOption before(QStringLiteral("before"), QStringLiteral("Show a recorded snapshot as before."),
                                  QStringLiteral("FILE"));
  const QCommandLineOption after(QStringLiteral("after"), QStringLiteral("Show a recorded snapshot as after."),
                                 QStringLiteral("FILE"));
  const QCommandLineOption screenshot(
      QStringLiteral("screenshot"),
      QStringLiteral("Write a picture of the window to FILE and end; with --demo after both acts."),
      QStringLiteral("FILE"));
  QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light or dark, whatever the system says."),
                           QStringLiteral("THEME"));
  QCommandLineOption size(QStringLiteral("size"), QStringLiteral("WIDTHxHEIGHT of the window."),
                          QStringLiteral("SIZE"));
  size.setFlags(QCommandLineOption::HiddenFromHelp);
  parser.addOptions({demo, before, after, screenshot, theme, size});
  parser.process(application);
  const auto positional = parser.positionalArguments();
  return {positional.value(0), parser.value(before), parser.value(after), parser.value(screenshot),
          parser.value(theme), parser.value(size),   parser.isSet(demo)};
}

// Calls `ready` once there is something to take a picture of: the recording, or both acts of the demo.
void whenShown(ui::MainWindow& window, bool demo, std::function<void()> ready) {
  auto& document = window.document();
  QObject::connect(&document, &ui::Document::viewChanged, &window, [&window, demo, ready = std::move(ready)] {
    const auto& view = window.document().view();
    if (demo && window.demo().state() == ui::DemoPlayer::State::actOne && view.after)
      QTimer::singleShot(0, &window, [&window] { window.demo().playActTwo(); });
    else if (!demo || (window.demo().state() == ui::DemoPlayer::State::actTwo && view.comparison &&
                       !view.afterRecorded && view.comparison->before.verdict.kind != view.after->verdict.kind))
      QTimer::singleShot(std::chrono::milliseconds(1200), &window, ready);
  });
}

void takePicture(ui::MainWindow& window, const Arguments& arguments) {
  const auto shoot = [&window, file = arguments.screenshot] {
    const bool written = window.grab().save(file);
    if (!written)
      qCritical("The picture cannot be written to %s: choose a writable file that ends in .png.", qPrintable(file));
    QApplication::exit(written ? EXIT_SUCCESS : 2);
  };
  if (arguments.project.isEmpty() && arguments.before.isEmpty() && arguments.after.isEmpty() && !arguments.demo)
    QTimer::singleShot(std::chrono::milliseconds(300), &window, shoot);
  else
    whenShown(window, arguments.demo, shoot);
}

int runWindow(QApplication& application, const std::shared_ptr<Demo>& demo, ui::Secrets dropped) {
  const auto arguments = readArguments(application);
  ui::WindowOptions options;
  options.demo = hooksOf(demo);
  options.dropped = std::move(dropped);
  if (!arguments.theme.isEmpty())
    options.dark = arguments.theme == QStringLiteral("dark");
  ui::MainWindow window(std::move(options));
  if (const auto parts = arguments.size.split(QLatin1Char('x')); parts.size() == 2)
    window.resize(parts[0].toInt(), parts[1].toInt());
  if (!arguments.screenshot.isEmpty())
    takePicture(window, arguments);
  // Ctrl-C in the terminal closes the window, so that the demo is removed; a second one ends the program at once.
  const cli::Interrupt interrupt;
  QSocketNotifier interrupted(interrupt.descriptor(), QSocketNotifier::Read);
  QObject::connect(&interrupted, &QSocketNotifier::activated, &window, [] { QApplication::exit(130); });
  window.show();
  if (arguments.demo)
    window.playDemo();
  else if (!arguments.before.isEmpty() || !arguments.after.isEmpty())
    window.openRecordings(arguments.before, arguments.after);
  else if (!arguments.project.isEmpty())
    window.open(arguments.project);
  return QApplication::exec();
}

} // namespace

int main(int argc, char** argv) {
  auto dropped = connection::dropPgEnvironment(); // before any thread: this computer's settings play no part
  QCoreApplication::setApplicationName(QStringLiteral("whichbase"));
  QCoreApplication::setOrganizationName(QStringLiteral("whichbase"));
  QCoreApplication::setApplicationVersion(QStringLiteral(WHICHBASE_VERSION));
  const auto asks = [&](const char* option) {
    return std::any_of(argv + 1, argv + argc, [&](const char* argument) { return qstrcmp(argument, option) == 0; });
  };
  if (asks("--help") || asks("-h") || asks("--version") || asks("-v")) {
    const QCoreApplication application(argc, argv); // needs no display
    readArguments(application);
  }
  int code = 0;
  const auto demo = std::make_shared<Demo>();
  {
    QApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Whichbase"));
    QGuiApplication::setDesktopFileName(QStringLiteral("whichbase"));
    code = runWindow(application, demo, std::move(dropped));
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
