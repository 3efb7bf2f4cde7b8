// The program's commands and options as plain values, read from CLI11's own: what the man page and the shells'
// completions are made of, so that nothing is written twice.
#pragma once

#include <string>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming): CLI11 is called so
class App;
}

namespace whichbase::cli {

struct OptionText {
  std::string longName;             // "deadline"; empty: only short, or positional
  std::string shortName;            // "h"
  std::string value;                // "SECONDS"; empty: a flag
  std::vector<std::string> choices; // of the value, where it is one of few
  std::string description;
  std::string byDefault;
  bool isPositional = false;
  bool isRequired = false;
  bool isRepeated = false;
};

struct CommandText {
  std::string name;
  std::string description;
  std::string footer; // exit codes and examples
  std::vector<OptionText> options;
  std::vector<CommandText> commands;
};

CommandText commandTreeOf(const CLI::App& program);

// A man page (troff, section 1) of the whole program. `version` stands in its foot.
std::string toManPage(const CommandText& program, const std::string& version);

// For bash-completion, zsh's #compdef and fish.
std::string toBashCompletion(const CommandText& program);
std::string toZshCompletion(const CommandText& program);
std::string toFishCompletion(const CommandText& program);

} // namespace whichbase::cli
