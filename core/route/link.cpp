#include "route/link.h"

#include "route/reasons.h"
#include "route/ssh_commands.h"
#include "route/surroundings.h"

#include <algorithm>
#include <thread>

namespace whichbase::route {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto masterSpeaks = 300ms; // its reason may reach us later than the client's end

bool isRefusedForward(const std::string& errors) {
  return errors.find("forwarding request failed") != std::string::npos ||
         errors.find("forwarding failed") != std::string::npos || errors.find("open failed") != std::string::npos;
}

} // namespace

std::expected<std::unique_ptr<process::Job>, Problem> CommandLink::start(int connection, TimePoint,
                                                                         const std::stop_token&) {
  auto job = process::Job::start(inOurWords("/bin/sh", {"-c", m_command}), {.input = connection, .output = connection});
  if (!job)
    return std::unexpected(startProblem(m_name, job.error()));
  return std::move(*job);
}

Problem CommandLink::explain(int exitCode, const std::string& errors, TimePoint) {
  return commandProblem(m_name, exitCode, errors);
}

std::expected<std::unique_ptr<process::Job>, Problem> SshLink::start(int connection, TimePoint deadline,
                                                                     const std::stop_token& stop) {
  const auto socket = m_master->ready(deadline, stop);
  if (!socket)
    return std::unexpected(socket.error());
  {
    const std::lock_guard lock(m_mutex);
    m_position = m_master->position();
  }
  auto job = process::Job::start(inOurWords("ssh", forwardArguments(socket->path, m_host, m_port)),
                                 {.input = connection, .output = connection});
  if (!job)
    return std::unexpected(startProblem(name(), job.error()));
  return std::move(*job);
}

// The master had gone.
bool SshLink::isWorthRepeating(int exitCode, const std::string& errors) {
  if (exitCode == 0 || isRefusedForward(errors))
    return false;
  m_master->doubt();
  return true;
}

// A refused forward's reason is told to the master alone, without saying whose it was: it counts where there is only
// one.
std::string SshLink::reasonFromMaster() const {
  if (m_master->usesLogin())
    return {};
  const TimePoint until = Clock::now() + masterSpeaks;
  std::vector<std::string> reasons;
  do {
    reasons = m_master->refusalsSince(m_position);
    if (reasons.empty())
      std::this_thread::sleep_for(5ms);
  } while (reasons.empty() && Clock::now() < until);
  return reasons.size() == 1 ? reasons.front() : std::string();
}

// The same once more over a login of its own, which tells its reason itself; where that is possible without a terminal.
std::string SshLink::reasonAlone(TimePoint deadline) const {
  constexpr std::string_view sign = " open failed: ";
  const auto told = process::runWithin(
      inOurWords("ssh", loneForwardArguments(m_master->via(), m_host, m_port, m_master->knowsFork())),
      {.deadline = deadline, .output = 1 << 20});
  const auto at = told ? told->errors.find(sign) : std::string::npos;
  if (at == std::string::npos)
    return {};
  const auto begin = at + sign.size();
  return told->errors.substr(begin, told->errors.find_first_of("\r\n", begin) - begin);
}

Problem SshLink::explain(int exitCode, const std::string& errors, TimePoint deadline) {
  const std::lock_guard one(m_mutex);
  if (!isRefusedForward(errors))
    return loginProblem(m_master->via(), exitCode, errors);
  std::string reason = reasonFromMaster();
  if (reason.empty())
    reason = reasonAlone(deadline);
  return forwardProblem(m_master->via(), m_host, m_port, reason);
}

} // namespace whichbase::route
