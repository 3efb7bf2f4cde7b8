// An address that leads somewhere, and elsewhere later: a TCP forwarder on a loopback port.
#pragma once

#include <atomic>
#include <list>
#include <thread>

namespace whichbase::test {

class Forwarder {
public:
  explicit Forwarder(int to); // a port on 127.0.0.1
  ~Forwarder();
  Forwarder(const Forwarder&) = delete;
  Forwarder& operator=(const Forwarder&) = delete;
  int port() const { return m_port; }
  void leadTo(int to) { m_to = to; } // new connections; those that are there stay

private:
  void accept(const std::stop_token& stop);

  std::atomic<int> m_to;
  int m_listener = -1;
  int m_port = 0;
  std::list<std::jthread> m_connections; // used by the listening thread alone
  std::jthread m_thread;
};

} // namespace whichbase::test
