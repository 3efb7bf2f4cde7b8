#include "compare/view_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace whichbase::compare {
namespace {

bool isWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) > 127;
}

// Behind the quoted text, the word or the single character at `at`.
std::size_t tokenEnd(std::string_view text, std::size_t at) {
  const char first = text[at];
  if (first == '\'' || first == '"') {
    const std::size_t end = text.find(first, at + 1); // a doubled one begins anew, which comes to the same
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  const auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), isWord);
  return std::max(at + 1, static_cast<std::size_t>(end - text.begin()));
}

struct FromItem {
  std::size_t begin = 0, end = 0;
  std::string_view prefix; // the alias, or the relation's name
};

// "public.users" or "public.users u" at `begin`, with nothing more in the FROM clause.
std::optional<FromItem> readItem(std::string_view text, std::size_t begin) {
  const auto isName = [&](std::size_t at) { return at < text.size() && (isWord(text[at]) || text[at] == '"'); };
  if (!isName(begin))
    return std::nullopt;
  const std::size_t point = tokenEnd(text, begin);
  if (point >= text.size() || text[point] != '.' || !isName(point + 1))
    return std::nullopt;
  FromItem item{begin, tokenEnd(text, point + 1), {}};
  item.prefix = text.substr(point + 1, item.end - point - 1);
  constexpr std::array ends{"WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH"};
  const auto isEnd = [&](std::size_t at) {
    return at >= text.size() || (text[at] == ' ' && std::ranges::any_of(ends, [&](const char* word) {
                                   return text.substr(at + 1).starts_with(word);
                                 }));
  };
  if (!isEnd(item.end) && text[item.end] == ' ' && isName(item.end + 1)) {
    const std::size_t alias = item.end + 1;
    item.end = tokenEnd(text, alias);
    item.prefix = text.substr(alias, item.end - alias);
  }
  return isEnd(item.end) ? std::optional(item) : std::nullopt;
}

std::optional<FromItem> onlyItem(std::string_view text) {
  std::optional<FromItem> item;
  int selects = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = tokenEnd(text, at);
    const auto token = text.substr(at, end - at);
    selects += token == "SELECT" ? 1 : 0;
    if (token == "FROM" && !item && end < text.size()) { // not that of EXTRACT(year FROM at), which names no relation
      item = readItem(text, end + 1);
      at = item ? item->end : end;
      continue;
    }
    at = end;
  }
  return selects == 1 ? item : std::nullopt;
}

} // namespace

std::string withoutPrefixes(const std::string& text) {
  const auto item = onlyItem(text);
  if (!item)
    return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (at == item->begin) {
      out += text.substr(at, item->end - at);
      at = item->end;
      continue;
    }
    const std::size_t end = tokenEnd(text, at);
    const bool isPrefix = std::string_view(text).substr(at, end - at) == item->prefix && end + 1 < text.size() &&
                          text[end] == '.' && text[end + 1] != '*' && (at == 0 || text[at - 1] != '.');
    if (!isPrefix)
      out += text.substr(at, end - at);
    at = isPrefix ? end + 1 : end;
  }
  return out;
}

} // namespace whichbase::compare
