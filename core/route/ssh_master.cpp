#include "route/ssh_master.h"

#include "route/reasons.h"
#include "route/ssh_commands.h"
#include "route/surroundings.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>

namespace whichbase::route {
namespace {

using namespace std::chrono_literals;

constexpr auto failureHolds = 2s; // for those who come right after: a failed login must not be tried forty times
constexpr auto tick = 10ms;

std::filesystem::path newSocket(const std::filesystem::path& folder) {
  static std::atomic<int> count{0};
  return folder / fmt::format("{}-{}", ::getpid(), ++count);
}

} // namespace

// "OpenSSH_9.2p1 Debian-2+deb12u10, …"
bool SshMaster::askVersion() {
  const auto told = process::runWithin(inOurWords("ssh", {"-V"}), {.deadline = Clock::now() + 5s});
  if (!told)
    return false;
  const std::string text = told->errors.substr(0, told->errors.find(','));
  const auto at = text.find("OpenSSH_");
  if (at == std::string::npos)
    return false;
  int major = 0, minor = 0;
  const char* const end = text.data() + text.size();
  const auto [dot, _] = std::from_chars(text.data() + at + 8, end, major);
  if (dot != end && *dot == '.')
    std::from_chars(dot + 1, end, minor);
  return major > 8 || (major == 8 && minor >= 7);
}

bool SshMaster::knowsFork() const {
  const std::lock_guard lock(m_mutex);
  return m_knowsFork.value_or(false);
}

// Starts a master; the lock is held.
std::optional<Problem> SshMaster::start() {
  const auto folder = controlFolder();
  if (!folder)
    return startProblem(nameOf(m_via), folder.error());
  if (!m_knowsFork)
    m_knowsFork = askVersion();
  m_socket = newSocket(*folder);
  auto job = process::Job::start(inOurWords("ssh", masterArguments(m_via, m_socket, *m_knowsFork)), {});
  if (!job)
    return startProblem(nameOf(m_via), job.error());
  m_job = std::move(*job);
  m_ready = false;
  return std::nullopt;
}

// One look at how things stand: an answer, or nothing yet. Starts what has to be started. The lock is held.
std::optional<std::expected<SshMaster::Socket, Problem>> SshMaster::look(TimePoint since) {
  if (const auto login = loginSocket(m_via); answers(login)) {
    m_usesLogin = true;
    return Socket{login, true};
  }
  m_usesLogin = false;
  if (m_job) {
    if (const auto code = m_job->wait(Clock::now())) {
      const bool wasReady = m_ready;
      Problem problem = loginProblem(m_via, *code, m_job->errors());
      m_job.reset();
      if (!wasReady) {
        m_failure = {problem, Clock::now()};
        return std::unexpected(std::move(problem));
      }
    } else if (m_ready || answers(m_socket)) {
      m_ready = true;
      return Socket{m_socket, false};
    } else {
      return std::nullopt;
    }
  }
  if (m_failure && (m_failure->at >= since || Clock::now() - m_failure->at < failureHolds))
    return std::unexpected(m_failure->problem);
  if (auto problem = start()) {
    m_failure = {*problem, Clock::now()};
    return std::unexpected(std::move(*problem));
  }
  return std::nullopt;
}

Problem SshMaster::timedOut(const std::stop_token& stop) {
  if (stop.stop_requested())
    return cancelledProblem();
  const std::lock_guard lock(m_mutex);
  return lateProblem(nameOf(m_via), m_job ? m_job->errors() : "");
}

// The last one to give up a start ends it.
void SshMaster::leave() {
  std::shared_ptr<process::Job> abandoned;
  const std::lock_guard lock(m_mutex);
  if (--m_waiting == 0 && m_job && !m_ready)
    abandoned.swap(m_job);
}

std::expected<SshMaster::Socket, Problem> SshMaster::ready(TimePoint deadline, const std::stop_token& stop) {
  const TimePoint since = Clock::now();
  {
    const std::lock_guard lock(m_mutex);
    ++m_waiting;
  }
  std::expected<Socket, Problem> answer;
  while (true) {
    std::shared_ptr<process::Job> job;
    {
      const std::lock_guard lock(m_mutex);
      if (auto found = look(since)) {
        answer = std::move(*found);
        break;
      }
      job = m_job;
    }
    if (stop.stop_requested() || Clock::now() >= deadline) {
      answer = std::unexpected(timedOut(stop));
      break;
    }
    if (job)
      job->wait(std::min(deadline, Clock::now() + tick), stop);
  }
  leave();
  return answer;
}

void SshMaster::doubt() {
  const std::lock_guard lock(m_mutex);
  if (m_ready && !answers(m_socket)) {
    m_ready = false;
    m_job.reset();
  }
}

bool SshMaster::usesLogin() const {
  const std::lock_guard lock(m_mutex);
  return m_usesLogin;
}

std::size_t SshMaster::position() const {
  const std::lock_guard lock(m_mutex);
  return m_job ? m_job->errorBytes() : 0;
}

std::vector<std::string> SshMaster::refusalsSince(std::size_t position) const {
  constexpr std::string_view sign = " open failed: ";
  std::string text;
  {
    const std::lock_guard lock(m_mutex);
    if (m_job)
      text = m_job->errorsSince(position);
  }
  std::vector<std::string> reasons;
  for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, at + 1)) {
    const auto begin = at + sign.size();
    const auto end = text.find_first_of("\r\n", begin);
    if (end == std::string::npos)
      break; // not whole yet
    if (std::string reason = text.substr(begin, end - begin); std::ranges::find(reasons, reason) == reasons.end())
      reasons.push_back(std::move(reason));
  }
  return reasons;
}

void SshMaster::end() {
  const std::lock_guard lock(m_mutex);
  m_job.reset();
  m_ready = false;
  std::error_code ignored;
  std::filesystem::remove(m_socket, ignored); // where ssh could not
}

void SshMaster::endLogin() {
  const auto login = loginSocket(m_via);
  if (answers(login))
    process::runWithin(inOurWords("ssh", {"-F", "none", "-o", "ControlPath=" + login.native(), "-O", "exit", "route"}),
                       {.deadline = Clock::now() + 3s});
}

} // namespace whichbase::route
