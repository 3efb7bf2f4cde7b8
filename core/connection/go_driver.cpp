// Go's pgx up to 5.10 (pgconn/config.go, parseURLSettings and parseKeywordValueSettings) over net/url (url.go, Parse
// and parseAuthority). Its CHANGELOG says of the versions after that: "designed to exactly match libpq's URI parser".
#include "connection/driver_draft.h"
#include "connection/key_values.h"
#include "connection/percent.h"
#include "connection/url_shape.h"

#include <fmt/format.h>

namespace whichbase::connection {

namespace {

bool isUserInfoCharacter(char c) {
  return isWordCharacter(c) || std::string_view("-.:~!$&'()*+,;=%@").find(c) != std::string_view::npos;
}

// net/url's host: unescaped only what a host may hold; of the escapes only %25 and those of bytes beyond ASCII.
bool isHost(std::string_view host) {
  for (std::size_t i = 0; i < host.size(); ++i) {
    const char c = host[i];
    if (c == '%') {
      const auto escape = host.substr(i, 3);
      const bool high = escape.size() == 3 && (escape[1] >= '8') && percentDecoded(escape);
      if (!high && escape != "%25") {
        return false;
      }
    } else if (static_cast<unsigned char>(c) < 0x80 && !isWordCharacter(c) &&
               std::string_view("-.~!$&'()*+,;=:[]<>\"").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

void append(std::optional<Piece>& list, const Piece& piece) {
  if (piece.value.empty()) {
    return;
  }
  list = list ? Piece{list->value + "," + piece.value, list->secret || piece.secret} : piece;
}

// host:port,host:port: net/url looks at the last port only, pgx parts them.
void readHosts(const Source& source, Span span, Draft& draft) {
  if (!isHost(span.in(source.text()))) {
    draft.refuse("says: invalid character or URL escape in host name");
  }
  for (std::size_t at = span.begin; at < span.end;) {
    const auto end = source.find(",", {at, span.end});
    Span host{at, end};
    Span port{end, end};
    const auto text = host.in(source.text());
    if (text.starts_with('[') && text.find(']') != std::string_view::npos) {
      host = {at + 1, at + text.find(']')};
      port = {std::min(host.end + 2, end), end};
    } else if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
      host.end = at + colon;
      port.begin = host.end + 1;
    }
    if (host.in(source.text()).find(':') != std::string_view::npos && !text.starts_with('[')) {
      draft.refuse("says: too many colons in address");
    }
    append(draft.host, source.piece(host, Decoding::percent));
    append(draft.port, source.piece(port, Decoding::none));
    at = end + 1;
  }
}

void readUserInfo(const Source& source, Span info, Draft& draft) {
  const Span user{info.begin, source.find(":", info)};
  draft.user = source.piece(user, Decoding::percent);
  if (!std::ranges::all_of(info.in(source.text()), isUserInfoCharacter)) {
    draft.refuse("says: net/url: invalid userinfo");
  } else if (!percentDecoded(info.in(source.text()))) {
    draft.refuse("says: invalid URL escape; its error message shows it");
  }
}

Draft readUrlAsPgx(const Source& source) {
  Draft draft;
  const auto text = source.text();
  const std::size_t begin = schemeOf(text).size() + 3;
  const std::size_t end = source.find("#", {begin, text.size()});
  const std::size_t queryBegin = source.find("?", {begin, end});
  const Span authority{begin, source.find("/", {begin, queryBegin})};
  const auto at = authority.in(text).rfind('@');
  const std::size_t hosts = at == std::string_view::npos ? begin : begin + at + 1;
  if (hosts > begin) {
    readUserInfo(source, {begin, hosts - 1}, draft);
  }
  readHosts(source, {hosts, authority.end}, draft);
  checkPort(draft);
  auto path = Span{authority.end, queryBegin};
  while (!path.empty() && text[path.begin] == '/') {
    ++path.begin;
  }
  if (!path.empty()) {
    draft.dbname = source.piece(path, Decoding::percent);
    if (!percentDecoded(path.in(text))) {
      draft.refuse("says: invalid URL escape in the database name");
    }
  }
  for (const auto& [key, value, hasEquals] :
       source.query({std::min(queryBegin + 1, end), end}, Decoding::plusAndPercent)) {
    if (auto* part = draft.part(key == "database" ? "dbname" : std::string_view(key))) {
      *part = value;
    }
  }
  return draft;
}

} // namespace

Draft readAsPgx(const Source& source) {
  const auto scheme = schemeOf(source.text());
  if (scheme == "postgresql" || scheme == "postgres") {
    return readUrlAsPgx(source);
  }
  Draft draft;
  const auto values = readKeyValues(source.text());
  if (!scheme.empty() || values.fault != KeyValueFault::none || values.pairs.empty()) {
    draft.refuse("wants a URL that starts with postgresql:// or postgres://, or key=value");
    return draft;
  }
  for (const auto& pair : values.pairs) {
    const auto key = pair.key.in(source.text());
    if (auto* part = draft.part(key == "database" ? "dbname" : key)) {
      *part = Piece{pair.text, source.isSecret(pair.value)};
    }
  }
  checkPort(draft);
  if (!draft.user && !draft.host && !draft.dbname) {
    draft.refuse("knows none of its parameters");
  }
  return draft;
}

} // namespace whichbase::connection
