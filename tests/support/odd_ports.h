// Ports that behave badly, for real: they accept and say nothing, speak HTTP, or send garbage.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace whichbase::test {

// Listens on a loopback port until its end. With an empty greeting it accepts and says nothing; otherwise it answers
// the first bytes of every connection with the greeting and closes it.
class OddPort {
public:
  explicit OddPort(std::string greeting = {});
  ~OddPort();
  int port() const { return m_port; }
  int accepted() const { return m_accepted; }

private:
  void run(const std::stop_token& stop);
  std::string m_greeting;
  int m_listener = -1;
  int m_port = 0;
  std::atomic<int> m_accepted{0};
  std::jthread m_thread;
};

} // namespace whichbase::test
