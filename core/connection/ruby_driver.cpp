// Ruby: URI (lib/uri/rfc3986_parser.rb), then Rails' ConnectionUrlResolver. A key/value string goes to the pg gem,
// which is libpq; Rails wants a URL.
#include "connection/driver_draft.h"
#include "connection/percent.h"
#include "connection/url_shape.h"

#include <fmt/format.h>

namespace whichbase::connection {

namespace {

// Characters that RFC 3986 allows unescaped in user info and names, and in paths.
bool isAllowed(std::string_view text, std::string_view more) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && percentDecoded(text.substr(i, 3));
    const bool plain =
        isWordCharacter(text[i]) || std::string_view("!$&'()*+,-.;=~").find(text[i]) != std::string_view::npos;
    if (!escape && !plain && more.find(text[i]) == std::string_view::npos) {
      return false;
    }
    i += escape ? 2 : 0;
  }
  return true;
}

constexpr const char* bad = "URI refuses it, and its error message shows the whole string";

void readHost(const Source& source, Span span, Draft& draft) {
  const auto text = span.in(source.text());
  const bool address = text.starts_with('[') && text.find(']') != std::string_view::npos;
  const std::size_t hostEnd = address ? source.find("]", span) : source.find(":", span);
  const Span host{span.begin + (address ? 1 : 0), hostEnd};
  const std::size_t colon = source.find(":", {hostEnd, span.end});
  const Span port{std::min(colon + 1, span.end), span.end};
  const bool fits =
      isAllowed(host.in(source.text()), address ? ":" : "") && std::ranges::all_of(port.in(source.text()), isDigit);
  if (!fits) {
    draft.refuse(bad);
    return;
  }
  if (!host.empty()) {
    draft.host = source.piece(host, Decoding::percent);
  }
  if (!port.empty()) {
    draft.port = source.piece(port, Decoding::none);
  }
}

// Rails: what the query says goes before the parts of the URL.
void addRailsQuery(const Source& source, Span query, Draft& draft) {
  std::optional<Piece> user;
  for (const auto& [key, value, hasEquals] : source.query(query, Decoding::percent)) {
    const std::string_view name = key == "username"   ? "user"
                                  : key == "database" ? "dbname"
                                  : key == "dbname"   ? ""
                                                      : std::string_view(key);
    auto* part = key == "user" ? &user : draft.part(name);
    if (part != nullptr && !value.value.empty()) {
      *part = value;
    }
  }
  if (!draft.user) {
    draft.user = user;
  }
}

} // namespace

Draft readAsRuby(const Source& source) {
  Draft draft;
  const auto text = source.text();
  const auto scheme = schemeOf(text);
  if (scheme.empty() || scheme.find(':') != std::string::npos) {
    draft.refuse("wants a URL that starts with postgresql:// or postgres://");
    return draft;
  }
  const std::size_t begin = scheme.size() + 3;
  const std::size_t fragment = source.find("#", {begin, text.size()});
  const Span authority{begin, source.find("/?", {begin, fragment})};
  const Span path{authority.end, source.find("?", {authority.end, fragment})};
  const Span query{std::min(path.end + 1, fragment), fragment};
  const Span info{begin, source.find("@", authority)};
  const bool hasUser = info.end < authority.end;
  const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const bool fits = ascii && (!hasUser || isAllowed(info.in(text), ":")) && isAllowed(path.in(text), ":@/") &&
                    isAllowed(text.substr(std::min(fragment + 1, text.size())), ":@/?");
  if (!fits) {
    draft.refuse(bad);
    return draft;
  }
  readHost(source, {hasUser ? info.end + 1 : begin, authority.end}, draft);
  if (!draft.accepts) {
    return draft;
  }
  if (const Span user{info.begin, source.find(":", info)}; hasUser && !user.empty()) {
    draft.user = source.piece(user, Decoding::percent);
  }
  if (path.end > path.begin + 1) {
    draft.dbname = source.piece({path.begin + 1, path.end}, Decoding::percent);
  }
  addRailsQuery(source, query, draft);
  checkPort(draft);
  if (scheme != "postgresql" && scheme != "postgres") {
    draft.refuse(fmt::format("Rails has no adapter called {}", scheme));
  }
  return draft;
}

} // namespace whichbase::connection
