// node-postgres: pg-connection-string 2 (index.js) over the WHATWG URL of Node.js, https://url.spec.whatwg.org/
#include "connection/driver_draft.h"
#include "connection/percent.h"
#include "connection/url_shape.h"

#include <fmt/format.h>

namespace whichbase::connection {

namespace {

bool isHex(char c) {
  return isDigit(c) || (toLower(c) >= 'a' && toLower(c) <= 'f');
}

// Where a space or a % stands that starts no escape, the driver encodes the whole string once more and takes back only
// the escapes of two decimal digits: "%2F" then means itself, "%40" an @.
bool isEncodedAgain(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool shortEscape =
        text[i] == '%' && i + 1 < text.size() && (!isHex(text[i + 1]) || (i + 2 < text.size() && !isHex(text[i + 2])));
    if (text[i] == ' ' || shortEscape) {
      return true;
    }
  }
  return false;
}

// JavaScript's decodeURI, which the driver uses on the database name, keeps the escapes of these.
std::string withReservedEscapes(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' ? percentDecoded(text.substr(i, 3)) : std::nullopt;
    const bool undone =
        byte && byte->size() == 1 && std::string_view(";/?:@&=+$,#").find((*byte)[0]) == std::string_view::npos;
    result += undone ? *byte : std::string(1, text[i]);
    i += undone ? 2 : 0;
  }
  return result;
}

class NodeUrl {
public:
  explicit NodeUrl(const Source& source) : m_source(source), m_again(isEncodedAgain(source.text())) {}

  Draft read();

private:
  Piece decoded(Span span) const;
  void readAuthority(Span authority, bool onlyPath);
  void readHost(Span span);
  void readQuery(Span query);

  const Source& m_source;
  bool m_again;
  Draft m_draft;
};

Piece NodeUrl::decoded(Span span) const {
  if (!m_again) {
    return m_source.piece(span, Decoding::percent);
  }
  const auto text = span.in(m_source.text());
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool kept = text[i] == '%' && i + 2 < text.size() && isDigit(text[i + 1]) && isDigit(text[i + 2]);
    value += kept ? percentDecodedLoosely(text.substr(i, 3)) : std::string(1, text[i]);
    i += kept ? 2 : 0;
  }
  return {std::move(value), m_source.isSecret(span)};
}

void NodeUrl::readHost(Span span) {
  const auto text = span.in(m_source.text());
  const bool address = text.starts_with('[') && !m_again;
  const auto close = address ? m_source.find("]", span) : span.begin;
  const auto colon = m_source.find(":", {close, span.end});
  const Span host = address ? Span{span.begin + 1, close} : Span{span.begin, colon};
  if (!host.empty()) {
    m_draft.host = decoded(host);
  }
  const bool behindBracket = address && colon > close + 1; // "[::1]x"
  if (m_source.find("<>[\\]^|#", host) < host.end || (address && close == span.end) || behindBracket) {
    m_draft.refuse("says: Invalid URL");
  }
  const Span port{std::min(colon + 1, span.end), span.end};
  if (host.empty() && colon < span.end) {
    m_draft.refuse("says: Invalid URL; a port stands without a host");
  }
  if (port.empty()) {
    return;
  }
  m_draft.port = m_source.piece(port, Decoding::none);
  if (m_draft.port->value.find(',') != std::string::npos) {
    m_draft.refuse("reads one host only");
  }
  checkPort(m_draft);
  if (m_draft.port->secret && m_draft.problem) {
    m_draft.problem = "takes a piece of the password for the port, and says: Invalid URL";
  }
}

void NodeUrl::readAuthority(Span authority, bool onlyPath) {
  const auto at = authority.in(m_source.text()).rfind('@');
  if (at == std::string_view::npos) {
    return readHost(authority);
  }
  const Span info{authority.begin, authority.begin + at};
  const Span user{info.begin, m_source.find(":", info)};
  if (!user.empty()) {
    m_draft.user = decoded(user);
  }
  const Span host{info.end + 1, authority.end};
  if (host.empty() && !onlyPath) {
    m_draft.refuse("says: Invalid URL; no host stands behind the @");
  }
  readHost(host);
}

void NodeUrl::readQuery(Span query) {
  for (const auto& [key, value, hasEquals] : m_source.query(query, Decoding::plusAndPercent)) {
    auto* part = key == "dbname" ? nullptr : m_draft.part(key);
    if (part != nullptr && !value.value.empty()) {
      *part = value;
    }
  }
}

Draft NodeUrl::read() {
  const auto text = m_source.text();
  const std::size_t begin = schemeOf(text).size() + 3;
  const std::size_t end = m_source.find("#", {begin, text.size()});
  const Span authority{begin, m_source.find("/?", {begin, end})};
  const Span path{authority.end, m_source.find("?", {authority.end, end})};
  // An empty host behind the @ is mended by the driver where a path follows.
  readAuthority(authority, !path.empty());
  if (path.end > path.begin + 1) {
    const Span name{path.begin + 1, path.end};
    m_draft.dbname = m_again ? decoded(name) : Piece{withReservedEscapes(name.in(text)), m_source.isSecret(name)};
  }
  readQuery({std::min(path.end + 1, end), end});
  return m_draft;
}

} // namespace

Draft readAsNode(const Source& source) {
  const auto scheme = schemeOf(source.text());
  if (scheme.empty() || scheme.find(':') != std::string::npos) {
    Draft draft;
    // It is a path relative to postgres://base to the driver.
    draft.host = Piece{"base", false};
    draft.dbname = Piece{std::string(source.text()), !source.secrets().empty()};
    draft.refuse("takes the whole text for a database name, since it is no postgresql:// URL");
    return draft;
  }
  return NodeUrl(source).read();
}

} // namespace whichbase::connection
