#include "source_literals.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace whichbase::test {
namespace {

class Reader {
public:
  explicit Reader(const std::string& source) : m_source(source) {}

  std::vector<Literal> read() {
    while (m_at < m_source.size())
      step();
    return m_found;
  }

private:
  bool isNext(const char* text) const { return m_source.compare(m_at, std::string(text).size(), text) == 0; }

  // Goes on to after `end`, counting lines.
  void skipTo(const std::string& end, std::size_t from) {
    const std::size_t found = std::min(m_source.find(end, from), m_source.size());
    const std::size_t next = std::min(found + end.size(), m_source.size());
    m_line += static_cast<int>(std::count(m_source.begin() + static_cast<std::ptrdiff_t>(m_at),
                                          m_source.begin() + static_cast<std::ptrdiff_t>(next), '\n'));
    m_at = next;
  }

  void step() {
    const char here = m_source[m_at];
    if (isNext("//") || (here == '#' && isLineStart()))
      return skipTo("\n", m_at);
    if (isNext("/*"))
      return skipTo("*/", m_at);
    if (isNext("R\"(")) { // code of another language
      m_word.clear();
      return skipTo(")\"", m_at);
    }
    if (here == '"')
      return literal();
    if (here == '\'' && (m_at == 0 || !std::isalnum(static_cast<unsigned char>(m_source[m_at - 1])))) {
      m_at += m_source[m_at + 1] == '\\' ? 4 : 3;
      return;
    }
    ++m_at;
    other(here);
  }

  bool isLineStart() const { return m_at == 0 || m_source[m_at - 1] == '\n'; }

  void other(char here) {
    if (here == '\n')
      ++m_line;
    if (std::isspace(static_cast<unsigned char>(here)))
      return;
    m_joins = false;
    if (std::isalnum(static_cast<unsigned char>(here)) || here == '_') {
      const char before = m_at > 1 ? m_source[m_at - 2] : ' ';
      if (!std::isalnum(static_cast<unsigned char>(before)) && before != '_')
        m_word.clear();
      m_word += here;
      return;
    }
    if (here == '(' || here == '{') {
      m_calls.push_back(here == '(' ? m_word : "{");
    } else if ((here == ')' || here == '}') && !m_calls.empty()) {
      m_calls.pop_back();
    }
    m_word.clear();
  }

  void literal() {
    const int line = m_line;
    std::string text;
    for (++m_at; m_at < m_source.size() && m_source[m_at] != '"'; ++m_at) {
      if (m_source[m_at] == '\\')
        text += m_source[m_at++];
      text += m_source[m_at];
    }
    ++m_at;
    m_word.clear();
    if (m_joins) {
      m_found.back().text += text;
      return;
    }
    m_joins = true;
    m_found.push_back({text, m_calls.empty() ? std::string() : m_calls.back(), m_calls, line});
  }

  const std::string& m_source;
  std::size_t m_at = 0;
  int m_line = 1;
  std::string m_word;
  std::vector<std::string> m_calls;
  bool m_joins = false; // nothing but space since the last literal
  std::vector<Literal> m_found;
};

} // namespace

std::vector<Literal> literalsIn(const std::string& source) {
  return Reader(source).read();
}

} // namespace whichbase::test
