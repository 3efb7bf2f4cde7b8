#include "process/keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>

namespace whichbase::process {
namespace {

constexpr int leashNumber = 0;
constexpr long long never = -1;
constexpr int afterDeathMs = 200; // from SIGTERM to SIGKILL, where nobody said otherwise
constexpr int hopelessMs = 2'000; // what SIGKILL does not end by then hangs in the kernel

long long nowMs() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<long long>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

struct Keeper {
  pid_t main = -1;
  bool mainReaped = false;
  bool leaveDaemons = false; // until its end is forced
  bool leashed = true;
  long long termAt = never;
  long long killAt = never;
  long long giveUpAt = never;

  // Our children as the kernel lists them: the program, and what lost its parent on the way (we are their subreaper).
  // Sends the signal (0: none) to each but the program itself, and tells whether there was one.
  bool eachOrphan(int signal) const {
    const int list = ::open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (list < 0)
      return false;
    char buffer[4096];
    const ssize_t size = ::read(list, buffer, sizeof buffer);
    ::close(list);
    bool found = false;
    pid_t pid = 0;
    for (ssize_t i = 0; i < size; ++i) {
      if (buffer[i] >= '0' && buffer[i] <= '9') {
        pid = pid * 10 + (buffer[i] - '0');
        continue;
      }
      const bool isDaemon = leaveDaemons && ::getsid(pid) != ::getpid();
      if (pid > 0 && pid != main && !isDaemon) {
        found = true;
        ::kill(pid, signal);
      }
      pid = 0;
    }
    return found;
  }

  void signalAll(int signal) const {
    if (!mainReaped)
      ::kill(-main, signal); // its group cannot have been given to another one while it is not reaped
    eachOrphan(signal);
  }

  void endIn(int graceMs, int termMs) {
    const long long now = nowMs();
    if (termAt == never || now + graceMs < termAt)
      termAt = now + graceMs;
    if (killAt == never || termAt + termMs < killAt)
      killAt = termAt + termMs;
    giveUpAt = killAt + hopelessMs;
  }

  void reap() {
    int status = 0;
    for (pid_t ended = ::waitpid(-1, &status, WNOHANG); ended != 0; ended = ::waitpid(-1, &status, WNOHANG)) {
      if (ended < 0)
        ::_exit(0); // no children left
      if (ended != main)
        continue;
      mainReaped = true;
      const int code = exitCodeOf(status);
      [[maybe_unused]] const ssize_t written = ::write(leashNumber, &code, sizeof code);
      endIn(0, afterDeathMs);
    }
    if (mainReaped && leaveDaemons && !eachOrphan(0))
      ::_exit(0);
  }

  void listen() {
    EndMessage message;
    const ssize_t got = ::read(leashNumber, &message, sizeof message);
    if (!mainReaped)
      leaveDaemons = false;
    if (got == sizeof message) {
      endIn(message.graceMs, message.termMs);
    } else if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) {
      leashed = false; // whoever started this is dead
      endIn(0, afterDeathMs);
    }
  }

  // Milliseconds until something has to be done; -1: nothing.
  int due() {
    const long long now = nowMs();
    if (giveUpAt != never && now >= giveUpAt)
      ::_exit(1);
    if (killAt != never && now >= killAt) {
      signalAll(SIGKILL);
      return 5; // again: who dies leaves us its children
    }
    if (termAt != never && now >= termAt) {
      signalAll(SIGTERM);
      termAt = killAt; // once is enough
    }
    return termAt == never ? -1 : static_cast<int>(termAt - now < 0 ? 0 : termAt - now);
  }

  [[noreturn]] void run(int children) {
    while (true) {
      reap();
      pollfd waiting[2] = {{children, POLLIN, 0}, {leashed ? leashNumber : -1, POLLIN, 0}};
      if (::poll(waiting, 2, due()) <= 0)
        continue;
      signalfd_siginfo info;
      if (waiting[0].revents != 0) [[maybe_unused]]
        const ssize_t got = ::read(children, &info, sizeof info);
      if (waiting[1].revents != 0)
        listen();
    }
  }
};

// All but the leash, whose end must tell that we have ended, and the one for standard input, which it becomes.
void closeOthers() {
#ifdef SYS_close_range
  if (::syscall(SYS_close_range, leashNumber + 1, ~0U, 0) == 0)
    return;
#endif
  for (int number = leashNumber + 1; number < 65'536; ++number)
    ::close(number);
}

} // namespace

void keep(Prepared& prepared, const Streams& streams, int leash, int report, bool leaveDaemons) {
  ::setsid();
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  ::prctl(PR_SET_NAME, "whichbase-keep");
  for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE})
    ::signal(number, SIG_IGN);
  sigset_t childEnds;
  sigemptyset(&childEnds);
  sigaddset(&childEnds, SIGCHLD);
  ::sigprocmask(SIG_SETMASK, &childEnds, nullptr);
  Keeper keeper;
  keeper.leaveDaemons = leaveDaemons;
  const pid_t self = ::getpid();
  keeper.main = ::fork();
  if (keeper.main == 0)
    execute(prepared, streams, 0, self, report);
  if (keeper.main < 0) {
    const int reason = errno;
    [[maybe_unused]] const ssize_t written = ::write(report, &reason, sizeof reason);
    ::_exit(1);
  }
  ::setpgid(keeper.main, keeper.main);
  ::dup2(leash, leashNumber);
  closeOthers();
  keeper.run(::signalfd(-1, &childEnds, SFD_CLOEXEC | SFD_NONBLOCK));
}

} // namespace whichbase::process
