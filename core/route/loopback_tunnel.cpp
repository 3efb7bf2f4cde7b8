#include "route/loopback_tunnel.h"

#include "route/reasons.h"

#include <poll.h>

#include <algorithm>
#include <array>

namespace whichbase::route {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto lastWordsWithin = 1s; // a command that failed has usually ended by the time its silence is noticed

std::chrono::milliseconds upTo(std::chrono::milliseconds most, TimePoint deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  return std::clamp(left, 0ms, most);
}

} // namespace

LoopbackTunnel::LoopbackTunnel(std::unique_ptr<Link> link, TimePoint deadline)
    : m_link(std::move(link)), m_deadline(deadline), m_port(m_listener.port()) {}

std::expected<std::unique_ptr<Tunnel>, Problem> LoopbackTunnel::open(std::unique_ptr<Link> link, TimePoint deadline) {
  std::unique_ptr<LoopbackTunnel> tunnel(new LoopbackTunnel(std::move(link), deadline));
  if (!tunnel->m_listener.isOpen())
    return std::unexpected(Problem{
        "no loopback port could be opened for the route", "Are too many files or ports open on this computer?", {}});
  tunnel->m_thread = std::thread(&LoopbackTunnel::serve, tunnel.get());
  return tunnel;
}

LoopbackTunnel::~LoopbackTunnel() {
  m_stop.request_stop();
  m_wakeup.wake();
  if (m_thread.joinable())
    m_thread.join();
  // The session has closed its end, which tells the command to end: shortly, and at once where time is up.
  if (m_job)
    m_job->end(upTo(150ms, m_deadline), std::max(50ms, upTo(300ms, m_deadline)));
}

bool LoopbackTunnel::startJob(const process::Descriptor& connection) {
  auto job = m_link->start(connection.number(), m_deadline, m_stop.get_token());
  const std::lock_guard lock(m_mutex);
  if (job)
    m_job = std::move(*job);
  else
    m_problem = std::move(job.error());
  return job.has_value();
}

// False where the tunnel is closed first.
bool LoopbackTunnel::waitForEnd() {
  std::array<pollfd, 2> waiting{{{m_job->endedDescriptor(), POLLIN, 0}, {m_wakeup.descriptor(), POLLIN, 0}}};
  while (::poll(waiting.data(), waiting.size(), -1) < 0) {
  }
  return waiting[1].revents == 0;
}

void LoopbackTunnel::serve() {
  process::Descriptor connection = m_listener.accept(m_wakeup);
  if (!connection.isOpen())
    return;
  {
    const std::lock_guard lock(m_mutex);
    m_accepted = true;
  }
  for (int start = 1; startJob(connection); ++start) {
    // A copy of the connection that is kept hides from the session that the command has closed its own.
    if (start > 1 || !m_link->mayBeRepeated())
      connection.reset();
    if (!waitForEnd())
      return;
    if (!connection.isOpen() || !isUntouched(connection.number()) ||
        !m_link->isWorthRepeating(m_job->wait(Clock::now()).value_or(0), m_job->errors()))
      break;
  }
  const std::lock_guard lock(m_mutex);
  m_over = true;
  m_changed.notify_all();
}

std::expected<void, Problem> LoopbackTunnel::outcome(TimePoint deadline) {
  std::unique_lock lock(m_mutex);
  if (!m_accepted)
    return {};
  m_changed.wait_until(lock, std::min(deadline, Clock::now() + lastWordsWithin), [this] { return m_over; });
  if (m_problem)
    return std::unexpected(*m_problem);
  if (!m_job)
    return {};
  const auto code = m_job->wait(Clock::now());
  const std::string errors = m_job->errors();
  lock.unlock();
  if (code)
    return std::unexpected(m_link->explain(*code, errors, deadline));
  if (lastWords(errors).empty())
    return {};
  return std::unexpected(lateProblem(m_link->name(), errors));
}

} // namespace whichbase::route
