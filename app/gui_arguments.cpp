#include "gui_arguments.h"

#include "about/libraries.h"
#include "gui_man_page.h"
#include "window/about_dialog.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace whichbase::gui {

namespace {

using Checked = std::expected<void, QString>;

QCommandLineOption option(const char* name, const char* description, const char* value = nullptr) {
  return {QString::fromLatin1(name), QString::fromUtf8(description), QString::fromLatin1(value)};
}

QString aboutFiles() {
  return QStringLiteral(
      "A project file, NAME.whichbase.toml, a recorded history, NAME.whichbase, or one or two recorded "
      "snapshots (JSON): before, and after.");
}

QList<QCommandLineOption> options() {
  auto documentation = option("documentation", "Print the man page.", "man");
  documentation.setFlags(QCommandLineOption::HiddenFromHelp); // for whoever packs the program
  return {
      option("demo", "Play the demo incident."),
      option("before", "Show a recorded snapshot as before.", "FILE"),
      option("after", "Show a recorded snapshot as after.", "FILE"),
      option("screenshot", "Write a picture of the window to FILE and end; with --demo after both acts.", "FILE"),
      option("size", "Size of the window, such as 1440x900.", "WIDTHxHEIGHT"),
      option("theme", "light or dark, whatever the system says.", "THEME"),
      documentation,
  };
}

void describe(QCommandLineParser& parser) {
  parser.setApplicationDescription(
      QStringLiteral("Which PostgreSQL database is each server really using? whichbase-cli says it in a terminal."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(QStringLiteral("file"), aboutFiles(), QStringLiteral("[FILE...]"));
  parser.addOptions(options());
}

// What is opened from a desktop comes without options: one snapshot, or two, are known by their names.
Checked readFiles(const QStringList& files, Arguments& arguments) {
  const auto snapshots = std::ranges::count_if(
      files, [](const QString& file) { return file.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive); });
  if (files.size() > 2 || (files.size() == 2 && snapshots != 2))
    return std::unexpected(
        QStringLiteral("One file at a time, or two recorded snapshots: --before FILE --after FILE."));
  if (snapshots == 0) {
    arguments.file = files.value(0);
    return {};
  }
  if (!arguments.before.isEmpty() || !arguments.after.isEmpty())
    return std::unexpected(QStringLiteral("Say each snapshot once, with --before FILE or --after FILE."));
  arguments.after = files.back();
  if (files.size() == 2)
    arguments.before = files.front();
  return {};
}

Checked readTheme(const QString& text, Arguments& arguments) {
  if (text.isEmpty())
    return {};
  if (text != QStringLiteral("light") && text != QStringLiteral("dark"))
    return std::unexpected(QStringLiteral("--theme is light or dark, and not \"%1\".").arg(text));
  arguments.dark = text == QStringLiteral("dark");
  return {};
}

Checked readSize(const QString& text, Arguments& arguments) {
  if (text.isEmpty())
    return {};
  static const QRegularExpression form(QStringLiteral("\\A(\\d{2,5})x(\\d{2,5})\\z"));
  const auto match = form.match(text);
  if (!match.hasMatch())
    return std::unexpected(QStringLiteral("--size is such as 1440x900, and not \"%1\".").arg(text));
  arguments.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
  return {};
}

} // namespace

std::expected<Arguments, QString> readArguments(const QCoreApplication& application) {
  QCommandLineParser parser;
  describe(parser);
  const bool understood = parser.parse(QCoreApplication::arguments());
  if (understood && parser.isSet(QStringLiteral("help")))
    parser.process(application); // tells it, and ends the program
  if (!understood)
    return std::unexpected(parser.errorText() + QStringLiteral(". --help lists what there is."));
  if (parser.isSet(QStringLiteral("version"))) {
    std::puts(about::versionText("whichbase", ui::windowLibraries()).c_str());
    std::exit(EXIT_SUCCESS);
  }
  if (parser.isSet(QStringLiteral("documentation"))) {
    printManPage(options(), aboutFiles());
    std::exit(EXIT_SUCCESS);
  }
  Arguments arguments;
  arguments.before = parser.value(QStringLiteral("before"));
  arguments.after = parser.value(QStringLiteral("after"));
  arguments.screenshot = parser.value(QStringLiteral("screenshot"));
  arguments.demo = parser.isSet(QStringLiteral("demo"));
  for (const auto& checked :
       {readFiles(parser.positionalArguments(), arguments), readTheme(parser.value(QStringLiteral("theme")), arguments),
        readSize(parser.value(QStringLiteral("size")), arguments)})
    if (!checked)
      return std::unexpected(checked.error());
  return arguments;
}

} // namespace whichbase::gui
