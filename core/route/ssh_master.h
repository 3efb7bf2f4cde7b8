// One login at one ssh host, shared by everything that goes there: a master connection that is started first and alone,
// or one that somebody's login on a terminal left.
#pragma once

#include "process/job.h"
#include "route/routes.h"

#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::route {

// Safe for many threads.
class SshMaster {
public:
  explicit SshMaster(Via via) : m_via(std::move(via)) {}
  ~SshMaster() { end(); }

  struct Socket {
    std::filesystem::path path; // of the control socket
    bool isLogin = false;       // of a login on a terminal, whose standard error nobody here sees
  };
  // Waits until a master is there; starts one where there is none, and one that has ended anew. Who waits for the same
  // start gets the same answer.
  std::expected<Socket, Problem> ready(TimePoint deadline, const std::stop_token& stop);
  // It did not do what it should: look again whether it is there before the next use.
  void doubt();
  bool usesLogin() const;

  // A position in what the master said, and why it could not connect for its clients since then ("connect failed:
  // Connection refused"), each reason once.
  std::size_t position() const;
  std::vector<std::string> refusalsSince(std::size_t position) const;

  // Ends the master that was started here.
  void end();
  // "ssh -O exit" for the one that a login left.
  void endLogin();

  const Via& via() const { return m_via; }
  bool knowsFork() const;

private:
  using Clock = std::chrono::steady_clock;
  struct Failure {
    Problem problem;
    TimePoint at;
  };
  std::optional<std::expected<Socket, Problem>> look(TimePoint since);
  std::optional<Problem> start();
  Problem timedOut(const std::stop_token& stop);
  void leave();
  bool askVersion();

  const Via m_via;
  mutable std::mutex m_mutex; // guards what follows
  std::shared_ptr<process::Job> m_job;
  std::filesystem::path m_socket;
  bool m_ready = false;
  bool m_usesLogin = false;
  std::optional<Failure> m_failure;
  int m_waiting = 0;
  std::optional<bool> m_knowsFork;
};

} // namespace whichbase::route
