#include "process/descriptor.h"
#include "process/job.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace whichbase::process {
namespace {

using End = BoundedResult::End;
using namespace std::chrono_literals;

constexpr auto killTime = 100ms; // from SIGTERM to SIGKILL, of what is late already

int millisecondsUntil(TimePoint deadline) {
  const auto now = std::chrono::steady_clock::now();
  const auto left = std::clamp<std::chrono::steady_clock::duration>(deadline - now, 0s, 60s);
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
}

// Reads what there is. False at the end of the stream.
bool readAvailable(int descriptor, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got > 0)
    text.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

// Reads the program's output until it ends, in one way or another.
End listen(const Job& job, Descriptor& output, const RunLimits& limits, std::string& text) {
  Wakeup stopped;
  const std::stop_callback onStop(limits.stop, [&] { stopped.wake(); });
  while (true) {
    std::array<pollfd, 3> waiting{
        {{output.number(), POLLIN, 0}, {stopped.descriptor(), POLLIN, 0}, {job.endedDescriptor(), POLLIN, 0}}};
    ::poll(waiting.data(), waiting.size(), millisecondsUntil(limits.deadline));
    if (limits.stop.stop_requested())
      return End::stopped;
    if (waiting[0].revents != 0 && !readAvailable(output.number(), text))
      output.reset();
    if (text.size() > limits.output)
      return End::flooded;
    // Its end counts once everything that it printed has been read; the pipe of a daemon it left may never end.
    if (waiting[2].revents != 0 && waiting[0].revents == 0)
      return End::exited;
    if (std::chrono::steady_clock::now() >= limits.deadline)
      return End::timedOut;
  }
}

} // namespace

std::expected<BoundedResult, std::string> runWithin(const Command& command, const RunLimits& limits) {
  auto [ours, its] = pipePair();
  if (!ours.isOpen())
    return std::unexpected("This process has too many files open to start another program.");
  ::fcntl(ours.number(), F_SETFL, O_NONBLOCK);
  const auto job = Job::start(command, {.output = its.number(), .leaveDaemons = limits.leaveDaemons});
  if (!job)
    return std::unexpected(job.error());
  its.reset();
  BoundedResult result;
  result.end = listen(**job, ours, limits, result.output);
  if (result.end != End::exited)
    (*job)->end(0ms, killTime);
  result.exitCode = (*job)->wait(TimePoint::max()).value_or(0);
  result.errors = (*job)->errors();
  return result;
}

} // namespace whichbase::process
