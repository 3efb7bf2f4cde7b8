#include "live/round.h"

#include <poll.h>

#include <algorithm>
#include <cstddef>

namespace whichbase::live {
namespace {

// The questions under way, polled by the calling thread alone.
class Round {
public:
  explicit Round(const std::vector<Question>& questions) : m_questions(questions), m_answers(questions.size()) {}

  std::vector<Answer> run() {
    for (std::size_t at = 0; at < m_questions.size(); ++at)
      if (m_questions[at].session->send(m_questions[at].sql, m_answers[at].error))
        m_open.push_back(at);
    while (!m_open.empty())
      step();
    return std::move(m_answers);
  }

private:
  void step();
  int patience(pg::TimePoint now) const;

  const std::vector<Question>& m_questions;
  std::vector<Answer> m_answers;
  std::vector<std::size_t> m_open;
  std::vector<pollfd> m_descriptors; // of the open ones, and of the stop
};

// Milliseconds until the first deadline, rounded up, so that it is over then.
int Round::patience(pg::TimePoint now) const {
  pg::TimePoint first = pg::TimePoint::max();
  for (const std::size_t at : m_open)
    first = std::min(first, m_questions[at].deadline);
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - now).count();
  return static_cast<int>(std::clamp<long long>(left, 0, 60'000));
}

void Round::step() {
  m_descriptors.clear();
  for (const std::size_t at : m_open) {
    const pg::Session& session = *m_questions[at].session;
    m_descriptors.push_back(
        {session.socket(), static_cast<short>(session.wantsToWrite() ? POLLIN | POLLOUT : POLLIN), 0});
  }
  m_descriptors.push_back({m_questions.front().session->watchdog().stopDescriptor(), POLLIN, 0});
  poll(m_descriptors.data(), m_descriptors.size(), patience(pg::Clock::now()));
  const bool isStopped = m_descriptors.back().revents != 0;
  const auto now = pg::Clock::now();
  std::vector<std::size_t> open;
  for (std::size_t index = 0; index < m_open.size(); ++index) {
    const std::size_t at = m_open[index];
    Answer& answer = m_answers[at];
    if (m_descriptors[index].revents != 0 && m_questions[at].session->hear(answer.rows, answer.error))
      continue;
    if (isStopped || m_questions[at].deadline <= now) {
      answer.rows.values.clear();
      m_questions[at].session->abandon(answer.error);
    } else {
      open.push_back(at);
    }
  }
  m_open = std::move(open);
}

} // namespace

std::vector<Answer> askAll(const std::vector<Question>& questions) {
  return Round(questions).run();
}

} // namespace whichbase::live
