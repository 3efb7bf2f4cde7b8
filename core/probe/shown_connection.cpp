#include "probe/shown_connection.h"

#include "connection/percent.h"

#include <fmt/format.h>

namespace whichbase::probe {

topology::MaskedConnection shownOf(const std::string& text, const connection::ConnectionString& connection) {
  topology::MaskedConnection shown;
  shown.text = connection::mask(text);
  const auto endpoints = connection::endpoints(connection.parameters);
  if (!endpoints.empty()) {
    shown.host = endpoints[0].host.empty() ? endpoints[0].hostaddr : endpoints[0].host;
    shown.port = endpoints[0].port;
  }
  shown.user = connection::valueOf(connection.parameters, "user");
  shown.dbname = connection::valueOf(connection.parameters, "dbname");
  if (shown.dbname.empty())
    shown.dbname = shown.user; // as libpq and the others default it
  shown.readDifferently = connection.readDifferently;
  if (std::string safe = connection::safeUrl(connection, true); safe != shown.text && connection.isUrl)
    shown.safeUrl = std::move(safe);
  shown.lacks = connection.lacks;
  return shown;
}

std::string passwordSourceIn(const std::string& url) {
  const auto names = project::variables(url);
  for (const auto& name : names) {
    const auto text = project::substitute(
        url, [&](const std::string& each) { return std::optional<std::string>(each == name ? "standin" : "other"); });
    const auto parsed = connection::parse(text.value_or(url));
    if (parsed.value && connection::valueOf(parsed.value->parameters, "password").find("standin") != std::string::npos)
      return "${" + name + "}";
  }
  // A name that stands for the whole string, or for more than a part of it.
  return names.empty() || connection::passwordIsLiteral(url) ? "the string" : "${" + names.front() + "}";
}

PasswordKey passwordKeyOf(const connection::Parameters& parameters, const std::string& via) {
  PasswordKey key = connection::percentEncoded(connection::valueOf(parameters, "user")) + "@";
  std::string between;
  for (const auto& endpoint : connection::endpoints(parameters)) {
    const std::string address = endpoint.host.empty() || endpoint.hostaddr.empty() ? "" : "=" + endpoint.hostaddr;
    key += fmt::format("{}{}{}:{}", between,
                       connection::percentEncoded(endpoint.host.empty() ? endpoint.hostaddr : endpoint.host), address,
                       endpoint.port);
    between = ",";
  }
  const std::string dbname = connection::valueOf(parameters, "dbname");
  key += "/" + connection::percentEncoded(dbname.empty() ? connection::valueOf(parameters, "user") : dbname);
  return via.empty() || via == "direct" ? key : key + " via " + project::shownCommand(connection::redact(via));
}

} // namespace whichbase::probe
