// A program with everything that it starts, ended as one: a tunnel's command, an ssh master connection, a command of a
// project file. It has a session of its own without a terminal, so that nothing can ask there, and dies with this
// process, however that ends: a keeper process between us and it sees to that.
#pragma once

#include "process/child_process.h"

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace whichbase::process {

using TimePoint = std::chrono::steady_clock::time_point;

class Job {
public:
  struct Options {
    int input = -1; // descriptors that it gets; -1: /dev/null. They stay the caller's.
    int output = -1;
    std::size_t errorLimit = 16 << 10; // of its standard error this much is kept, the end of it
    // What has made a session of its own is left alone when the program ends by itself: gpg-agent keeps a passphrase.
    bool leaveDaemons = false;
  };
  // command.stop plays no part.
  static std::expected<std::unique_ptr<Job>, std::string> start(const Command& command, const Options& options);
  ~Job(); // ends it: SIGTERM, SIGKILL soon after
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  // Its exit code, counted as in RunResult; nothing where it still runs at `deadline`, or when stopped.
  std::optional<int> wait(TimePoint deadline, std::stop_token stop = {}) const;
  // What it wrote to its standard error so far, all of it once wait() told the exit code.
  std::string errors() const;
  // What of it came after its first `position` bytes, as far as it is kept; and how many bytes came so far.
  std::string errorsSince(std::size_t position) const;
  std::size_t errorBytes() const;
  // Readable from its end on: for poll().
  int endedDescriptor() const;
  // Ends it: it may end by itself for `grace`, gets SIGTERM, and after `term` SIGKILL. Returns when all of it has gone.
  void end(std::chrono::milliseconds grace, std::chrono::milliseconds term);

private:
  Job();
  struct State;
  std::unique_ptr<State> m_state;
};

struct RunLimits {
  TimePoint deadline = TimePoint::max();
  std::stop_token stop{};
  std::size_t output = 4 << 20; // bytes; a program that prints more is ended
  bool leaveDaemons = true;     // see Job::Options
};

struct BoundedResult {
  enum class End { exited, timedOut, stopped, flooded };
  End end = End::exited;
  int exitCode = 0; // where it exited
  std::string output;
  std::string errors;
};

// Runs it to its end, with /dev/null as standard input, and leaves nothing of it behind. Fails with a sentence where it
// cannot be started.
std::expected<BoundedResult, std::string> runWithin(const Command& command, const RunLimits& limits);

} // namespace whichbase::process
