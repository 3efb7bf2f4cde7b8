#include "support/odd_ports.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace whichbase::test {

OddPort::OddPort(std::string greeting) : m_greeting(std::move(greeting)) {
  m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(m_listener, reinterpret_cast<sockaddr*>(&address), size);
  listen(m_listener, 512);
  getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
  m_port = ntohs(address.sin_port);
  m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

OddPort::~OddPort() {
  m_thread.request_stop();
  m_thread.join();
  close(m_listener);
}

void OddPort::run(const std::stop_token& stop) {
  std::vector<int> clients;
  while (!stop.stop_requested()) {
    pollfd descriptor{m_listener, POLLIN, 0};
    if (poll(&descriptor, 1, 20) <= 0)
      continue;
    const int client = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0)
      continue;
    ++m_accepted;
    if (m_greeting.empty()) {
      clients.push_back(client);
      continue;
    }
    char buffer[512];
    [[maybe_unused]] auto count = recv(client, buffer, sizeof buffer, 0);
    count = send(client, m_greeting.data(), m_greeting.size(), MSG_NOSIGNAL);
    close(client);
  }
  for (const int client : clients)
    close(client);
}

} // namespace whichbase::test
