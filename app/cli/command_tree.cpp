#include "cli/command_tree.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace whichbase::cli {
namespace {

// "TEXT:{text,json}" → text, json.
std::vector<std::string> choicesIn(const std::string& type) {
  std::vector<std::string> choices;
  const auto begin = type.find('{');
  const auto end = type.rfind('}');
  if (begin == std::string::npos || end == std::string::npos || end < begin)
    return choices;
  const std::string list = type.substr(begin + 1, end - begin - 1);
  for (std::size_t at = 0; at <= list.size();) {
    const auto comma = std::min(list.find(',', at), list.size());
    choices.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return choices;
}

// "SECONDS:FLOAT in [0.1 - 86400]" → SECONDS; a plain TEXT says no more than VALUE does.
std::string valueNameOf(const std::string& type) {
  const std::string name = type.substr(0, type.find_first_of(": "));
  return name.empty() || name == "TEXT" ? "VALUE" : name;
}

OptionText textOf(const CLI::Option& option) {
  OptionText text;
  text.isPositional = option.get_positional();
  text.isRequired = option.get_required();
  text.isRepeated = option.get_expected_max() > 1;
  text.description = option.get_description();
  text.byDefault = option.get_default_str();
  const std::string type = option.get_type_name();
  text.choices = choicesIn(type);
  if (text.isPositional) {
    text.value = option.get_name(true, false);
    return text;
  }
  if (!option.get_lnames().empty())
    text.longName = option.get_lnames().front();
  if (!option.get_snames().empty())
    text.shortName = option.get_snames().front();
  if (option.get_type_size_max() > 0 && option.get_expected_max() > 0)
    text.value = valueNameOf(type);
  return text;
}

} // namespace

CommandText commandTreeOf(const CLI::App& program) {
  CommandText text{program.get_name(), program.get_description(), program.get_footer(), {}, {}};
  for (const CLI::Option* option :
       program.get_options([](const CLI::Option* each) { return !each->get_group().empty(); }))
    text.options.push_back(textOf(*option));
  for (const CLI::App* command :
       program.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); }))
    text.commands.push_back(commandTreeOf(*command));
  return text;
}

} // namespace whichbase::cli
