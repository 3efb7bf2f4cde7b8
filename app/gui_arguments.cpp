#include "gui_arguments.h"

#include <QCommandLineParser>
#include <QRegularExpression>

namespace whichbase::gui {

namespace {

using Checked = std::expected<void, QString>;

QCommandLineOption option(const char* name, const char* description, const char* value = nullptr) {
  return {QString::fromLatin1(name), QString::fromUtf8(description), QString::fromLatin1(value)};
}

void describe(QCommandLineParser& parser) {
  parser.setApplicationDescription(
      QStringLiteral("Which PostgreSQL database is each server really using? whichbase-cli says it in a terminal."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(
      QStringLiteral("file"),
      QStringLiteral("A project file, NAME.whichbase.toml, or a recorded history, NAME.whichbase"),
      QStringLiteral("[FILE]"));
  parser.addOptions({
      option("demo", "Play the demo incident."),
      option("before", "Show a recorded snapshot as before.", "FILE"),
      option("after", "Show a recorded snapshot as after.", "FILE"),
      option("screenshot", "Write a picture of the window to FILE and end; with --demo after both acts.", "FILE"),
      option("size", "Size of the window, such as 1440x900.", "WIDTHxHEIGHT"),
      option("theme", "light or dark, whatever the system says.", "THEME"),
  });
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
  if (understood && (parser.isSet(QStringLiteral("help")) || parser.isSet(QStringLiteral("version"))))
    parser.process(application); // tells it, and ends the program
  if (!understood)
    return std::unexpected(parser.errorText() + QStringLiteral(". --help lists what there is."));
  const auto files = parser.positionalArguments();
  if (files.size() > 1)
    return std::unexpected(
        QStringLiteral("One file at a time: two recorded snapshots are --before FILE --after FILE."));
  Arguments arguments;
  arguments.file = files.value(0);
  arguments.before = parser.value(QStringLiteral("before"));
  arguments.after = parser.value(QStringLiteral("after"));
  arguments.screenshot = parser.value(QStringLiteral("screenshot"));
  arguments.demo = parser.isSet(QStringLiteral("demo"));
  for (const auto& checked : {readTheme(parser.value(QStringLiteral("theme")), arguments),
                              readSize(parser.value(QStringLiteral("size")), arguments)})
    if (!checked)
      return std::unexpected(checked.error());
  return arguments;
}

} // namespace whichbase::gui
