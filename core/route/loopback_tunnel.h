// A Tunnel of a LoopbackListener and a Link.
#pragma once

#include "process/descriptor.h"
#include "route/link.h"
#include "route/loopback.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace whichbase::route {

class LoopbackTunnel : public Tunnel {
public:
  // The attempt's deadline decides how long the command may take to end by itself.
  static std::expected<std::unique_ptr<Tunnel>, Problem> open(std::unique_ptr<Link> link, TimePoint deadline);
  ~LoopbackTunnel() override;
  int port() const override { return m_port; }
  std::expected<void, Problem> outcome(TimePoint deadline) override;

private:
  LoopbackTunnel(std::unique_ptr<Link> link, TimePoint deadline);
  void serve();
  bool startJob(const process::Descriptor& connection);
  bool waitForEnd();

  const std::unique_ptr<Link> m_link;
  const TimePoint m_deadline;
  LoopbackListener m_listener;
  const int m_port;
  process::Wakeup m_wakeup;
  std::stop_source m_stop;
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::shared_ptr<process::Job> m_job; // guarded by m_mutex, as the rest
  std::optional<Problem> m_problem;
  bool m_accepted = false;
  bool m_over = false; // the command has ended, or could not be started
  std::thread m_thread;
};

} // namespace whichbase::route
