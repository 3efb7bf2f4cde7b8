// The terminal or the files that the program speaks to: results on standard output, everything else on standard error.
#pragma once

#include "cli/interrupt.h"
#include "report/text.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::cli {

class Console {
public:
  explicit Console(const Interrupt& interrupt) : m_interrupt(interrupt) {}

  // Whether a person can be asked: standard input and standard error are terminals.
  bool canAsk() const;
  bool outputIsTerminal() const;
  // How text is to look on standard output (or in a file, which has neither colours nor a width of its own).
  report::TextOptions textOptions(bool ascii, bool toFile) const;

  // False when standard output cannot take it; the reason has then been told.
  bool print(std::string_view text);
  // A sentence on standard error, redacted, behind the program's name.
  void error(std::string_view text);
  void note(std::string_view text); // the same without the name
  // A line that somebody is to agree to: as it is, not redacted. Give only printable ASCII.
  void exactly(std::string_view text);
  // A line on a terminal that the next one replaces; nothing elsewhere.
  void progress(std::string_view text);
  void endProgress();

  // A line from the terminal; empty at its end, or when interrupted. Without echo for secrets.
  std::optional<std::string> ask(std::string_view question, bool echo);

  std::vector<std::string> secrets; // shown as *** in every error text

private:
  const Interrupt& m_interrupt;
  bool m_progressShown = false;
};

// The text without control characters, in what the locale can show; its line breaks stay.
std::string printable(std::string_view text, bool ascii = false);

// Whether the locale of the environment can show more than ASCII.
bool localeIsUtf8();

} // namespace whichbase::cli
