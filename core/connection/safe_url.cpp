#include "connection/characters.h"
#include "connection/connection_string.h"
#include "connection/percent.h"

#include <array>

namespace whichbase::connection {

namespace {

bool isSocket(std::string_view host) {
  return host.starts_with('/') || host.starts_with('@');
}

// host:port,host:port. Ports that the string leaves out stay out.
std::string authority(const std::vector<Endpoint>& endpoints, bool withPorts) {
  std::string text;
  for (const auto& endpoint : endpoints) {
    const auto& host = endpoint.host.empty() ? endpoint.hostaddr : endpoint.host;
    text += text.empty() ? "" : ",";
    text += host.find(':') != std::string::npos ? "[" + host + "]" : percentEncoded(host);
    text += withPorts ? ":" + std::to_string(endpoint.port) : "";
  }
  return text;
}

} // namespace

std::string safeUrl(const ConnectionString& connection, bool masked) {
  const auto& parameters = connection.parameters;
  const auto hidden = [&](const std::string& value) { return masked ? std::string("***") : percentEncoded(value); };
  const auto hosts = endpoints(parameters);
  // A socket directory goes into the query: as %2F in the authority, Go's net/url refuses it.
  const bool inQuery = std::ranges::any_of(hosts, [](const Endpoint& e) { return isSocket(e.host); });
  const bool withPorts = !valueOf(parameters, "port").empty();
  std::string url = "postgresql://" + percentEncoded(valueOf(parameters, "user"));
  if (const auto password = valueOf(parameters, "password"); !password.empty()) {
    url += ":" + hidden(password);
  }
  url += url.back() == '/' ? "" : "@";
  url += (inQuery ? "" : authority(hosts, withPorts)) + "/" + percentEncoded(valueOf(parameters, "dbname"));
  char separator = '?';
  for (const auto& [key, value] : parameters) {
    constexpr std::array<std::string_view, 3> placed{"user", "password", "dbname"};
    const bool isAddress = key == "host" || key == "port" || (key == "hostaddr" && valueOf(parameters, "host").empty());
    if (std::ranges::find(placed, key) != placed.end() || (isAddress && !(inQuery && key != "hostaddr"))) {
      continue;
    }
    url += separator + key + "=" + (key == "sslpassword" ? hidden(value) : percentEncoded(value));
    separator = '&';
  }
  return url;
}

} // namespace whichbase::connection
