#include "cli/console.h"

#include "connection/connection_string.h"
#include "report/display_text.h"
#include "report/write_all.h"

#include <fmt/format.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace whichbase::cli {
namespace {

// Widths beyond this are hard to read, and pasted text wraps.
constexpr int mostColumns = 120;

int terminalColumns() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return std::min<int>(size.ws_col, mostColumns);
  return mostColumns;
}

// Turns the echo off as long as it lives.
class Silence {
public:
  Silence() {
    if (::tcgetattr(STDIN_FILENO, &m_before) != 0)
      return;
    termios silent = m_before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    m_set = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~Silence() {
    if (m_set)
      ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

private:
  termios m_before{};
  bool m_set = false;
};

} // namespace

bool localeIsUtf8() {
  const locale_t locale = ::newlocale(LC_CTYPE_MASK, "", nullptr);
  if (locale == nullptr)
    return false;
  const bool utf8 = std::string_view(::nl_langinfo_l(CODESET, locale)) == "UTF-8";
  ::freelocale(locale);
  return utf8;
}

bool Console::canAsk() const {
  return ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0;
}

bool Console::outputIsTerminal() const {
  return ::isatty(STDOUT_FILENO) != 0;
}

report::TextOptions Console::textOptions(bool ascii, bool toFile) const {
  report::TextOptions options;
  options.ascii = ascii || !localeIsUtf8();
  if (toFile || !outputIsTerminal())
    return options;
  const char* noColour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  options.colour = (!noColour || noColour[0] == '\0') && !(terminal && std::string_view(terminal) == "dumb");
  options.columns = terminalColumns();
  return options;
}

bool Console::print(std::string_view text) {
  endProgress();
  const int failure = report::writeAll(STDOUT_FILENO, text);
  if (failure != 0 && failure != EPIPE)
    error(fmt::format("cannot write to standard output: {}; free some space or name a file with --output",
                      std::strerror(failure)));
  return failure == 0;
}

std::string printable(std::string_view text, bool ascii) {
  const auto charset = localeIsUtf8() && !ascii ? report::Charset::unicode : report::Charset::ascii;
  std::string out;
  // Line by line: line breaks are ours, other control characters are not shown.
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    for (const auto& glyph : report::glyphs(text.substr(from, end - from), charset))
      out += glyph.bytes;
    if (end < text.size())
      out += '\n';
    from = end + 1;
  }
  return out;
}

void Console::error(std::string_view text) {
  note("whichbase-cli: " + std::string(text));
}

void Console::note(std::string_view text) {
  endProgress();
  report::writeAll(STDERR_FILENO, printable(connection::redact(text, secrets)) + "\n");
}

void Console::exactly(std::string_view text) {
  endProgress();
  report::writeAll(STDERR_FILENO, std::string(text) + "\n");
}

void Console::progress(std::string_view text) {
  if (::isatty(STDERR_FILENO) == 0)
    return;
  report::writeAll(STDERR_FILENO, "\r\x1b[K" + printable(text));
  m_progressShown = true;
}

void Console::endProgress() {
  if (m_progressShown)
    report::writeAll(STDERR_FILENO, "\r\x1b[K");
  m_progressShown = false;
}

std::optional<std::string> Console::ask(std::string_view question, bool echo) {
  endProgress();
  report::writeAll(STDERR_FILENO, printable(question));
  std::optional<Silence> silence;
  if (!echo)
    silence.emplace();
  std::string line;
  while (true) {
    pollfd waiting[2] = {{STDIN_FILENO, POLLIN, 0}, {m_interrupt.descriptor(), POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0 && errno == EINTR)
      continue;
    if (m_interrupt.requested() || (waiting[1].revents & POLLIN) != 0)
      break;
    char letter = 0;
    const ssize_t got = ::read(STDIN_FILENO, &letter, 1);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      break;
    if (letter == '\n') {
      if (!echo)
        report::writeAll(STDERR_FILENO, "\n");
      return line;
    }
    line += letter;
  }
  report::writeAll(STDERR_FILENO, "\n");
  return std::nullopt;
}

} // namespace whichbase::cli
