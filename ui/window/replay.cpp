#include "window/replay.h"

#include "window/replay_session.h"

#include <QFile>

#include <algorithm>
#include <utility>

namespace whichbase::ui {

namespace {
constexpr std::chrono::milliseconds frame{33};
} // namespace

Replay::Replay(QObject* parent) : QObject(parent) {
  m_pace.setSingleShot(true);
  m_pace.setInterval(frame);
  connect(&m_pace, &QTimer::timeout, this, &Replay::ask);
  m_clock.setInterval(frame);
  connect(&m_clock, &QTimer::timeout, this, &Replay::advance);
}

Replay::~Replay() {
  if (m_session)
    m_session->close();
}

void Replay::open(const QString& historyFile) {
  if (m_session)
    m_session->close();
  m_session = nullptr;
  m_overview = nullptr;
  m_last.reset();
  m_written.clear();
  m_at.reset();
  m_beforeAt.reset();
  m_present = nullptr;
  m_view.reset();
  m_clock.stop();
  m_pace.stop();
  if (historyFile.isEmpty())
    return;
  ReplaySession::Receiver receiver;
  receiver.read = [this](const ReplaySession::Reading& reading) {
    m_overview = reading.overview;
    m_last = reading.last;
    m_written = reading.written;
    Q_EMIT overviewChanged();
  };
  receiver.failed = [this](const QString& text) { Q_EMIT failed(text); };
  receiver.mended = [this] { Q_EMIT mended(); };
  receiver.made = [this](const View& view) { deliver(view); };
  m_session = ReplaySession::start(QFile::encodeName(historyFile).toStdString(), this, std::move(receiver));
}

void Replay::refresh() {
  if (m_session)
    m_session->refresh();
}

topology::UtcTime Replay::end() const {
  topology::UtcTime end{};
  if (m_overview) {
    if (!m_overview->changes.empty())
      end = m_overview->changes.back();
    if (!m_overview->spans.empty())
      end = std::max(end, m_overview->spans.back().until);
    if (!m_overview->events.empty())
      end = std::max(end, m_overview->events.back().at);
  }
  return end;
}

topology::UtcTime Replay::clamped(topology::UtcTime at) const {
  return std::max(m_overview->changes.front(), std::min(at, end()));
}

void Replay::scrubTo(topology::UtcTime at) {
  if (!m_overview || m_overview->changes.empty())
    return; // there is nothing to show
  m_at = clamped(at);
  Q_EMIT moved();
  if (!m_pace.isActive())
    ask();
}

void Replay::ask() {
  if (!m_session || !active())
    return;
  m_session->wish({m_at, m_beforeAt, m_present});
  m_pace.start();
}

void Replay::deliver(const View& view) {
  if (!active() || view.replayedAt.has_value() != m_at.has_value())
    return; // the present is back, or has gone since
  m_view = view;
  Q_EMIT shown();
}

void Replay::step(int direction) {
  if (!m_overview || m_overview->events.empty())
    return;
  const auto& events = m_overview->events;
  if (direction > 0) {
    if (!m_at)
      return;
    const auto next = std::ranges::upper_bound(events, *m_at, {}, &history::Event::at);
    if (next == events.end())
      leave();
    else
      scrubTo(next->at);
    return;
  }
  const auto here = m_at ? std::ranges::lower_bound(events, *m_at, {}, &history::Event::at) : events.end();
  if (here != events.begin())
    scrubTo(std::prev(here)->at);
}

void Replay::play(bool playing) {
  if (playing == m_clock.isActive())
    return;
  if (!playing) {
    m_clock.stop();
  } else if (m_overview && !m_overview->changes.empty()) {
    if (!m_at || *m_at >= end())
      scrubTo(m_overview->changes.front());
    m_sinceTick.start();
    m_clock.start();
  }
  Q_EMIT moved();
}

void Replay::advance() {
  const std::chrono::duration<double> passed(static_cast<double>(m_sinceTick.restart()) / 1000.0 * m_speed);
  auto next = *m_at + std::chrono::duration_cast<topology::UtcTime::duration>(passed);
  // Where nobody watched there is nothing to see.
  const auto& spans = m_overview->spans;
  const auto span = std::ranges::find_if(spans, [&](const auto& each) { return each.until >= next; });
  if (span != spans.end())
    next = std::max(next, span->from);
  if (next >= end())
    m_clock.stop();
  scrubTo(next);
}

void Replay::choose(topology::UtcTime at, topology::Side side) {
  if (!m_overview || m_overview->changes.empty())
    return;
  if (side == topology::Side::after) {
    scrubTo(at);
    return;
  }
  m_beforeAt = clamped(at);
  Q_EMIT moved();
  ask();
}

void Replay::setPresent(std::shared_ptr<const topology::Snapshot> after) {
  m_present = std::move(after);
  if (m_beforeAt && !m_at)
    ask();
}

void Replay::leave() {
  if (!active())
    return;
  m_clock.stop();
  m_pace.stop();
  m_at.reset();
  m_beforeAt.reset();
  m_view.reset();
  Q_EMIT moved();
  Q_EMIT shown();
}

} // namespace whichbase::ui
