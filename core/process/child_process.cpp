#include "process/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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

class Descriptor {
public:
  explicit Descriptor(int number = -1) : m_number(number) {}
  Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(m_number, other.m_number);
    return *this;
  }
  ~Descriptor() { reset(); }
  int number() const { return m_number; }
  void reset() {
    if (m_number >= 0)
      ::close(std::exchange(m_number, -1));
  }

private:
  int m_number;
};

struct Identity {
  bool change = false;
  uid_t user = 0;
  gid_t group = 0;
};

// Everything that exec needs, made before fork: between fork and exec of a program with threads nothing may allocate.
struct Prepared {
  std::vector<std::string> strings;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  Identity identity;
  std::string folder;
};

std::expected<Identity, std::string> identityOf(const std::string& user) {
  if (user.empty())
    return Identity{};
  const passwd* entry = ::getpwnam(user.c_str());
  if (!entry)
    return std::unexpected(fmt::format("There is no user \"{}\" on this computer to run a program as.", user));
  return Identity{true, entry->pw_uid, entry->pw_gid};
}

std::expected<Prepared, std::string> prepare(const Command& command) {
  const auto identity = identityOf(command.user);
  if (!identity)
    return std::unexpected(identity.error());
  Prepared prepared;
  prepared.identity = *identity;
  prepared.folder = command.folder.string();
  prepared.strings.push_back(command.program.string());
  prepared.strings.insert(prepared.strings.end(), command.arguments.begin(), command.arguments.end());
  const std::size_t argumentCount = prepared.strings.size();
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('='));
    if (!name.starts_with("PG") && !name.starts_with("LC_") && name != "LANG" && !command.environment.contains(name))
      prepared.strings.push_back(text);
  }
  prepared.strings.emplace_back("LC_ALL=C");
  for (const auto& [name, value] : command.environment)
    prepared.strings.push_back(fmt::format("{}={}", name, value));
  for (std::size_t i = 0; i < prepared.strings.size(); ++i)
    (i < argumentCount ? prepared.arguments : prepared.environment).push_back(prepared.strings[i].data());
  prepared.arguments.push_back(nullptr);
  prepared.environment.push_back(nullptr);
  return prepared;
}

struct Streams {
  int input = -1;
  int output = -1;
  int errors = -1;
};

[[noreturn]] void execute(Prepared& prepared, const Streams& streams, int deathSignal, pid_t parent, int report) {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGQUIT, SIGHUP})
    ::signal(number, SIG_DFL);
  ::setpgid(0, 0);
  const Identity& identity = prepared.identity;
  // The bare system calls: the C library's own would talk to threads that a forked child does not have.
  const bool changed =
      !identity.change || (::syscall(SYS_setgroups, 0, nullptr) == 0 && ::syscall(SYS_setgid, identity.group) == 0 &&
                           ::syscall(SYS_setuid, identity.user) == 0);
  // A change of user clears the death signal, so it is asked for afterwards.
  ::prctl(PR_SET_PDEATHSIG, deathSignal);
  if (::getppid() != parent)
    ::_exit(127);
  if (changed && ::dup2(streams.input, 0) >= 0 && ::dup2(streams.output, 1) >= 0 && ::dup2(streams.errors, 2) >= 0 &&
      ::chdir(prepared.folder.c_str()) == 0)
    ::execve(prepared.arguments[0], prepared.arguments.data(), prepared.environment.data());
  const int reason = errno;
  [[maybe_unused]] const ssize_t written = ::write(report, &reason, sizeof reason);
  ::_exit(127);
}

// Forks and executes. The calling thread must outlive the child: its end sends the death signal.
std::expected<pid_t, std::string> spawn(Prepared& prepared, const Streams& streams, int deathSignal) {
  std::array<int, 2> report{};
  if (::pipe2(report.data(), O_CLOEXEC) != 0)
    return std::unexpected(fmt::format("No pipe could be made: {}.", std::strerror(errno)));
  Descriptor reading(report[0]);
  Descriptor writing(report[1]);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0)
    return std::unexpected(fmt::format("{} could not be started: {}.", prepared.arguments[0], std::strerror(errno)));
  if (child == 0)
    execute(prepared, streams, deathSignal, parent, writing.number());
  writing.reset();
  int reason = 0;
  ssize_t got = 0;
  do
    got = ::read(reading.number(), &reason, sizeof reason);
  while (got < 0 && errno == EINTR);
  if (got == sizeof reason) {
    ::waitpid(child, nullptr, 0);
    return std::unexpected(fmt::format("{} could not be started: {}.", prepared.arguments[0], std::strerror(reason)));
  }
  return child;
}

int exitCodeOf(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int waitFor(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return exitCodeOf(status);
}

// Two connected sockets and not a pipe: writing to one whose reader has gone can be told not to raise SIGPIPE.
std::pair<Descriptor, Descriptor> inputPair() {
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return {Descriptor(), Descriptor()};
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::pair<Descriptor, Descriptor> outputPair() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return {Descriptor(), Descriptor()};
  return {Descriptor(ends[0]), Descriptor(ends[1])};
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
  auto [ourInput, itsInput] = inputPair();
  auto [ourOutput, itsOutput] = outputPair();
  auto [ourErrors, itsErrors] = outputPair();
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
    std::tie(ours, its) = inputPair();
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
