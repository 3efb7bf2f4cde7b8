#include "writing_process.h"

#include "support/sample_snapshots.h"
#include "window/main_window.h"
#include "window/recorder.h"

#include <QAction>
#include <QApplication>
#include <QTimer>

#include <chrono>
#include <cstdio>

namespace whichbase::test {

namespace {

constexpr const char* option = "--write-until-killed";

// Another state at every call.
std::shared_ptr<const topology::Snapshot> stateOf(int number) {
  auto snapshot = number % 2 == 0 ? samples::incidentAfter() : samples::allUnreachable();
  const auto now = std::chrono::time_point_cast<topology::UtcTime::duration>(std::chrono::system_clock::now());
  snapshot.side = topology::Side::after;
  snapshot.startedAt = snapshot.finishedAt = now;
  return std::make_shared<const topology::Snapshot>(std::move(snapshot));
}

} // namespace

std::unique_ptr<QProcess> startWritingProcess(const QString& folder) {
  auto process = std::make_unique<QProcess>();
  process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
  process->start(QCoreApplication::applicationFilePath(), {QLatin1String(option), folder});
  return process;
}

std::optional<int> runWritingProcess(int argc, char** argv) {
  if (argc != 3 || qstrcmp(argv[1], option) != 0)
    return std::nullopt;
  const QApplication application(argc, argv);
  const QString folder = QString::fromLocal8Bit(argv[2]);
  ui::WindowOptions options;
  options.settingsFile = folder + QStringLiteral("/settings.ini");
  options.keptFolder = folder + QStringLiteral("/recordings");
  options.animated = false;
  ui::MainWindow window(std::move(options));
  window.show();
  ui::Recorder recorder;
  recorder.open(folder + QStringLiteral("/incident.whichbase"));
  auto* fingerprint = window.findChild<QAction*>(QStringLiteral("fingerprintUsers"));
  auto* notify = window.findChild<QAction*>(QStringLiteral("notifyMe"));
  if (fingerprint == nullptr || notify == nullptr)
    return 1;
  int number = 0;
  QTimer writer;
  // Both in one turn of the event loop: a file that has only one of them was torn.
  QObject::connect(&writer, &QTimer::timeout, &window, [&] {
    fingerprint->setChecked(!fingerprint->isChecked());
    notify->setChecked(fingerprint->isChecked());
    recorder.record(nullptr, stateOf(number), number == 0);
    if (++number == 5) {
      std::puts("writing");
      std::fflush(stdout);
    }
  });
  writer.start(0);
  return QApplication::exec();
}

} // namespace whichbase::test
