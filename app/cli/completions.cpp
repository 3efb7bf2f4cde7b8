#include "cli/command_tree.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace whichbase::cli {
namespace {

std::string quoted(std::string_view text) { // for any shell, between apostrophes
  std::string out = "'";
  for (const char character : text)
    out += character == '\'' ? std::string("'\\''") : character == '\n' ? std::string(" ") : std::string(1, character);
  return out + "'";
}

std::vector<std::string> namesOf(const OptionText& option) {
  std::vector<std::string> names;
  if (!option.longName.empty())
    names.push_back("--" + option.longName);
  if (!option.shortName.empty())
    names.push_back("-" + option.shortName);
  return names;
}

std::string allNames(const CommandText& command) {
  std::vector<std::string> names;
  for (const auto& option : command.options)
    for (const auto& name : namesOf(option))
      names.push_back(name);
  return fmt::format("{}", fmt::join(names, " "));
}

std::string functionName(const CommandText& program) {
  std::string name = "_" + program.name;
  for (char& character : name)
    if (character == '-')
      character = '_';
  return name;
}

// What comes after an option: nothing in particular is a file's name.
std::string bashValues(const CommandText& command) {
  std::string cases;
  for (const auto& option : command.options) {
    if (option.isPositional || option.value.empty())
      continue;
    cases += fmt::format(
        "        {}) COMPREPLY=($(compgen {} -- \"$current\")); return ;;\n", fmt::join(namesOf(option), "|"),
        option.choices.empty() ? std::string("-f")
                               : fmt::format("-W {}", quoted(fmt::format("{}", fmt::join(option.choices, " ")))));
  }
  return cases;
}

// In zsh's specification of an option, brackets and colons mean something.
std::string zshText(std::string_view text) {
  std::string out;
  for (const char character : text) {
    if (character == '[' || character == ']' || character == ':' || character == '\\')
      out += '\\';
    out += character == '\n' ? ' ' : character;
  }
  return out;
}

std::string zshArguments(const CommandText& command) {
  std::string out;
  int place = 0;
  for (const auto& option : command.options) {
    const std::string action =
        option.choices.empty() ? std::string("_files") : fmt::format("({})", fmt::join(option.choices, " "));
    if (option.isPositional) {
      out += " \\\n        " +
             quoted(fmt::format("{}:{}:_files", option.isRepeated ? std::string("*") : std::to_string(++place),
                                zshText(option.value)));
      continue;
    }
    for (const auto& name : namesOf(option)) {
      const std::string value = option.value.empty() ? "" : fmt::format(":{}:{}", zshText(option.value), action);
      out += " \\\n        " +
             quoted(fmt::format("{}{}[{}]{}", option.isRepeated ? "*" : "", name, zshText(option.description), value));
    }
  }
  return out;
}

} // namespace

std::string toBashCompletion(const CommandText& program) {
  std::vector<std::string> commands;
  std::string cases;
  for (const auto& command : program.commands) {
    commands.push_back(command.name);
    cases += fmt::format("    {})\n      case \"$previous\" in\n{}      esac\n      options={}\n      ;;\n",
                         command.name, bashValues(command), quoted(allNames(command)));
  }
  return fmt::format(R"sh({0}() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} options={1}
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "$options {2}" -- "$current"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{3}  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}}
complete -o filenames -F {0} {4}
)sh",
                     functionName(program), quoted(allNames(program)), fmt::join(commands, " "), cases, program.name);
}

std::string toZshCompletion(const CommandText& program) {
  std::string commands;
  std::string cases;
  for (const auto& command : program.commands) {
    commands += " \\\n      " + quoted(fmt::format("{}:{}", command.name, zshText(command.description)));
    cases += fmt::format("      {})\n      _arguments{}\n      ;;\n", command.name, zshArguments(command));
  }
  return fmt::format(R"sh(#compdef {4}
{0}() {{
  local context state line
  _arguments -C{1} \
    '1:command:->command' '*::argument:->argument'
  case $state in
  command)
    local commands=({2})
    _describe command commands
    ;;
  argument)
    case $line[1] in
{3}    esac
    ;;
  esac
}}
{0} "$@"
)sh",
                     functionName(program), zshArguments(program), commands, cases, program.name);
}

std::string toFishCompletion(const CommandText& program) {
  std::string out;
  const auto add = [&](const CommandText& command, const std::string& condition) {
    for (const auto& option : command.options) {
      if (option.isPositional)
        continue;
      out += fmt::format("complete -c {} -n {}", program.name, quoted(condition));
      if (!option.shortName.empty())
        out += " -s " + option.shortName;
      if (!option.longName.empty())
        out += " -l " + option.longName;
      if (!option.value.empty())
        out += option.choices.empty() ? std::string(" -r -F")
                                      : " -x -a " + quoted(fmt::format("{}", fmt::join(option.choices, " ")));
      out += fmt::format(" -d {}\n", quoted(option.description));
    }
  };
  add(program, "__fish_use_subcommand");
  for (const auto& command : program.commands)
    out += fmt::format("complete -c {} -f -n __fish_use_subcommand -a {} -d {}\n", program.name, command.name,
                       quoted(command.description));
  for (const auto& command : program.commands)
    add(command, "__fish_seen_subcommand_from " + command.name);
  return out;
}

} // namespace whichbase::cli
