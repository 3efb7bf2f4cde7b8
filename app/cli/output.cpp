#include "cli/output.h"

#include "report/json.h"
#include "report/text.h"

#include <CLI/CLI.hpp>

namespace whichbase::cli {

bool OutputOptions::json() const {
  return format == "json" || (format.empty() && file.ends_with(".json"));
}

void addOutputOptions(CLI::App& command, OutputOptions& options, bool withFile) {
  command
      .add_option("--format", options.format,
                  withFile ? "text (as usual) or json (as usual where --output ends in .json)"
                           : "text (as usual) or json")
      ->check(CLI::IsMember({"text", "json"}));
  if (withFile)
    command.add_option("--output", options.file, "Write the result into FILE, whole or not at all")->type_name("FILE");
  command.add_flag("--ascii", options.ascii, "Draw with +-| instead of lines; so it is where the locale is not UTF-8");
}

bool deliver(const std::string& text, const OutputOptions& options, Console& console) {
  if (options.file.empty())
    return console.print(text);
  const auto saved = report::saveText(text, options.file);
  if (!saved)
    console.error(saved.error().text);
  return saved.has_value();
}

template <class Result>
bool deliverResult(const Result& result, const OutputOptions& options, Console& console) {
  return deliver(options.json() ? report::toJson(result)
                                : report::toText(result, console.textOptions(options.ascii, !options.file.empty())),
                 options, console);
}

template bool deliverResult(const topology::Snapshot&, const OutputOptions&, Console&);
template bool deliverResult(const topology::Comparison&, const OutputOptions&, Console&);

} // namespace whichbase::cli
