#include "cli/interrupt.h"

#include "cli/exit_code.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

namespace whichbase::cli {
namespace {

// All that a signal handler may touch. Handlers, not a blocked mask: a mask would be inherited by every program that
// we start.
std::atomic<int> signalPipe{-1};
std::atomic<int> signalCount{0};
constexpr std::array handled{SIGINT, SIGTERM, SIGHUP};
std::array<struct sigaction, handled.size()> previous;

void onSignal(int) {
  if (signalCount.fetch_add(1) > 0)
    ::_exit(exitInterrupted);
  const int error = errno;
  const char byte = 1;
  [[maybe_unused]] const auto written = ::write(signalPipe.load(), &byte, 1);
  errno = error;
}

} // namespace

Interrupt::Interrupt() {
  if (::pipe2(m_signals, O_CLOEXEC) != 0 || ::pipe2(m_raised, O_CLOEXEC) != 0)
    return; // without descriptors Ctrl-C ends the program in the ordinary way
  signalCount = 0;
  signalPipe = m_signals[1];
  struct sigaction action{};
  action.sa_handler = onSignal;
  action.sa_flags = SA_RESTART;
  for (std::size_t i = 0; i < handled.size(); ++i)
    ::sigaction(handled[i], &action, &previous[i]);
  m_watcher = std::jthread([this] {
    char byte = 0;
    while (::read(m_signals[0], &byte, 1) < 0 && errno == EINTR) {
    }
    if (byte == 0) // the destructor's
      return;
    m_stop.request_stop(); // first: whoever is woken by the descriptor asks requested()
    [[maybe_unused]] const auto written = ::write(m_raised[1], &byte, 1);
  });
}

Interrupt::~Interrupt() {
  if (m_watcher.joinable()) {
    for (std::size_t i = 0; i < handled.size(); ++i)
      ::sigaction(handled[i], &previous[i], nullptr);
    signalPipe = -1;
    const char end = 0;
    [[maybe_unused]] const auto written = ::write(m_signals[1], &end, 1);
    m_watcher.join();
  }
  for (const int descriptor : {m_signals[0], m_signals[1], m_raised[0], m_raised[1]})
    if (descriptor >= 0)
      ::close(descriptor);
}

} // namespace whichbase::cli
