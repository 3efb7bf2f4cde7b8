// A port on loopback that forwards to another one and counts what comes back.
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <thread>

namespace whichbase::bench {

class CountingForwarder {
public:
  explicit CountingForwarder(int port);
  ~CountingForwarder();
  CountingForwarder(const CountingForwarder&) = delete;
  CountingForwarder& operator=(const CountingForwarder&) = delete;
  int port() const { return m_port; }
  std::int64_t bytes() const { return m_bytes; } // both ways

private:
  void accept(const std::stop_token& stop);
  void forward(int client, const std::stop_token& stop);

  int m_target;
  int m_port = 0;
  int m_listener = -1;
  std::atomic<std::int64_t> m_bytes{0};
  std::list<std::jthread> m_connections; // of the accepting thread
  std::jthread m_acceptor;
};

} // namespace whichbase::bench
