#include "connection/key_values.h"

#include "connection/keywords.h"

namespace whichbase::connection {

namespace {

std::size_t skipSpaces(std::string_view text, std::size_t at) {
  while (at < text.size() && isSpace(text[at])) {
    ++at;
  }
  return at;
}

// Reads the value that starts at `at`; false where its quote is not closed. The rules are those of libpq's
// conninfo_parse(): a backslash escapes the next character, inside quotes and outside.
bool readValue(std::string_view text, std::size_t& at, KeyValue& pair) {
  pair.value.begin = at;
  pair.quoted = at < text.size() && text[at] == '\'';
  at += pair.quoted ? 1 : 0;
  while (at < text.size() && (pair.quoted ? text[at] != '\'' : !isSpace(text[at]))) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      ++at;
    }
    pair.text += text[at++];
  }
  const bool closed = !pair.quoted || at < text.size();
  at += pair.quoted && closed ? 1 : 0;
  pair.value.end = at;
  return closed;
}

// An unknown key behind an unquoted password, or right at the quote of a quoted one, is most likely the rest of it.
bool mayGoOn(std::string_view text, const std::vector<KeyValue>& pairs, std::size_t key) {
  return !pairs.empty() && isSecretKey(pairs.back().key.in(text)) &&
         (!pairs.back().quoted || pairs.back().value.end == key);
}

} // namespace

bool looksLikeKeyValues(std::string_view text) {
  const auto equals = text.find('=');
  const auto key = trimmed(text.substr(0, equals));
  return equals != std::string_view::npos && !key.empty() &&
         std::ranges::all_of(key, [](char c) { return isWordCharacter(c) || c == ' '; });
}

KeyValues readKeyValues(std::string_view text) {
  KeyValues result;
  std::size_t at = skipSpaces(text, 0);
  while (at < text.size()) {
    KeyValue pair;
    pair.key.begin = at;
    while (at < text.size() && text[at] != '=' && !isSpace(text[at])) {
      ++at;
    }
    pair.key.end = at;
    at = skipSpaces(text, at);
    if (at >= text.size() || text[at] != '=') {
      result.fault = KeyValueFault::missingEquals;
      result.faultAt = pair.key.begin;
      return result;
    }
    if (!isKnownKeyword(pair.key.in(text)) && mayGoOn(text, result.pairs, pair.key.begin)) {
      result.fault = KeyValueFault::afterPassword;
      result.faultAt = pair.key.begin;
      return result;
    }
    at = skipSpaces(text, at + 1);
    const bool closed = readValue(text, at, pair);
    result.pairs.push_back(pair);
    if (!closed) {
      result.fault = KeyValueFault::unfinishedQuote;
      result.faultAt = pair.value.begin;
      return result;
    }
    at = skipSpaces(text, at);
  }
  return result;
}

std::string keyValueQuoted(std::string_view value) {
  const bool plain =
      !value.empty() && std::ranges::none_of(value, [](char c) { return isSpace(c) || c == '\'' || c == '\\'; });
  if (plain) {
    return std::string(value);
  }
  std::string result = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') {
      result += '\\';
    }
    result += c;
  }
  return result + "'";
}

} // namespace whichbase::connection
