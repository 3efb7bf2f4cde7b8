#include "process/child_process.h"

#include "process/descriptor.h"
#include "process/execution.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

namespace whichbase::process {

namespace {

// Forks and executes. The calling thread must outlive the child: its end sends the death signal.
std::expected<pid_t, std::string> spawn(Prepared& prepared, const Streams& streams, int deathSignal) {
  auto [reading, writing] = pipePair();
  if (!reading.isOpen())
    return std::unexpected(fmt::format("No pipe could be made: {}.", std::strerror(errno)));
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0)
    return std::unexpected(fmt::format("{} could not be started: {}.", prepared.arguments[0], std::strerror(errno)));
  if (child == 0)
    execute(prepared, streams, deathSignal, parent, writing.number());
  writing.reset();
  if (const int reason = reportedReason(reading.number()); reason != 0) {
    ::waitpid(child, nullptr, 0);
    return std::unexpected(fmt::format("{} could not be started: {}.", prepared.arguments[0], std::strerror(reason)));
  }
  return child;
}

int waitFor(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return exitCodeOf(status);
}

// Appends what can be read. False at the end of the stream.
bool readSome(int descriptor, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got > 0)
    text.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

// Feeds the input and reads both outputs at once, so that neither side waits for the other.
void converse(Descriptor& input, const std::string& text, Descriptor& output, Descriptor& errors, RunResult& result) {
  std::size_t sent = 0;
  while (output.number() >= 0 || errors.number() >= 0) {
    if (sent == text.size())
      input.reset();
    std::array<pollfd, 3> waiting{
        {{input.number(), POLLOUT, 0}, {output.number(), POLLIN, 0}, {errors.number(), POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0)
      continue;
    if (waiting[0].revents != 0) {
      const ssize_t written =
          ::send(input.number(), text.data() + sent, text.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (written > 0)
        sent += static_cast<std::size_t>(written);
      else if (errno != EAGAIN && errno != EINTR)
        sent = text.size(); // it reads no more; what it says about that is in its errors
    }
    if (waiting[1].revents != 0 && !readSome(output.number(), result.output))
      output.reset();
    if (waiting[2].revents != 0 && !readSome(errors.number(), result.errors))
      errors.reset();
  }
}

} // namespace

std::expected<RunResult, std::string> run(const Command& command, const std::string& input) {
  auto prepared = prepare(command);
  if (!prepared)
    return std::unexpected(prepared.error());
  auto [ourInput, itsInput] = socketPair();
  auto [ourOutput, itsOutput] = pipePair();
  auto [ourErrors, itsErrors] = pipePair();
  if (itsInput.number() < 0 || itsOutput.number() < 0 || itsErrors.number() < 0)
    return std::unexpected("This process has too many files open to start another program.");
  const auto child = spawn(*prepared, {itsInput.number(), itsOutput.number(), itsErrors.number()}, SIGTERM);
  if (!child)
    return std::unexpected(child.error());
  itsInput.reset();
  itsOutput.reset();
  itsErrors.reset();
  RunResult result;
  {
    // Only itself: initdb ends its PostgreSQL in order, which a signal would not. No longer once it may be reaped.
    const std::stop_callback ending(command.stop, [pid = *child] { ::kill(pid, SIGTERM); });
    converse(ourInput, input, ourOutput, ourErrors, result);
    ourInput.reset();
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(*child), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
  }
  result.exitCode = waitFor(*child);
  if (command.stop.stop_requested())
    return std::unexpected(fmt::format("{} was stopped.", command.program.filename().string()));
  return result;
}

// The thread forks the child and waits for it: the kernel sends the death signal when the *thread* that forked ends.
struct ChildProcess::State {
  pid_t pid = -1;
  Descriptor input;
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<int> exitCode; // guarded by mutex
  std::thread thread;

  void watch(Prepared prepared, Streams streams, int deathSignal,
             std::promise<std::expected<pid_t, std::string>> started) {
    const auto child = spawn(prepared, streams, deathSignal);
    started.set_value(child);
    if (!child)
      return;
    // Waits without reaping first, so that the pid stays this child's until `exitCode` says that it has ended.
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(*child), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
    }
    const std::lock_guard lock(mutex);
    exitCode = waitFor(*child);
    changed.notify_all();
  }
};

ChildProcess::ChildProcess() : m_state(std::make_unique<State>()) {}

std::expected<std::unique_ptr<ChildProcess>, std::string> ChildProcess::start(const Command& command,
                                                                              const Options& options) {
  auto prepared = prepare(command);
  if (!prepared)
    return std::unexpected(prepared.error());
  const std::filesystem::path logFile = options.log.empty() ? "/dev/null" : options.log;
  Descriptor log(::open(logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (log.number() < 0)
    return std::unexpected(fmt::format("{} could not be written: {}.", logFile.string(), std::strerror(errno)));
  Descriptor ours;
  Descriptor its;
  if (options.keepInputOpen)
    std::tie(ours, its) = socketPair();
  else
    its = Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));

  std::unique_ptr<ChildProcess> process(new ChildProcess);
  State& state = *process->m_state;
  state.input = std::move(ours);
  std::promise<std::expected<pid_t, std::string>> started;
  auto outcome = started.get_future();
  state.thread =
      std::thread(&State::watch, &state, std::move(*prepared), Streams{its.number(), log.number(), log.number()},
                  options.deathSignal, std::move(started));
  const auto pid = outcome.get();
  if (!pid)
    return std::unexpected(pid.error());
  state.pid = *pid;
  return process;
}

ChildProcess::~ChildProcess() {
  signal(SIGKILL);
  if (m_state->thread.joinable())
    m_state->thread.join();
}

pid_t ChildProcess::pid() const {
  return m_state->pid;
}

bool ChildProcess::write(const std::string& text) {
  return ::send(m_state->input.number(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

void ChildProcess::signal(int number) {
  const std::lock_guard lock(m_state->mutex);
  if (m_state->pid > 0 && !m_state->exitCode)
    ::kill(m_state->pid, number);
}

std::optional<int> ChildProcess::wait(std::chrono::milliseconds timeout) {
  std::unique_lock lock(m_state->mutex);
  m_state->changed.wait_for(lock, timeout, [this] { return m_state->exitCode.has_value(); });
  return m_state->exitCode;
}

} // namespace whichbase::process
