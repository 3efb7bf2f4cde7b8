#include "window/replay_session.h"

#include "document/incident.h"
#include "history/proofs.h"
#include "model/carried_proofs.h"

#include <algorithm>
#include <utility>

namespace whichbase::ui {

namespace {

constexpr std::chrono::seconds betweenLooks{2}; // for what others write
constexpr int restAfterReading = 20;            // times as long as it took, so that a long history costs little

} // namespace

ReplaySession::ReplaySession(std::filesystem::path file, QObject* object, Receiver receiver)
    : m_file(std::move(file)), m_mailbox(std::make_shared<Mailbox>(object)),
      m_receiver(std::make_shared<const Receiver>(std::move(receiver))) {}

std::shared_ptr<ReplaySession> ReplaySession::start(std::filesystem::path file, QObject* object, Receiver receiver) {
  const std::shared_ptr<ReplaySession> session(new ReplaySession(std::move(file), object, std::move(receiver)));
  launchThread([session] { session->work(); });
  return session;
}

void ReplaySession::close() {
  m_mailbox->close();
  const std::lock_guard lock(m_mutex);
  m_closing = true;
  m_changed.notify_all();
}

void ReplaySession::refresh() {
  const std::lock_guard lock(m_mutex);
  m_refresh = true;
  m_changed.notify_all();
}

void ReplaySession::wish(Wish wish) {
  const std::lock_guard lock(m_mutex);
  m_wish = std::move(wish);
  m_changed.notify_all();
}

void ReplaySession::work() {
  std::unique_lock lock(m_mutex);
  while (!m_closing) {
    const auto wish = std::exchange(m_wish, std::nullopt);
    const bool due = std::chrono::steady_clock::now() >= m_nextReading;
    if (due)
      m_refresh = false;
    lock.unlock();
    if (due && openFile())
      read();
    if (wish && m_history)
      make(*wish);
    lock.lock();
    const auto rest =
        m_refresh ? m_nextReading : std::max(m_nextReading, std::chrono::steady_clock::now() + betweenLooks);
    m_changed.wait_until(lock, rest, [&] {
      return m_closing || m_wish || (m_refresh && std::chrono::steady_clock::now() >= m_nextReading);
    });
  }
  lock.unlock();
  m_history = nullptr;
}

bool ReplaySession::openFile() {
  if (m_history)
    return true;
  std::error_code ignored;
  if (!std::filesystem::exists(m_file, ignored))
    return false; // nothing is recorded yet
  auto opened = history::History::open(m_file, history::History::Mode::read);
  if (opened)
    m_history = std::move(*opened);
  else
    fail(opened.error().text);
  return m_history != nullptr;
}

void ReplaySession::fail(const std::string& text) {
  if (std::exchange(m_problem, text) != text)
    m_mailbox->post([receiver = m_receiver, text = QString::fromStdString(text)] { receiver->failed(text); });
}

namespace {

topology::UtcTime latestOf(const std::vector<history::Event>& events) {
  return events.empty() ? topology::UtcTime{} : events.back().at;
}

} // namespace

void ReplaySession::read() {
  const auto version = m_history->version();
  if (version == m_version)
    return;
  const auto begin = std::chrono::steady_clock::now();
  auto overview = m_history->overview();
  if (!overview) {
    fail(overview.error().text);
    m_history = nullptr; // set aside by whoever records: another one takes its place
    m_version.reset();   // which counts on its own
    return;
  }
  m_version = version;
  if (!std::exchange(m_problem, {}).empty())
    m_mailbox->post([receiver = m_receiver] { receiver->mended(); });
  Reading reading;
  if (!overview->changes.empty())
    reading.last = stateAt(std::max(overview->changes.back(), latestOf(overview->events)));
  if (const auto texts = m_history->texts(document::writtenPrefix))
    for (const auto& [key, text] : *texts)
      reading.written.emplace(key.substr(std::string_view(document::writtenPrefix).size()), text);
  reading.overview = std::make_shared<const history::Overview>(std::move(*overview));
  m_mailbox->post([receiver = m_receiver, reading = std::move(reading)] { receiver->read(reading); });
  const auto now = std::chrono::steady_clock::now();
  m_nextReading = now + (now - begin) * restAfterReading;
}

std::optional<history::State> ReplaySession::stateAt(topology::UtcTime at) {
  auto state = m_history->at(at);
  if (state) {
    // Who proved something without the window did not see a state.
    if (*state && (*state)->after && (*state)->after->proofs.empty())
      if (const auto proofs = history::proofsIn(*m_history, at))
        (*state)->after = proven((*state)->after, *proofs);
    return std::move(*state);
  }
  fail(state.error().text);
  return std::nullopt;
}

void ReplaySession::make(const Wish& wish) {
  history::State state;
  if (wish.at)
    state = stateAt(*wish.at).value_or(state);
  else
    state.after = wish.presentAfter;
  if (wish.beforeAt) {
    if (!m_before || m_before->first != *wish.beforeAt) {
      const auto chosen = stateAt(*wish.beforeAt).value_or(history::State());
      auto before = chosen.before;
      if (chosen.after) {
        auto turned = std::make_shared<topology::Snapshot>(*chosen.after);
        turned->side = topology::Side::before;
        before = std::move(turned);
      }
      m_before = {*wish.beforeAt, before};
    }
    state.before = m_before->second;
  }
  View view = makeView(state.before, state.after);
  view.replayedAt = wish.at;
  view.beforeAt = wish.beforeAt;
  view.beforeRecorded = true;
  view.afterRecorded = wish.at.has_value();
  m_mailbox->post([receiver = m_receiver, view = std::move(view)] { receiver->made(view); });
}

} // namespace whichbase::ui
