#include "import/env_file.h"

#include "connection/characters.h"
#include "import/merge_asked.h"

#include <fmt/format.h>

#include <map>

namespace whichbase::imports {

namespace {

using connection::trimmed;

constexpr std::size_t mostText = 16U << 20U; // of all values together

bool isNameCharacter(char c) {
  return connection::isWordCharacter(c) || c == '.' || c == '-';
}

class Parser {
public:
  Parser(std::string_view text, const EnvFile& file, const Scope& scope, const Variables& earlier)
      : m_text(text), m_file(file), m_scope([this, &scope](const std::string& name) { return answer(scope, name); }),
        m_outside(scope) {
    for (const auto& variable : earlier) {
      m_earlier.emplace(variable.name, &variable);
    }
  }

  std::expected<Variables, Error> parse() {
    while (skipToStatement()) {
      if (!statement()) {
        return std::unexpected(m_error);
      }
      if (m_size > mostText) {
        fail("the values of this file are too long.");
        return std::unexpected(m_error);
      }
    }
    return std::move(m_variables);
  }

private:
  // In Compose the environment around comes first; a .env file of its own is as it is written.
  Answer answer(const Scope& scope, const std::string& name) const {
    const Variable* found = nullptr;
    if (const auto own = m_index.find(name); own != m_index.end()) {
      found = &m_variables[own->second];
    } else if (const auto before = m_earlier.find(name); before != m_earlier.end()) {
      found = before->second;
    }
    if (found != nullptr && m_file.syntax == Syntax::dotenv) {
      return answerOf(*found);
    }
    auto outside = scope ? scope(name) : Answer{};
    if (found == nullptr || outside.isSet) {
      return outside;
    }
    auto result = answerOf(*found);
    mergeAsked(result.value.asked, outside.value.asked);
    return result;
  }

  // False at the end of the text.
  bool skipToStatement() {
    while (m_at < m_text.size()) {
      if (m_text[m_at] == '\n') {
        ++m_line;
        ++m_at;
      } else if (connection::isSpace(m_text[m_at])) {
        ++m_at;
      } else if (m_text[m_at] == '#') {
        m_at = lineEnd();
      } else {
        return true;
      }
    }
    return false;
  }

  std::size_t lineEnd() const { return std::min(m_text.find('\n', m_at), m_text.size()); }
  std::string where() const { return fmt::format("{}:{}", m_file.shown, m_line); }
  void skipBlanks() {
    while (m_at < m_text.size() && m_text[m_at] != '\n' && connection::isSpace(m_text[m_at])) {
      ++m_at;
    }
  }
  bool fail(std::string_view why) {
    m_error = {fmt::format("{}: {}", where(), why)};
    return false;
  }

  bool statement() {
    const int line = m_line;
    if (m_text.substr(m_at).starts_with("export") && m_at + 6 < m_text.size() &&
        (m_text[m_at + 6] == ' ' || m_text[m_at + 6] == '\t')) {
      m_at += 6;
      skipBlanks();
    }
    const auto begin = m_at;
    while (m_at < m_text.size() && isNameCharacter(m_text[m_at])) {
      ++m_at;
    }
    const std::string name(m_text.substr(begin, m_at - begin));
    skipBlanks();
    const char sign = m_at < m_text.size() ? m_text[m_at] : '\n';
    const bool assigns = sign == '=' || (sign == ':' && !m_file.isRaw);
    if (name.empty() || (!assigns && sign != '\n' && sign != '#')) {
      return fail("expected NAME=value.");
    }
    Variable variable{name, {}, fmt::format("{}:{}", m_file.shown, line), {}, m_file.asked};
    if (!assigns) {
      m_at = lineEnd();
      inherit(std::move(variable));
      return true;
    }
    ++m_at;
    return value(variable) && keep(std::move(variable));
  }

  bool keep(Variable variable) {
    m_size += variable.value.size();
    const auto known = m_index.find(variable.name);
    if (known == m_index.end()) {
      m_index.emplace(variable.name, m_variables.size());
      m_variables.push_back(std::move(variable));
    } else {
      m_variables[known->second] = std::move(variable);
    }
    return true;
  }

  // A name alone: that of the environment around. Not set there, it is not set at all.
  void inherit(Variable variable) {
    auto outside = m_outside ? m_outside(variable.name) : Answer{};
    mergeAsked(variable.asked, outside.value.asked);
    variable.value = outside.value.text;
    variable.problem = outside.isSet
                           ? outside.value.problem
                           : fmt::format("{}: {} is taken from the environment, and not set here: set it, then "
                                         "probe again.",
                                         variable.origin, variable.name);
    keep(std::move(variable));
  }

  bool value(Variable& variable) {
    if (m_file.isRaw) {
      variable.value = m_text.substr(m_at, lineEnd() - m_at);
      m_at = lineEnd();
      return true;
    }
    const auto behindSign = m_at;
    skipBlanks();
    const char quote = m_at < m_text.size() ? m_text[m_at] : '\n';
    if (quote == '\'' || quote == '"') {
      return quoted(variable, quote);
    }
    auto text = m_text.substr(m_at, lineEnd() - m_at);
    const bool isComment = m_file.syntax == Syntax::dotenv && text.starts_with('#') && m_at > behindSign;
    m_at = lineEnd();
    const auto comment = std::min(text.find(" #"), text.find("\t#"));
    text = isComment ? std::string_view() : trimmed(text.substr(0, comment));
    put(interpolated(text, m_scope, m_file.syntax, variable.origin), variable);
    return true;
  }

  static void put(Value value, Variable& variable) {
    variable.value = std::move(value.text);
    variable.problem = std::move(value.problem);
    mergeAsked(variable.asked, value.asked);
  }

  bool quoted(Variable& variable, char quote) {
    auto end = m_at + 1;
    while (end < m_text.size() && m_text[end] != quote) {
      end += m_text[end] == '\\' ? 2U : 1U;
    }
    if (end >= m_text.size()) {
      return fail(fmt::format("the quote {} that starts here is not closed.", quote));
    }
    const auto inside = m_text.substr(m_at + 1, end - m_at - 1);
    if (quote == '\'') {
      variable.value = singleQuoted(inside);
    } else {
      put(interpolated(doubleQuoted(inside), m_scope, m_file.syntax, variable.origin), variable);
    }
    m_line += static_cast<int>(std::ranges::count(inside, '\n'));
    m_at = end + 1;
    skipBlanks();
    if (m_at < m_text.size() && m_text[m_at] != '\n' && m_text[m_at] != '#') {
      return fail("expected the end of the line behind the closing quote.");
    }
    m_at = lineEnd();
    return true;
  }

  static std::string singleQuoted(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
      i += text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '\'' ? 1 : 0;
      result += text[i];
    }
    return result;
  }

  // Its escapes, but \$, which the interpolation needs.
  std::string doubleQuoted(std::string_view text) const {
    constexpr std::string_view names = "abfnrtv\\\"'";
    constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\\"'";
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
      const auto known = next == '\0' ? std::string_view::npos : names.find(next);
      if (known != std::string_view::npos) {
        result += meanings[known];
        ++i;
      } else if (next == '$') {
        result += m_file.syntax == Syntax::compose ? "$$" : "\\$";
        ++i;
      } else {
        result += text[i];
      }
    }
    return result;
  }

  std::string_view m_text;
  const EnvFile& m_file;
  Scope m_scope;
  const Scope& m_outside;
  std::map<std::string, const Variable*, std::less<>> m_earlier;
  std::map<std::string, std::size_t, std::less<>> m_index; // of m_variables, by name
  Variables m_variables;
  std::size_t m_at = 0;
  int m_line = 1;
  std::size_t m_size = 0;
  Error m_error;
};

} // namespace

std::expected<Variables, Error> parseEnvFile(std::string_view text, const EnvFile& file, const Scope& scope,
                                             const Variables& earlier) {
  return Parser(text, file, scope, earlier).parse();
}

} // namespace whichbase::imports
