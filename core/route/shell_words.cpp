#include "route/via.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace whichbase::route {
namespace {

constexpr std::string_view plain = "-_./:@%+,=";

bool isPlain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) > 127 || plain.find(c) != std::string_view::npos;
}

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isName(std::string_view text) {
  return !text.empty() && (text[0] < '0' || text[0] > '9') && std::ranges::all_of(text, [](char c) {
    return c == '_' || (isPlain(c) && plain.find(c) == std::string_view::npos);
  });
}

// Takes a command line apart, word by word.
class Words {
public:
  explicit Words(std::string_view text) : m_text(text) {}

  std::expected<std::vector<std::string>, std::string> all() {
    while (m_at < m_text.size() && !m_problem) {
      const char c = m_text[m_at++];
      if (isSpace(c))
        finish();
      else
        take(c);
    }
    finish();
    if (m_problem)
      return std::unexpected(*m_problem);
    return std::move(m_words);
  }

private:
  void take(char c) {
    if (c == '\'')
      single();
    else if (c == '"')
      twofold();
    else if (c == '\\')
      escaped();
    else if (c == '~' && !m_open)
      home();
    else if (needsShell(c))
      m_problem = fmt::format("\"{}\" needs a shell", c);
    else
      append(c);
  }

  // Characters that mean something to a shell where they stand without quotes.
  bool needsShell(char c) const {
    if (std::string_view("|&;<>()$`*?[]").find(c) != std::string_view::npos)
      return true;
    if (!m_open && (c == '#' || c == '!'))
      return true;
    if (c == '=')
      return m_words.empty() && isName(m_word); // NAME=value before a command
    if (c != '{' && c != '}')
      return false;
    // {a,b} and {1..3} are more than one word for some shells; {{.Name}} is one for all.
    const auto rest = m_text.substr(m_at - 1);
    const auto word = rest.substr(0, std::min(rest.find_first_of(" \t\n"), rest.size()));
    return (word.size() == 1 && !m_open) || word.find(',') != std::string_view::npos ||
           word.find("..") != std::string_view::npos;
  }

  void single() {
    const auto close = m_text.find('\'', m_at);
    if (close == std::string_view::npos) {
      m_problem = "a ' is not closed";
      return;
    }
    m_word += m_text.substr(m_at, close - m_at);
    m_open = true;
    m_at = close + 1;
  }

  // Between double quotes a backslash is one unless it stands before one of four characters or the end of a line.
  void twofold() {
    m_open = true;
    while (m_at < m_text.size() && m_text[m_at] != '"') {
      const char c = m_text[m_at++];
      if (c == '$' || c == '`') {
        m_problem = fmt::format("\"{}\" needs a shell", c);
        return;
      }
      const char next = m_at < m_text.size() ? m_text[m_at] : ' ';
      if (c != '\\' || std::string_view("$`\"\\\n").find(next) == std::string_view::npos)
        m_word += c;
      else if (++m_at; next != '\n')
        m_word += next;
    }
    if (m_at >= m_text.size())
      m_problem = "a \" is not closed";
    else
      ++m_at;
  }

  void escaped() {
    if (m_at >= m_text.size())
      m_problem = "a \\ stands at the end";
    else if (const char c = m_text[m_at++]; c != '\n')
      append(c);
  }

  void home() {
    const char next = m_at < m_text.size() ? m_text[m_at] : ' ';
    const char* folder = std::getenv("HOME");
    if ((next == '/' || isSpace(next)) && folder != nullptr) {
      m_word += folder;
      m_open = true;
    } else {
      m_problem = "\"~\" needs a shell";
    }
  }

  void append(char c) {
    m_word += c;
    m_open = true;
  }

  void finish() {
    if (m_open)
      m_words.push_back(std::move(m_word));
    m_word.clear();
    m_open = false;
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::string m_word;
  bool m_open = false; // a word has begun, even if it is empty: ''
  std::vector<std::string> m_words;
  std::optional<std::string> m_problem;
};

} // namespace

std::expected<std::vector<std::string>, std::string> shellWords(std::string_view text) {
  if (text.find('\0') != std::string_view::npos)
    return std::unexpected("it holds a NUL character");
  return Words(text).all();
}

std::string shellQuoted(std::string_view text) {
  if (!text.empty() && std::ranges::all_of(text, isPlain))
    return std::string(text);
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  }
  return quoted + "'";
}

} // namespace whichbase::route
