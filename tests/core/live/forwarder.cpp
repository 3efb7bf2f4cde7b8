#include "forwarder.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace whichbase::test {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool pass(int from, int to) {
  std::array<char, 65536> bytes{};
  const auto count = recv(from, bytes.data(), bytes.size(), 0);
  return count > 0 && send(to, bytes.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) == count;
}

void join(int a, int port, const std::stop_token& stop) {
  const int b = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  bool isGood = connect(b, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  while (isGood && !stop.stop_requested()) {
    std::array<pollfd, 2> ends{pollfd{a, POLLIN, 0}, pollfd{b, POLLIN, 0}};
    if (poll(ends.data(), ends.size(), 50) <= 0)
      continue;
    isGood = (ends[0].revents == 0 || pass(a, b)) && (ends[1].revents == 0 || pass(b, a));
  }
  close(a);
  close(b);
}

} // namespace

Forwarder::Forwarder(int to) : m_to(to) {
  m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      listen(m_listener, 64) == 0 && getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) == 0)
    m_port = ntohs(address.sin_port);
  m_thread = std::jthread([this](const std::stop_token& stop) { accept(stop); });
}

Forwarder::~Forwarder() {
  m_thread.request_stop();
  m_thread.join();
  close(m_listener);
}

void Forwarder::accept(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd listener{m_listener, POLLIN, 0};
    if (poll(&listener, 1, 50) <= 0)
      continue;
    const int connection = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection >= 0)
      m_connections.emplace_back(
          [connection, to = m_to.load()](const std::stop_token& stopped) { join(connection, to, stopped); });
  }
  m_connections.clear();
}

} // namespace whichbase::test
