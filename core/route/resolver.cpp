#include "route/resolver.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>

#include <algorithm>
#include <system_error>
#include <thread>

namespace whichbase::route {
namespace {

Addresses ask(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int code = getaddrinfo(host.c_str(), nullptr, &hints, &found);
  Addresses addresses;
  if (code != 0) {
    const bool unknown = code == EAI_NONAME || code == EAI_NODATA;
    addresses.problem = unknown ? fmt::format("no such host: {}", host)
                                : fmt::format("the name service could not answer for {}: {}", host, gai_strerror(code));
    return addresses;
  }
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    char text[NI_MAXHOST];
    if (getnameinfo(entry->ai_addr, entry->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
      continue;
    if (std::find(addresses.numeric.begin(), addresses.numeric.end(), text) == addresses.numeric.end())
      addresses.numeric.emplace_back(text);
  }
  freeaddrinfo(found);
  if (addresses.numeric.empty())
    addresses.problem = fmt::format("no such host: {}", host);
  return addresses;
}

} // namespace

bool isNumericAddress(const std::string& host) {
  in6_addr buffer{};
  const std::string withoutZone = host.substr(0, host.find('%'));
  return inet_pton(AF_INET, host.c_str(), &buffer) == 1 || inet_pton(AF_INET6, withoutZone.c_str(), &buffer) == 1;
}

Addresses Resolver::resolve(const std::string& host, std::chrono::steady_clock::time_point deadline) {
  if (isNumericAddress(host))
    return {{host}, {}, false};
  const std::shared_ptr<Shared> shared = m_shared;
  std::unique_lock lock(shared->mutex);
  if (const auto [entry, isNew] = shared->answers.try_emplace(host); isNew) {
    try {
      std::thread([shared, host] {
        Addresses addresses = ask(host);
        const std::lock_guard guard(shared->mutex);
        shared->answers[host] = {true, std::move(addresses)};
        shared->changed.notify_all();
      }).detach();
    } catch (const std::system_error&) {
      entry->second = {true, {{}, fmt::format("no thread could be started to look up {}", host), false}};
    }
  }
  shared->changed.wait_until(lock, deadline, [&] { return shared->stopped || shared->answers[host].done; });
  if (shared->answers[host].done)
    return shared->answers[host].addresses;
  if (shared->stopped)
    return {{}, "cancelled", false};
  return {{}, fmt::format("the name service did not answer for {} in time", host), true};
}

void Resolver::stop() {
  const std::lock_guard lock(m_shared->mutex);
  m_shared->stopped = true;
  m_shared->changed.notify_all();
}

} // namespace whichbase::route
