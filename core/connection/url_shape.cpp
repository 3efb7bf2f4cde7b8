#include "connection/url_shape.h"

#include "connection/keywords.h"

namespace whichbase::connection {

namespace {

// What follows the user info: hosts, database name and query, with how believable it is.
struct Tail {
  std::vector<UrlShape::Host> hosts;
  std::optional<Span> dbname;
  std::vector<UrlShape::Query> query;
  bool strong = true; // false: it parses, but an @ stands in the database name or in a query value where none belongs
};

bool isHostCharacter(char c) {
  return isWordCharacter(c) || c == '.' || c == '-' || c == '~' || c == '%' || static_cast<unsigned char>(c) >= 0x80;
}

// Reads host[:port]; nothing where the port is no number.
std::optional<UrlShape::Host> readHost(std::string_view text, std::size_t& at) {
  UrlShape::Host host;
  if (at < text.size() && text[at] == '[') {
    const auto close = text.find(']', at);
    if (close == std::string_view::npos ||
        text.substr(at, close - at).find_first_of("@/?#") != std::string_view::npos) {
      return std::nullopt;
    }
    host.name = {at + 1, close};
    at = close + 1;
  } else {
    const std::size_t begin = at;
    while (at < text.size() && (isHostCharacter(text[at]) || variableLength(text, at) > 0)) {
      at += std::max<std::size_t>(1, variableLength(text, at));
    }
    host.name = {begin, at};
  }
  if (at < text.size() && text[at] == ':') {
    const std::size_t begin = ++at;
    while (at < text.size() && (isDigit(text[at]) || variableLength(text, at) > 0)) {
      at += std::max<std::size_t>(1, variableLength(text, at));
    }
    host.port = Span{begin, at};
  }
  return host;
}

bool isKey(std::string_view key) {
  return !key.empty() && !isDigit(key.front()) &&
         std::ranges::all_of(key, [](char c) { return isWordCharacter(c) || c == '.' || c == '-' || c == '%'; });
}

// key=value&key=value up to the end; false where a piece is no such pair.
bool readQuery(std::string_view text, std::size_t at, Tail& tail) {
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('&', at), text.size());
    const Span pair{at, end};
    at = end + 1;
    if (pair.empty()) {
      continue;
    }
    const auto equals = pair.in(text).find('=');
    if (equals == std::string_view::npos || !isKey(pair.in(text).substr(0, equals))) {
      return false;
    }
    const UrlShape::Query part{{pair.begin, pair.begin + equals}, {pair.begin + equals + 1, end}};
    if (part.value.in(text).find('@') != std::string_view::npos && !isKnownKeyword(part.key.in(text))) {
      tail.strong = false;
    }
    tail.query.push_back(part);
  }
  return true;
}

// Reads everything after the user info; nothing where it cannot be that.
std::optional<Tail> readTail(std::string_view text, std::size_t at) {
  Tail tail;
  while (true) {
    const auto host = readHost(text, at);
    if (!host) {
      return std::nullopt;
    }
    tail.hosts.push_back(*host);
    if (at >= text.size() || text[at] != ',') {
      break;
    }
    ++at;
  }
  if (at < text.size() && text[at] == '/') {
    const std::size_t begin = ++at;
    at = std::min(text.find('?', at), text.size());
    tail.dbname = Span{begin, at};
    const auto name = tail.dbname->in(text);
    if (const auto sign = name.find('@'); sign != std::string_view::npos) {
      // "…/ss@host/db": no database is called that; the @ ends a password that holds a slash.
      if (name.find_first_of("/:", sign) != std::string_view::npos) {
        return std::nullopt;
      }
      tail.strong = false;
    }
  }
  if (at < text.size() && (text[at] != '?' || !readQuery(text, at + 1, tail))) {
    return std::nullopt;
  }
  return tail;
}

// "user:pw@one:5432,user:pw@two" has a user info for each host, or a strange password: nobody can tell.
bool holdsHostList(std::string_view password) {
  const auto sign = password.find('@');
  const auto comma = password.find(',', sign == std::string_view::npos ? password.size() : sign);
  return comma != std::string_view::npos && password.find(':', comma) != std::string_view::npos;
}

UrlReading withUserInfo(std::string_view text, UrlShape shape, std::size_t begin, std::size_t tailBegin, Tail tail) {
  shape.hosts = std::move(tail.hosts);
  shape.dbname = tail.dbname;
  shape.query = std::move(tail.query);
  if (tailBegin > begin) {
    const Span info{begin, tailBegin - 1};
    const auto colon = info.in(text).find(':');
    shape.user = Span{begin, colon == std::string_view::npos ? info.end : begin + colon};
    if (colon != std::string_view::npos) {
      shape.password = Span{begin + colon + 1, info.end};
      if (holdsHostList(shape.password->in(text))) {
        return {UrlMeaning::ambiguous, {}};
      }
    }
  }
  return {UrlMeaning::clear, std::move(shape)};
}

} // namespace

std::string schemeOf(std::string_view text) {
  const auto end = text.find("://");
  if (end == std::string_view::npos || end == 0 || !isLetter(text.front())) {
    return {};
  }
  auto scheme = lowered(text.substr(0, end));
  const auto name = std::string_view(scheme).substr(scheme.starts_with("jdbc:") ? 5 : 0);
  const bool plain =
      std::ranges::all_of(name, [](char c) { return isWordCharacter(c) || c == '+' || c == '.' || c == '-'; });
  return plain ? scheme : std::string();
}

UrlReading readUrl(std::string_view text) {
  UrlShape shape;
  shape.scheme = schemeOf(text);
  const std::size_t begin = shape.scheme.size() + 3;
  // The reading of RFC 3986: the authority ends at the first of / ? #, and its last @ ends the user info.
  const std::size_t authorityEnd = std::min(text.find_first_of("/?#", begin), text.size());
  const auto sign = text.substr(begin, authorityEnd - begin).rfind('@');
  const std::size_t standard = sign == std::string_view::npos ? begin : begin + sign + 1;
  const auto standardTail = readTail(text, standard);
  if (standardTail && standardTail->strong) {
    return withUserInfo(text, shape, begin, standard, *standardTail);
  }
  std::optional<UrlReading> found;
  if (standardTail) {
    found = withUserInfo(text, shape, begin, standard, *standardTail);
  }
  for (auto at = text.find('@', begin); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const auto tail = at + 1 == standard ? std::nullopt : readTail(text, at + 1);
    if (!tail) {
      continue;
    }
    if (found) {
      return {UrlMeaning::ambiguous, {}};
    }
    found = withUserInfo(text, shape, begin, at + 1, *tail);
  }
  return found.value_or(UrlReading{});
}

} // namespace whichbase::connection
