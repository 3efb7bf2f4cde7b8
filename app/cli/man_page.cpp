#include "cli/command_tree.h"

#include <fmt/format.h>

#include <sstream>

namespace whichbase::cli {
namespace {

// As troff prints it: every hyphen one that can be copied, nothing at a line's start taken for a request.
std::string plain(std::string_view text) {
  std::string out;
  for (const char character : text)
    if (character == '\\')
      out += "\\e";
    else if (character == '-')
      out += "\\-";
    else
      out += character;
  return !out.empty() && (out.front() == '.' || out.front() == '\'') ? "\\&" + out : out;
}

// Sentences are filled, line by line; what is indented stands as it is.
std::string lines(const std::string& text) {
  std::string out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    out += line.starts_with(' ') ? fmt::format(".nf\n{}\n.fi\n", plain(line)) : fmt::format(".br\n{}\n", plain(line));
  return out;
}

std::string headOf(const OptionText& option) {
  if (option.isPositional)
    return fmt::format("\\fI{}\\fR{}", plain(option.value), option.isRepeated ? "..." : "");
  std::string head;
  if (!option.shortName.empty())
    head = fmt::format("\\fB\\-{}\\fR", option.shortName);
  if (!option.longName.empty())
    head += fmt::format("{}\\fB\\-\\-{}\\fR", head.empty() ? "" : ", ", plain(option.longName));
  return option.value.empty() ? head : fmt::format("{} \\fI{}\\fR", head, plain(option.value));
}

std::string optionsOf(const CommandText& command) {
  std::string out;
  for (const bool positional : {true, false})
    for (const auto& option : command.options) {
      if (option.isPositional != positional)
        continue;
      out += fmt::format(".TP\n{}\n{}", headOf(option), plain(option.description));
      if (!option.byDefault.empty())
        out += fmt::format(" (as usual: {})", plain(option.byDefault));
      out += '\n';
    }
  return out;
}

std::string synopsisOf(const CommandText& command) {
  std::string out = fmt::format("\\fB{}\\fR [\\fIOPTION\\fR]...", plain(command.name));
  for (const auto& option : command.options)
    if (option.isPositional)
      out += option.isRequired ? " " + headOf(option) : " [" + headOf(option) + "]";
  return out;
}

} // namespace

std::string toManPage(const CommandText& program, const std::string& version) {
  std::string upper;
  for (const char c : program.name)
    upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  std::string out = fmt::format(".TH {} 1 \"\" \"Whichbase {}\" \"User Commands\"\n", plain(upper), version);
  out += fmt::format(".SH NAME\n{} \\- {}\n", plain(program.name), plain(program.description));
  out += fmt::format(".SH SYNOPSIS\n.B {}\n{}\n", plain(program.name),
                     program.commands.empty() ? "[\\fIOPTION\\fR]..." : "\\fICOMMAND\\fR [\\fIOPTION\\fR]...");
  out += fmt::format(".SH DESCRIPTION\n{}\n", plain(program.description));
  if (!program.commands.empty())
    out += ".SH COMMANDS\n";
  for (const auto& command : program.commands) {
    out += fmt::format(".SS {}\n{}\n", synopsisOf(command), plain(command.description));
    out += optionsOf(command);
    if (!command.footer.empty())
      out += ".PP\n" + lines(command.footer);
  }
  out += ".SH OPTIONS\n" + optionsOf(program);
  if (!program.footer.empty())
    out += ".SH EXIT STATUS AND EXAMPLES\n" + lines(program.footer);
  return out;
}

} // namespace whichbase::cli
