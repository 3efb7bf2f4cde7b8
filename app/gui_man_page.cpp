#include "gui_man_page.h"

#include "about/libraries.h"
#include "cli/command_tree.h"

#include <cstdio>

namespace whichbase::gui {

void printManPage(const QList<QCommandLineOption>& options, const QString& files) {
  cli::CommandText program{"whichbase", "Which PostgreSQL database is each server really using?", {}, {}, {}};
  cli::OptionText file;
  file.value = "FILE";
  file.isPositional = true;
  file.isRepeated = true;
  file.description = files.toStdString();
  program.options.push_back(file);
  cli::OptionText help;
  help.shortName = "h";
  help.longName = "help";
  help.description = "Print the options and exit.";
  cli::OptionText version;
  version.shortName = "v";
  version.longName = "version";
  version.description = "Print the version, and the libraries', and exit.";
  program.options.push_back(help);
  program.options.push_back(version);
  for (const auto& option : options) {
    if (option.flags().testFlag(QCommandLineOption::HiddenFromHelp))
      continue;
    cli::OptionText text;
    text.longName = option.names().constFirst().toStdString();
    text.value = option.valueName().toStdString();
    text.description = option.description().toStdString();
    program.options.push_back(text);
  }
  program.footer = "whichbase-cli(1) says it in a terminal.";
  std::fputs(cli::toManPage(program, about::version()).c_str(), stdout);
}

} // namespace whichbase::gui
