// Python's two: asyncpg (connect_utils.py, _parse_connect_dsn_and_args and _parse_hostlist, over urllib.parse) and
// SQLAlchemy 2.0 (engine/url.py, _parse_url), then psycopg, which hands every parameter to libpq.
#include "connection/driver_draft.h"
#include "connection/keywords.h"
#include "connection/url_shape.h"

#include <fmt/format.h>

namespace whichbase::connection {

namespace {

// urllib.parse.urlsplit: the authority ends at the first of / ? #, and # starts a fragment anywhere.
struct PythonUrl {
  Span netloc;
  Span path;
  Span query;
};

PythonUrl splitUrl(const Source& source) {
  const auto text = source.text();
  const std::size_t begin = schemeOf(text).size() + 3;
  const std::size_t end = source.find("#", {begin, text.size()});
  PythonUrl url;
  url.netloc = {begin, source.find("/?", {begin, end})};
  url.path = {url.netloc.end, source.find("?", {url.netloc.end, end})};
  url.query = {std::min(url.path.end + 1, end), end};
  return url;
}

void append(std::optional<Piece>& list, const Piece& piece, bool first) {
  if (!list) {
    list = Piece{};
  }
  list->value += (first ? "" : ",") + piece.value;
  list->secret = list->secret || piece.secret;
}

// asyncpg: the hosts of the authority, each parted at its first colon.
void readHostList(const Source& source, Span list, Draft& draft) {
  bool anyPort = false;
  std::optional<Piece> ports;
  for (std::size_t at = list.begin; at <= list.end;) {
    const bool first = at == list.begin;
    const auto end = source.find(",", {at, list.end});
    Span host{at, source.find(":", {at, end})};
    if (host.in(source.text()).starts_with('[')) {
      const auto close = source.find("]", {at, end});
      if (close == end) {
        return draft.refuse("takes the host for an IPv6 address whose bracket is not closed");
      }
      host = {at + 1, close};
    }
    const std::size_t colon = source.find(":", {host.end, end});
    const Span port{std::min(colon + 1, end), end};
    append(draft.host, source.piece(host, Decoding::percent), first);
    append(ports, source.piece(port, Decoding::percent), first);
    anyPort = anyPort || !port.empty();
    at = end + 1;
  }
  if (anyPort) {
    draft.port = ports;
  }
}

// asyncpg: what the authority and the path left open; everything that it does not know goes to the server as a setting.
// A path, be it only "/", has set the database name.
void addAsyncpgQuery(const Source& source, const PythonUrl& url, Draft& draft) {
  const auto text = url.query.in(source.text());
  const bool hasGap = text.starts_with('&') || text.ends_with('&') || text.find("&&") != std::string_view::npos;
  if (hasGap) {
    return draft.refuse("refuses a parameter without =");
  }
  for (const auto& [key, value, hasEquals] : source.query(url.query, Decoding::plusAndPercent)) {
    if (!hasEquals) {
      return draft.refuse(source.isSecret(url.query)
                              ? "refuses a parameter without =; its error message shows the password"
                              : "refuses a parameter without =");
    }
    if (value.value.empty()) {
      continue;
    }
    const bool isDatabase = key == "dbname" || key == "database";
    auto* part = draft.part(key == "database" ? "dbname" : std::string_view(key));
    if (isDatabase && !url.path.empty()) {
      continue;
    }
    if (part != nullptr && !*part) {
      *part = value;
    }
  }
}

std::optional<Piece> unlessEmpty(Piece piece) {
  return piece.value.empty() ? std::nullopt : std::optional(std::move(piece));
}

// Where SQLAlchemy's pattern ends user info: (?P<username>[^:/]*)(?::(?P<password>[^@]*))?@ , which may reach over /
// and ?.
struct UserInfo {
  Span user;
  std::size_t end = 0; // behind the @; 0: none
};

UserInfo sqlAlchemyUserInfo(const Source& source, std::size_t begin) {
  const auto text = source.text();
  const std::size_t run = source.find(":/", {begin, text.size()});
  if (run < text.size() && text[run] == ':') {
    const auto at = source.find("@", {run, text.size()});
    if (at < text.size()) {
      return {{begin, run}, at + 1};
    }
  }
  const auto at = Span{begin, run}.in(text).rfind('@');
  return at == std::string_view::npos ? UserInfo{} : UserInfo{{begin, begin + at}, begin + at + 1};
}

// psycopg hands the parameters of the query to libpq, where they go before the parts of the URL.
void addSqlAlchemyQuery(const Source& source, Span query, Draft& draft) {
  for (const auto& [key, value, hasEquals] : source.query(query, Decoding::plusAndPercent)) {
    if (!hasEquals || value.value.empty()) {
      continue;
    }
    if (auto* part = draft.part(key)) {
      *part = value;
    }
  }
}

} // namespace

Draft readAsAsyncpg(const Source& source) {
  Draft draft;
  const auto scheme = schemeOf(source.text());
  if (scheme != "postgresql" && scheme != "postgres") {
    draft.refuse("wants a URL that starts with postgresql:// or postgres://");
    return draft;
  }
  const auto url = splitUrl(source);
  const auto at = source.find("@", url.netloc);
  const bool hasUser = at < url.netloc.end;
  if (hasUser) {
    draft.user =
        unlessEmpty(source.piece({url.netloc.begin, source.find(":", {url.netloc.begin, at})}, Decoding::percent));
  }
  const Span hosts{hasUser ? at + 1 : url.netloc.begin, url.netloc.end};
  if (!hosts.empty()) {
    readHostList(source, hosts, draft);
  }
  draft.dbname =
      unlessEmpty(source.piece({std::min(url.path.begin + 1, url.path.end), url.path.end}, Decoding::percent));
  addAsyncpgQuery(source, url, draft);
  checkPort(draft);
  return draft;
}

Draft readAsSqlAlchemy(const Source& source) {
  Draft draft;
  const auto text = source.text();
  const auto scheme = schemeOf(text);
  if (scheme.empty() || !std::ranges::all_of(scheme, [](char c) { return isWordCharacter(c) || c == '+'; })) {
    draft.refuse("wants a URL that starts with postgresql://");
    return draft;
  }
  const auto info = sqlAlchemyUserInfo(source, scheme.size() + 3);
  std::size_t begin = scheme.size() + 3;
  if (info.end > 0) {
    draft.user = unlessEmpty(source.piece(info.user, Decoding::percent));
    begin = info.end;
  }
  const std::size_t end = source.find("/?", {begin, text.size()});
  Span host{begin, source.find(":", {begin, end})};
  std::size_t hostEnd = host.end;
  const auto close = Span{begin, end}.in(text).rfind(']');
  if (text.substr(begin).starts_with('[') && close != std::string_view::npos && close > 1) {
    host = {begin + 1, begin + close};
    hostEnd = host.end + 1;
  }
  draft.host = unlessEmpty(source.piece(host, Decoding::none));
  const bool hasPort = hostEnd < end && text[hostEnd] == ':';
  draft.port = hasPort ? unlessEmpty(source.piece({hostEnd + 1, end}, Decoding::none)) : std::nullopt;
  const std::size_t query = source.find("?", {end, text.size()});
  draft.dbname = unlessEmpty(source.piece({std::min(end + 1, query), query}, Decoding::none));
  if (draft.port && draft.port->value.find(',') != std::string::npos) {
    draft.refuse("reads one host only here, and takes the rest for the port; it wants ?host=…&host=…");
  }
  checkPort(draft);
  addSqlAlchemyQuery(source, {std::min(query + 1, text.size()), text.size()}, draft);
  const auto dialect = scheme.substr(0, scheme.find('+'));
  if (dialect != "postgresql") {
    draft.refuse(fmt::format("has no dialect called {}; it wants postgresql://", dialect));
  }
  return draft;
}

} // namespace whichbase::connection
