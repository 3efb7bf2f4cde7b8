// The ways to addresses that this computer does not see itself: one tunnel an attempt to connect, and one ssh master
// connection a host, so that many targets cost one login.
//
// A tunnel is a listener on a loopback port that takes one connection, and a command started with that connection as
// its standard input and output, as inetd does. Nothing of it outlives the tunnel.
#pragma once

#include "route/via.h"

#include <chrono>
#include <expected>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::route {

using TimePoint = std::chrono::steady_clock::time_point;

struct Problem {
  std::string text;         // one clause, redacted: "ssh prod: Permission denied (publickey)"
  std::string remedy;       // what to do next
  std::string loginCommand; // what to run on a terminal first, where somebody has to log in; else empty
  bool timedOut = false;    // or was cancelled
  // How far it got: the route itself failed; or it works, and the far side does not know the name, or cannot connect to
  // the address.
  enum class Where { route, name, address };
  Where where = Where::route;
};

class Tunnel {
public:
  virtual ~Tunnel() = default;  // closes the listener, and ends the command with everything it started
  virtual int port() const = 0; // on 127.0.0.1
  // Why nothing came through, from the command's standard error and exit: waits for it, shortly and at most until the
  // deadline. Nothing where the command still runs and has said nothing.
  virtual std::expected<void, Problem> outcome(TimePoint deadline) = 0;
};

// Shared by all probes of a sweep, or by all sweeps of a window. Safe for many threads.
class Routes {
public:
  Routes();
  ~Routes(); // ends the masters that it started
  Routes(const Routes&) = delete;
  Routes& operator=(const Routes&) = delete;

  // For one attempt to reach host:port, as they are called where the route leads. For ssh it waits for the master,
  // which the first caller starts. The tunnel belongs to the caller; it may outlive the routes.
  std::expected<std::unique_ptr<Tunnel>, Problem> open(const Via& via, const std::string& host, int port,
                                                       TimePoint deadline, std::stop_token stop = {});
  // Waits until the route can be used: for ssh, until somebody is logged in.
  std::expected<void, Problem> prepare(const Via& via, TimePoint deadline, std::stop_token stop = {});

  // Runs a project's own command to its end and returns what it prints, at most `atMost` bytes. One that is a plain
  // "ssh …" goes through that host's master, too. An exit code other than 0 is a problem with the last of its standard
  // error.
  std::expected<std::string, Problem> run(const std::string& command, TimePoint deadline, std::size_t atMost = 4 << 20,
                                          std::stop_token stop = {});

  // Ends the masters and everything that waits or runs here; the routes are of no use afterwards.
  void stop();
  // Only what waits or runs now; masters stay.
  void interrupt();

  // The command that logs in to the host on a terminal, and leaves a master connection that open() finds: for
  // passphrases, second factors and new host keys. It is ended by endLogins(), or after ten idle minutes.
  static std::string loginCommand(const Via& via);
  void endLogins();

private:
  struct State;
  std::unique_ptr<State> m_state;
};

} // namespace whichbase::route
