#include "process/job.h"

#include "process/descriptor.h"
#include "process/keeper.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <mutex>
#include <thread>

namespace whichbase::process {
namespace {

using namespace std::chrono_literals;

constexpr auto orderlyTerm = 300ms;

// Appends what can be read. False at the end of the stream.
bool readPiece(int descriptor, std::string& text) {
  std::array<char, 16384> buffer{};
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got <= 0)
    return got < 0 && (errno == EINTR || errno == EAGAIN);
  text.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

bool isReadable(int descriptor) {
  pollfd waiting{descriptor, POLLIN, 0};
  return ::poll(&waiting, 1, 0) > 0;
}

// No signal handler of ours may run in the keeper.
class SignalsBlocked {
public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &m_before);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
  sigset_t m_before{};
};

std::string cannotStart(const Command& command, int reason) {
  return fmt::format("{} could not be started: {}.", command.program.string(), std::strerror(reason));
}

} // namespace

struct Job::State {
  pid_t keeper = -1;
  Descriptor leash;
  Descriptor errorPipe;
  std::size_t errorLimit = 0;
  Wakeup ended;
  mutable std::mutex mutex;
  mutable std::condition_variable_any changed;
  std::optional<int> exitCode; // guarded by mutex, as the rest
  std::string errors;
  std::size_t errorBytes = 0; // written so far; the last of them are kept
  bool gone = false;          // the keeper, and with it everything
  std::thread thread;

  void watch();
  bool listen();
  void readErrors();
  void tell(int code);
};

void Job::State::readErrors() {
  std::string piece;
  const bool more = readPiece(errorPipe.number(), piece);
  const std::lock_guard lock(mutex);
  errors += piece;
  errorBytes += piece.size();
  if (errors.size() > errorLimit)
    errors.erase(0, errors.size() - errorLimit);
  if (!more)
    errorPipe.reset();
}

void Job::State::tell(int code) {
  // What it has said must be there before its end is known; a flood from what it left behind must not hold that up.
  for (int i = 0; i < 16 && errorPipe.isOpen() && isReadable(errorPipe.number()); ++i)
    readErrors();
  const std::lock_guard lock(mutex);
  if (!exitCode)
    exitCode = code;
  ended.wake();
  changed.notify_all();
}

// False when the keeper has gone.
bool Job::State::listen() {
  int code = 0;
  const ssize_t got = ::recv(leash.number(), &code, sizeof code, MSG_WAITALL);
  if (got == sizeof code) {
    tell(code);
    return true;
  }
  if (got < 0 && errno == EINTR)
    return true;
  tell(128 + SIGKILL);
  return false;
}

void Job::State::watch() {
  while (true) {
    std::array<pollfd, 2> waiting{{{leash.number(), POLLIN, 0}, {errorPipe.number(), POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0)
      continue;
    if (waiting[1].revents != 0)
      readErrors();
    if (waiting[0].revents != 0 && !listen())
      break;
  }
  while (::waitpid(keeper, nullptr, 0) < 0 && errno == EINTR) {
  }
  const std::lock_guard lock(mutex);
  gone = true;
  changed.notify_all();
}

Job::Job() : m_state(std::make_unique<State>()) {}

std::expected<std::unique_ptr<Job>, std::string> Job::start(const Command& command, const Options& options) {
  auto prepared = prepare(command);
  if (!prepared)
    return std::unexpected(prepared.error());
  std::unique_ptr<Job> job(new Job);
  State& state = *job->m_state;
  state.errorLimit = options.errorLimit;
  const Descriptor nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
  auto [ours, its] = socketPair();
  auto [errors, itsErrors] = pipePair();
  auto [outcome, report] = pipePair();
  if (!nothing.isOpen() || !ours.isOpen() || !errors.isOpen() || !outcome.isOpen())
    return std::unexpected("This process has too many files open to start another program.");
  const Streams streams{options.input < 0 ? nothing.number() : options.input,
                        options.output < 0 ? nothing.number() : options.output, itsErrors.number()};
  {
    const SignalsBlocked blocked;
    state.keeper = ::fork();
    if (state.keeper == 0)
      keep(*prepared, streams, its.number(), report.number(), options.leaveDaemons);
  }
  if (state.keeper < 0)
    return std::unexpected(cannotStart(command, errno));
  its.reset();
  itsErrors.reset();
  report.reset();
  const int reason = reportedReason(outcome.number());
  state.leash = std::move(ours);
  state.errorPipe = std::move(errors);
  state.thread = std::thread(&State::watch, &state);
  if (reason != 0)
    return std::unexpected(cannotStart(command, reason));
  return job;
}

Job::~Job() {
  if (m_state->thread.joinable()) {
    end(0ms, orderlyTerm);
    m_state->thread.join();
  }
}

std::optional<int> Job::wait(TimePoint deadline, std::stop_token stop) const {
  std::unique_lock lock(m_state->mutex);
  m_state->changed.wait_until(lock, std::move(stop), deadline, [this] { return m_state->exitCode.has_value(); });
  return m_state->exitCode;
}

std::string Job::errors() const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->errors;
}

std::size_t Job::errorBytes() const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->errorBytes;
}

std::string Job::errorsSince(std::size_t position) const {
  const std::lock_guard lock(m_state->mutex);
  const std::size_t fresh = m_state->errorBytes - std::min(position, m_state->errorBytes);
  return m_state->errors.substr(m_state->errors.size() - std::min(fresh, m_state->errors.size()));
}

int Job::endedDescriptor() const {
  return m_state->ended.descriptor();
}

void Job::end(std::chrono::milliseconds grace, std::chrono::milliseconds term) {
  const EndMessage message{static_cast<int>(grace.count()), static_cast<int>(term.count())};
  ::send(m_state->leash.number(), &message, sizeof message, MSG_NOSIGNAL);
  std::unique_lock lock(m_state->mutex);
  m_state->changed.wait(lock, [this] { return m_state->gone; });
}

} // namespace whichbase::process
