#include "gui_arguments.h"

#include "about/libraries.h"
#include "gui_man_page.h"
#include "window/about_dialog.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace whichbase::gui {

namespace {

using Checked = std::expected<void, QString>;

QCommandLineOption option(const char* name, const char* description, const char* value = nullptr) {
  return {QString::fromLatin1(name), QString::fromUtf8(description), QString::fromLatin1(value)};
}

QString aboutFiles() {
  return QStringLiteral(
      "A project file, NAME.whichbase.toml, or a recorded history, NAME.whichbase; one or two recorded snapshots "
      "(JSON); or configuration files and folders to look for servers in.");
}

QList<QCommandLineOption> options() {
  auto documentation = option("documentation", "Print the man page.", "man");
  documentation.setFlags(QCommandLineOption::HiddenFromHelp); // for whoever packs the program
  return {
      option("demo", "Play the demo incident."),
      option("before", "Show a recorded snapshot as before.", "FILE"),
      option("after", "Show a recorded snapshot as after.", "FILE"),
      option("side", "Show before, after, or both.", "SIDE"),
      option("select", "Select a server, or the database of a letter.", "NAME"),
      option("probe", "Probe the project at once; what it asks for must be known or agreed to already."),
      option(
          "screenshot",
          "Write a picture of the window to FILE and end; with --probe after the sweep, with --demo after both acts. "
          "Ends with 0, or with 2 where something is not as asked for.",
          "FILE"),
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

Checked readTheme(const QString& text, Arguments& arguments) {
  if (text.isEmpty())
    return {};
  if (text != QStringLiteral("light") && text != QStringLiteral("dark"))
    return std::unexpected(QStringLiteral("--theme is light or dark, and not \"%1\".").arg(text));
  arguments.dark = text == QStringLiteral("dark");
  return {};
}

Checked readSide(const QString& text, Arguments& arguments) {
  if (text.isEmpty())
    return {};
  using enum ui::ShownSides;
  for (const auto& [name, side] : {std::pair(QStringLiteral("before"), before),
                                   std::pair(QStringLiteral("after"), after), std::pair(QStringLiteral("both"), both)})
    if (text == name)
      arguments.side = side;
  if (!arguments.side)
    return std::unexpected(QStringLiteral("--side is before, after or both, and not \"%1\".").arg(text));
  return {};
}

// What would contradict itself.
Checked checkTogether(const Arguments& arguments) {
  const bool recordings = !arguments.before.isEmpty() || !arguments.after.isEmpty();
  if (arguments.demo && (recordings || !arguments.files.isEmpty()))
    return std::unexpected(QStringLiteral("--demo plays its own project: leave the files out."));
  if (recordings && !arguments.files.isEmpty())
    return std::unexpected(QStringLiteral("Either a file, or --before and --after."));
  if (arguments.probe && (recordings || arguments.files.size() != 1))
    return std::unexpected(QStringLiteral("--probe needs one project file."));
  if (arguments.opensNothing() && (!arguments.select.isEmpty() || arguments.side))
    return std::unexpected(QStringLiteral("--select and --side need something that is opened."));
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
  arguments.files = parser.positionalArguments();
  arguments.select = parser.value(QStringLiteral("select"));
  arguments.probe = parser.isSet(QStringLiteral("probe"));
  arguments.before = parser.value(QStringLiteral("before"));
  arguments.after = parser.value(QStringLiteral("after"));
  arguments.screenshot = parser.value(QStringLiteral("screenshot"));
  arguments.demo = parser.isSet(QStringLiteral("demo"));
  for (const auto& checked : {readTheme(parser.value(QStringLiteral("theme")), arguments),
                              readSize(parser.value(QStringLiteral("size")), arguments),
                              readSide(parser.value(QStringLiteral("side")), arguments), checkTogether(arguments)})
    if (!checked)
      return std::unexpected(checked.error());
  return arguments;
}

} // namespace whichbase::gui
