#include "connection/characters.h"
#include "connection/connection_string.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <charconv>

namespace whichbase::connection {

namespace {

std::vector<std::string> splitAtCommas(const std::string& list) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (at <= list.size()) {
    const auto comma = std::min(list.find(',', at), list.size());
    parts.emplace_back(trimmed(std::string_view(list).substr(at, comma - at)));
    at = comma + 1;
  }
  return parts;
}

// libpq's rule: one port serves all hosts; otherwise there is one for each, and an empty one is the default.
int portOf(const std::vector<std::string>& ports, std::size_t host) {
  const auto& text = ports[ports.size() == 1 ? 0 : std::min(host, ports.size() - 1)];
  int port = 5432;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() ? port : 5432;
}

bool isAddress(const std::string& host, int family) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return inet_pton(family, host.c_str(), address.data()) == 1;
}

} // namespace

std::string valueOf(const Parameters& parameters, std::string_view key) {
  const auto found = std::ranges::find(parameters, key, &Parameters::value_type::first);
  return found == parameters.end() ? std::string() : found->second;
}

std::vector<Endpoint> endpoints(const Parameters& parameters) {
  const auto host = valueOf(parameters, "host");
  const auto hostaddr = valueOf(parameters, "hostaddr");
  if (host.empty() && hostaddr.empty()) {
    return {};
  }
  const auto hosts = splitAtCommas(host);
  const auto addresses = splitAtCommas(hostaddr);
  const auto ports = splitAtCommas(valueOf(parameters, "port"));
  std::vector<Endpoint> result;
  for (std::size_t i = 0; i < std::max(hosts.size(), addresses.size()); ++i) {
    Endpoint endpoint;
    endpoint.host = i < hosts.size() ? hosts[i] : "";
    endpoint.hostaddr = i < addresses.size() ? addresses[i] : "";
    endpoint.port = portOf(ports, i);
    result.push_back(std::move(endpoint));
  }
  return result;
}

std::string endpointText(const Parameters& parameters) {
  std::string result;
  for (const auto& endpoint : endpoints(parameters)) {
    const auto& host = endpoint.host.empty() ? endpoint.hostaddr : endpoint.host;
    const bool brackets = host.find(':') != std::string::npos;
    result += fmt::format("{}{}{}{}:{}", result.empty() ? "" : ", ", brackets ? "[" : "", host, brackets ? "]" : "",
                          endpoint.port);
  }
  return result;
}

std::vector<std::string> secretsOf(const Parameters& parameters) {
  std::vector<std::string> secrets;
  for (const auto* key : {"password", "sslpassword"}) {
    if (auto value = valueOf(parameters, key); !value.empty()) {
      secrets.push_back(std::move(value));
    }
  }
  return secrets;
}

bool isThisComputer(std::string_view host) {
  std::string name = lowered(trimmed(host));
  if (name.ends_with('.')) {
    name.pop_back();
  }
  if (name.empty() || name.front() == '/' || name.front() == '@') {
    return true;
  }
  if (name == "localhost" || name.ends_with(".localhost") || name == "localhost.localdomain" ||
      name == "ip6-localhost") {
    return true;
  }
  in6_addr six{};
  if (inet_pton(AF_INET6, name.c_str(), &six) == 1) {
    const bool mapped = IN6_IS_ADDR_V4MAPPED(&six) && (six.s6_addr[12] == 127 || six.s6_addr[12] == 0);
    return IN6_IS_ADDR_LOOPBACK(&six) || IN6_IS_ADDR_UNSPECIFIED(&six) || mapped;
  }
  // inet_aton reads what the name service reads as an address: 127.1 and 2130706433 too.
  in_addr four{};
  if (inet_aton(name.c_str(), &four) == 0) {
    return false;
  }
  const auto first = ntohl(four.s_addr) >> 24U;
  return first == 127 || first == 0;
}

bool isSingleLabel(std::string_view host) {
  const std::string name(trimmed(host));
  in_addr four{};
  return !isThisComputer(name) && name.find('.') == std::string::npos && !isAddress(name, AF_INET6) &&
         inet_aton(name.c_str(), &four) == 0;
}

} // namespace whichbase::connection
