#include "connection/secret_keys.h"

#include "connection/keywords.h"

namespace whichbase::connection {

namespace {

// The value behind password= or "password": at `at`, in quotes, in escaped quotes (JSON in a string), or a word.
Span valueAt(std::string_view text, std::size_t at) {
  const bool escaped = at + 1 < text.size() && text[at] == '\\' && (text[at + 1] == '"' || text[at + 1] == '\'');
  const std::size_t open = at + (escaped ? 1 : 0);
  const char quote = open < text.size() ? text[open] : '\0';
  if (quote != '"' && quote != '\'' && quote != '`') {
    return {at, wordEnd(text, at)};
  }
  std::size_t end = open + 1;
  while (end < text.size() && text[end] != quote) {
    if (text[end] == '\\' && escaped && end + 1 < text.size() && text[end + 1] == quote) {
      break;
    }
    end += text[end] == '\\' && !escaped ? 2 : 1;
  }
  return {open + 1, std::min(end, text.size())};
}

} // namespace

void findSecretKeys(std::string_view text, std::vector<Span>& spans) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (!isWordCharacter(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && (isWordCharacter(text[at]) || text[at] == '-')) {
      ++at;
    }
    if (!isSecretKey(text.substr(begin, at - begin))) {
      continue;
    }
    std::size_t next = at;
    while (next < text.size() &&
           (text[next] == '\\' || text[next] == '"' || text[next] == '\'' || text[next] == '`' || text[next] == ' ')) {
      ++next;
    }
    if (next >= text.size() || (text[next] != '=' && text[next] != ':')) {
      continue;
    }
    ++next;
    next += next < text.size() && text[next] == '>' ? 1 : 0;
    while (next < text.size() && isSpace(text[next])) {
      ++next;
    }
    const Span value = valueAt(text, next);
    if (!value.empty()) {
      spans.push_back(value);
      at = value.end;
    }
  }
}

} // namespace whichbase::connection
