#include "recording_process.h"

#include "window_under_test.h"

#include <QApplication>
#include <QProcessEnvironment>

namespace whichbase::test {

namespace {
constexpr const char* option = "--record-until-killed";
} // namespace

std::unique_ptr<QProcess> startRecordingProcess(const QString& projectFile, const QString& folder) {
  auto process = std::make_unique<QProcess>();
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("TMPDIR"), folder);
  process->setProcessEnvironment(environment);
  process->setProcessChannelMode(QProcess::ForwardedChannels);
  process->start(QCoreApplication::applicationFilePath(), {QLatin1String(option), projectFile});
  return process;
}

std::optional<int> runRecordingProcess(int argc, char** argv) {
  if (argc != 3 || qstrcmp(argv[1], option) != 0)
    return std::nullopt;
  const QApplication application(argc, argv);
  const WindowUnderTest test;
  QObject::connect(&test.document(), &ui::Document::opened, test.window.get(),
                   [&] { test.document().setInterval(std::chrono::seconds(1)); });
  test.window->open(QString::fromLocal8Bit(argv[2]));
  return QApplication::exec();
}

} // namespace whichbase::test
