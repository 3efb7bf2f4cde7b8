#include "probe/openings.h"

#include <utility>

namespace whichbase::probe {

Openings::State Openings::of(const route::Via& via, route::TimePoint deadline, const std::stop_token& stop) {
  if (via.kind != route::Via::Kind::ssh)
    return State::open;
  const std::lock_guard lock(m_mutex);
  const auto [entry, isNew] = m_bySshWords.try_emplace(via.sshWords);
  if (isNew)
    m_threads.emplace_back([this, via, deadline, stop] {
      const auto prepared = m_routes.prepare(via, deadline, stop);
      {
        const std::lock_guard guard(m_mutex);
        m_bySshWords[via.sshWords] = prepared ? Opening{State::open} : Opening{State::closed, prepared.error()};
        m_news = true;
      }
      m_changed.notify_all();
    });
  return entry->second.state;
}

std::optional<route::Problem> Openings::lateOrClosed(const route::Via& via) const {
  const std::lock_guard lock(m_mutex);
  const auto found = m_bySshWords.find(via.sshWords);
  if (via.kind != route::Via::Kind::ssh || found == m_bySshWords.end() || found->second.state == State::open)
    return std::nullopt;
  if (found->second.state == State::closed)
    return found->second.problem;
  route::Problem late;
  late.text = route::nameOf(via) + " did not answer in time";
  late.remedy = "Probe again with a longer deadline.";
  late.timedOut = true;
  return late;
}

bool Openings::takeNews() {
  const std::lock_guard lock(m_mutex);
  return std::exchange(m_news, false);
}

} // namespace whichbase::probe
