#include "counting_forwarder.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace whichbase::bench {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool writeAll(int socket, const char* data, ssize_t size) {
  while (size > 0) {
    const ssize_t done = send(socket, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (done <= 0)
      return false;
    data += done;
    size -= done;
  }
  return true;
}

} // namespace

CountingForwarder::CountingForwarder(int port) : m_target(port) {
  m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  bind(m_listener, reinterpret_cast<sockaddr*>(&address), size);
  listen(m_listener, 8);
  getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
  m_port = ntohs(address.sin_port);
  m_acceptor = std::jthread([this](const std::stop_token& stop) { accept(stop); });
}

CountingForwarder::~CountingForwarder() {
  m_acceptor.request_stop();
  m_acceptor.join();
  m_connections.clear();
  close(m_listener);
}

void CountingForwarder::accept(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd waiting{m_listener, POLLIN, 0};
    if (poll(&waiting, 1, 50) > 0)
      m_connections.emplace_back([this, client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC)](
                                     const std::stop_token& ending) { forward(client, ending); });
  }
}

void CountingForwarder::forward(int client, const std::stop_token& stop) {
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(m_target);
  bool good = connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  std::array<char, 65'536> buffer{};
  while (good && !stop.stop_requested()) {
    std::array<pollfd, 2> ends = {pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    poll(ends.data(), ends.size(), 50);
    for (std::size_t at = 0; good && at < 2; ++at) {
      if (ends[at].revents == 0)
        continue;
      const ssize_t got = recv(ends[at].fd, buffer.data(), buffer.size(), 0);
      m_bytes += got > 0 ? got : 0;
      good = got > 0 && writeAll(ends[1 - at].fd, buffer.data(), got);
    }
  }
  close(client);
  close(server);
}

} // namespace whichbase::bench
