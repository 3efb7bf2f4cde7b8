#include "verify/notify_times.h"

#include "probe/anchor.h"
#include "probe/statements.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>

namespace whichbase::verify {

namespace {

using namespace std::chrono_literals;

class Measurement {
public:
  Measurement(const std::vector<pg::Session*>& sessions, pg::TimePoint deadline)
      : m_sessions(sessions), m_deadline(deadline), m_channel(fmt::format("whichbase_{:016x}", probe::randomKey())),
        m_samples(sessions.size(), std::vector<std::vector<double>>(sessions.size())) {
    m_times.problems.resize(sessions.size());
  }

  NotifyTimes run(int rounds);

private:
  void ask(std::size_t session, const std::string& statement);
  void notifyFrom(std::size_t sender);
  void listen(std::size_t listener, std::size_t sender, const std::string& payload, pg::TimePoint start);
  bool isOver() const;

  const std::vector<pg::Session*>& m_sessions;
  const pg::TimePoint m_deadline;
  const std::string m_channel;
  std::vector<std::vector<std::vector<double>>> m_samples; // [from][to]
  std::vector<bool> m_waits;                               // who has not heard the present one
  std::size_t m_sent = 0;
  NotifyTimes m_times;
};

bool Measurement::isOver() const {
  return pg::Clock::now() >= m_deadline || m_sessions.front()->watchdog().stopped();
}

void Measurement::ask(std::size_t session, const std::string& statement) {
  pg::Rows rows;
  pg::SqlError error;
  if (!m_sessions[session]->query(probe::limitsText({1'000ms, 300ms, 2'000ms}) + statement,
                                  std::min(m_deadline, pg::Clock::now() + 3s), rows, error))
    m_times.problems[session] = error.kind == pg::ErrorKind::lost
                                    ? "the connection was lost"
                                    : "the server refused " + statement.substr(0, statement.find(' '));
}

void Measurement::listen(std::size_t listener, std::size_t sender, const std::string& payload, pg::TimePoint start) {
  std::vector<pg::Notification> heard;
  pg::SqlError error;
  if (!m_sessions[listener]->notifications(heard, error)) {
    m_times.problems[listener] = "the connection was lost";
    m_waits[listener] = false;
    return;
  }
  const std::chrono::duration<double, std::milli> took = pg::Clock::now() - start;
  for (const pg::Notification& each : heard)
    if (m_waits[listener] && each.channel == m_channel && each.payload == payload) {
      m_waits[listener] = false;
      if (listener != sender)
        m_samples[sender][listener].push_back(took.count());
    }
}

void Measurement::notifyFrom(std::size_t sender) {
  const std::string payload = fmt::format("{}", ++m_sent);
  pg::Rows rows;
  pg::SqlError error;
  const auto start = pg::Clock::now();
  const auto until = std::min(m_deadline, start + 2s);
  bool isSending = m_sessions[sender]->send(fmt::format("NOTIFY {}, '{}'", m_channel, payload), error);
  if (!isSending)
    m_times.problems[sender] = "the connection was lost";
  for (std::size_t each = 0; each < m_sessions.size(); ++each)
    m_waits[each] = isSending && m_times.problems[each].empty();
  while (isSending || std::ranges::find(m_waits, true) != m_waits.end()) {
    std::vector<pollfd> descriptors;
    for (const pg::Session* session : m_sessions)
      descriptors.push_back({session->lost() ? -1 : session->socket(), POLLIN, 0});
    descriptors.push_back({m_sessions[sender]->watchdog().stopDescriptor(), POLLIN, 0});
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - pg::Clock::now()).count();
    poll(descriptors.data(), descriptors.size(), static_cast<int>(std::clamp<long long>(left, 0, 2'000)));
    const bool isGivenUp = descriptors.back().revents != 0 || pg::Clock::now() >= until;
    for (std::size_t each = 0; each < m_sessions.size(); ++each) {
      if (descriptors[each].revents == 0)
        continue;
      if (each == sender && isSending)
        isSending = !m_sessions[sender]->hear(rows, error);
      if (each != sender || !isSending)
        listen(each, sender, payload, start);
    }
    if (isGivenUp) {
      if (isSending)
        m_sessions[sender]->abandon(error);
      return;
    }
  }
}

NotifyTimes Measurement::run(int rounds) {
  const std::size_t count = m_sessions.size();
  m_waits.resize(count);
  for (std::size_t each = 0; each < count; ++each)
    ask(each, "LISTEN " + m_channel);
  for (int round = 0; round < rounds; ++round)
    for (std::size_t sender = 0; sender < count && !isOver(); ++sender)
      if (m_times.problems[sender].empty())
        notifyFrom(sender);
  for (std::size_t each = 0; each < count; ++each)
    if (!m_sessions[each]->lost())
      ask(each, "UNLISTEN " + m_channel);
  m_times.ms.assign(count, std::vector<std::optional<double>>(count));
  for (std::size_t from = 0; from < count; ++from)
    for (std::size_t to = 0; to < count; ++to)
      if (auto& samples = m_samples[from][to]; !samples.empty()) {
        const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
        std::ranges::nth_element(samples, middle);
        m_times.ms[from][to] = *middle;
      }
  return std::move(m_times);
}

} // namespace

NotifyTimes notifyTimes(const std::vector<pg::Session*>& sessions, int rounds, pg::TimePoint deadline) {
  return sessions.empty() ? NotifyTimes{} : Measurement(sessions, deadline).run(rounds);
}

} // namespace whichbase::verify
