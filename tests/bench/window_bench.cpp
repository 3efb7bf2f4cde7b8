// How long the window takes from the start of its process until it is painted with the reference incident's two
// recordings, and what it keeps in memory, beside an empty Qt window. Prints figures; judges nothing.
#include "process/child_process.h"
#include "report/json.h"
#include "support/sample_snapshots.h"
#include "timing.h"
#include "window/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPixmap>
#include <QTemporaryDir>
#include <QTimer>

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using namespace whichbase;

// Seconds since this process was started, the dynamic linker's work included; in steps of 10 ms.
double secondsAlive() {
  std::ifstream file("/proc/self/stat");
  std::stringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  std::istringstream fields(all.substr(all.rfind(')') + 2));
  std::string field;
  for (int number = 3; number <= 22; ++number)
    fields >> field;
  timespec since{};
  clock_gettime(CLOCK_BOOTTIME, &since);
  const double now = static_cast<double>(since.tv_sec) + static_cast<double>(since.tv_nsec) / 1e9;
  return now - std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double residentMegabytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0, resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

// Run in a process of its own: shows the window, paints it, prints both figures and ends.
int showOnce(int argc, char** argv, const std::string& before, const std::string& after) {
  QApplication application(argc, argv);
  const auto report = [](QWidget& window) {
    const QPixmap painted = window.grab();
    fmt::print("{} {}\n", secondsAlive(), residentMegabytes());
    std::fflush(stdout);
    QApplication::exit(painted.isNull() ? 1 : 0);
  };
  if (before.empty()) {
    QMainWindow window;
    window.resize(1440, 900);
    window.show();
    QTimer::singleShot(0, &window, [&] { report(window); });
    return QApplication::exec();
  }
  const QTemporaryDir own;
  ui::WindowOptions options;
  options.settingsFile = own.filePath(QStringLiteral("settings.ini"));
  options.keptFolder = own.path();
  options.animated = false;
  ui::MainWindow window(std::move(options));
  window.resize(1440, 900);
  QObject::connect(&window.document(), &ui::Document::viewChanged, &window, [&] {
    if (window.document().view().comparison)
      QTimer::singleShot(0, &window, [&] { report(window); });
  });
  window.show();
  window.openRecordings(QString::fromStdString(before), QString::fromStdString(after));
  return QApplication::exec();
}

struct Figures {
  double seconds = 0, megabytes = 0;
};

Figures medianOf(const std::vector<std::string>& arguments) {
  std::vector<double> seconds, megabytes;
  for (int run = 0; run < 7; ++run) {
    const auto result = process::run(
        {std::filesystem::read_symlink("/proc/self/exe"), arguments, {{"QT_QPA_PLATFORM", "offscreen"}}, {}});
    double each = 0, memory = 0;
    std::istringstream(result ? result->output : std::string()) >> each >> memory;
    seconds.push_back(each);
    megabytes.push_back(memory);
  }
  return {bench::median(seconds), bench::median(megabytes)};
}

} // namespace

int main(int argc, char** argv) {
  if (argc >= 2 && std::string(argv[1]) == "--show")
    return showOnce(argc, argv, argc >= 4 ? argv[2] : "", argc >= 4 ? argv[3] : "");
  const QTemporaryDir folder;
  const auto comparison = samples::incident();
  const std::string before = folder.filePath(QStringLiteral("before.json")).toStdString();
  const std::string after = folder.filePath(QStringLiteral("after.json")).toStdString();
  if (!report::saveText(report::toJson(comparison.before), before) ||
      !report::saveText(report::toJson(comparison.after), after))
    return 1;
  const Figures empty = medianOf({"--show"});
  const Figures ours = medianOf({"--show", before, after});
  fmt::print("window with the incident's recordings: painted after {:.2f} s, {:.0f} MB resident; an empty Qt window: "
             "{:.2f} s, {:.0f} MB; ratios {:.1f} and {:.1f}\n",
             ours.seconds, ours.megabytes, empty.seconds, empty.megabytes, ours.seconds / empty.seconds,
             ours.megabytes / empty.megabytes);
}
