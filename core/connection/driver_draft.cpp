#include "connection/driver_draft.h"

#include "connection/percent.h"
#include "connection/written.h"

#include <fmt/format.h>

namespace whichbase::connection {

Source::Source(std::string_view text) : m_text(text), m_secrets(secretSpans(text)) {}

bool Source::isSecret(Span span) const {
  return std::ranges::any_of(m_secrets,
                             [&](const Span& secret) { return span.begin < secret.end && secret.begin < span.end; });
}

Piece Source::piece(Span span, Decoding decoding) const {
  std::string value(span.in(m_text));
  if (decoding == Decoding::plusAndPercent) {
    std::ranges::replace(value, '+', ' ');
  }
  return {decoding == Decoding::none ? value : percentDecodedLoosely(value), isSecret(span)};
}

std::vector<QueryPair> Source::query(Span span, Decoding decoding) const {
  std::vector<QueryPair> pairs;
  for (std::size_t at = span.begin; at < span.end;) {
    const auto end = find("&", {at, span.end});
    const auto equals = find("=", {at, end});
    if (end > at) {
      pairs.push_back(
          {piece({at, equals}, decoding).value, piece({std::min(equals + 1, end), end}, decoding), equals < end});
    }
    at = end + 1;
  }
  return pairs;
}

std::size_t Source::find(std::string_view characters, Span span) const {
  const auto at = span.in(m_text).find_first_of(characters);
  return at == std::string_view::npos ? span.end : span.begin + at;
}

std::optional<Piece>* Draft::part(std::string_view key) {
  return key == "user" ? &user : key == "host" ? &host : key == "port" ? &port : key == "dbname" ? &dbname : nullptr;
}

void checkPort(Draft& draft) {
  if (!draft.port) {
    return;
  }
  const auto& value = draft.port->value;
  std::size_t at = 0;
  while (at <= value.size()) {
    const auto comma = std::min(value.find(',', at), value.size());
    const auto port = trimmed(std::string_view(value).substr(at, comma - at));
    const bool inRange = port.empty() || (isNumber(port) && port.size() <= 5 && std::stoi(std::string(port)) <= 65535);
    if (!inRange) {
      const auto shown = draft.port->secret ? std::string("***") : value;
      draft.refuse(fmt::format("takes the port to be {}, which is no port number{}", shown,
                               draft.port->secret ? "; its error message shows the password" : ""));
      return;
    }
    at = comma + 1;
  }
}

} // namespace whichbase::connection
