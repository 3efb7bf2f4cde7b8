#include "compare/rows_talk.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <thread>
#include <utility>

namespace whichbase::compare {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr auto answerSlack = 10s; // for the network, beyond the time that the server gives a statement
constexpr auto reportEvery = 100ms;
constexpr auto stopEvery = 20ms; // how often a stop is looked for
constexpr int mostAttempts = 10; // of one statement, where somebody holds a lock for a moment
constexpr auto attemptPause = 200ms;

milliseconds since(pg::TimePoint start) {
  return std::chrono::duration_cast<milliseconds>(pg::Clock::now() - start);
}

// Ended by what the server was doing at that moment: locks, replay on a standby, a deadlock.
bool mayWorkLater(const pg::SqlError& error) {
  return error.kind == pg::ErrorKind::locked || error.sqlState == "40001" || error.sqlState == "40P01";
}

} // namespace

Talk::Talk(RowsSide& from, RowsSide& to, const RowsRequest& request, pg::TimePoint deadline, std::stop_token stop,
           const OnRowsProgress& onProgress)
    : m_request(request), m_stop(std::move(stop)), m_onProgress(onProgress), m_deadline(deadline) {
  m_speakers[0].side = &from;
  m_speakers[1].side = &to;
}

probe::Limits Talk::limits() const {
  return probe::limitsUntil(m_deadline, m_request.statement);
}

std::optional<Problem> Talk::ended() {
  if (m_stop.stop_requested())
    return Problem{"cancelled", {}};
  if (pg::Clock::now() < m_deadline)
    return std::nullopt;
  return Problem{fmt::format("the rows were not compared within {} s",
                             std::chrono::duration_cast<std::chrono::seconds>(m_request.deadline).count()),
                 "Give it more time, or compare fewer columns."};
}

std::optional<Problem> Talk::ask(Speaker& speaker) {
  if (speaker.asking || speaker.work == nullptr || pg::Clock::now() < speaker.notBefore)
    return std::nullopt;
  const std::string sql = speaker.work->next(limits());
  if (sql.empty()) {
    speaker.work = nullptr;
    return std::nullopt;
  }
  speaker.rows.values.clear();
  speaker.askedAt = pg::Clock::now();
  speaker.answerBy = std::min(m_deadline, speaker.askedAt + m_request.statement + answerSlack);
  if (!speaker.side->session->send(sql, speaker.error))
    return problemOf(speaker.error, *speaker.side);
  speaker.asking = true;
  return std::nullopt;
}

std::optional<Problem> Talk::answered(Speaker& speaker) {
  speaker.asking = false;
  if (speaker.error.kind == pg::ErrorKind::none) {
    speaker.attempts = 0;
    return speaker.work->take(speaker.rows, since(speaker.askedAt));
  }
  if (speaker.error.kind == pg::ErrorKind::timeout && speaker.work->shrink())
    return std::nullopt;
  if (mayWorkLater(speaker.error) && ++speaker.attempts < mostAttempts) {
    speaker.work->shrink();
    speaker.notBefore = pg::Clock::now() + attemptPause;
    return std::nullopt;
  }
  return problemOf(speaker.error, *speaker.side);
}

std::optional<Problem> Talk::hear(Speaker& speaker) {
  if (speaker.side->session->hear(speaker.rows, speaker.error))
    return answered(speaker);
  return std::nullopt;
}

int Talk::patience() const {
  auto left = std::chrono::duration_cast<milliseconds>(stopEvery);
  for (const Speaker& speaker : m_speakers)
    if (speaker.work != nullptr && !speaker.asking)
      left = std::min(left, std::chrono::ceil<milliseconds>(speaker.notBefore - pg::Clock::now()));
  return static_cast<int>(std::max<long long>(left.count(), 0));
}

std::optional<Problem> Talk::step() {
  if (auto problem = ended())
    return problem;
  std::array<pollfd, 2> descriptors{};
  for (std::size_t at = 0; at < 2; ++at) {
    Speaker& speaker = m_speakers[at];
    if (auto problem = ask(speaker))
      return problem;
    const pg::Session& session = *speaker.side->session;
    descriptors[at] = {speaker.asking ? session.socket() : -1,
                       static_cast<short>(session.wantsToWrite() ? POLLIN | POLLOUT : POLLIN), 0};
  }
  poll(descriptors.data(), descriptors.size(), patience());
  for (std::size_t at = 0; at < 2; ++at) {
    Speaker& speaker = m_speakers[at];
    if (descriptors[at].revents != 0) {
      if (auto problem = hear(speaker))
        return problem;
    } else if (speaker.asking && pg::Clock::now() >= speaker.answerBy) {
      speaker.side->session->abandon(speaker.error);
      return problemOf(speaker.error, *speaker.side);
    }
  }
  return std::nullopt;
}

void Talk::report() {
  if (!m_onProgress || pg::Clock::now() - m_lastReport < reportEvery)
    return;
  m_lastReport = pg::Clock::now();
  RowsProgress progress;
  progress.phase = m_phase;
  double least = 1; // the slower side tells when it will be over
  for (const Speaker& speaker : m_speakers) {
    const double share = speaker.work == nullptr ? 1 : std::clamp(speaker.work->share(), 0.0, 1.0);
    const auto rows = static_cast<double>(speaker.side->facts.rows);
    progress.done += std::llround(rows * share);
    progress.total += speaker.side->facts.rows;
    least = std::min(least, share);
  }
  const auto took = static_cast<double>(since(m_phaseStart).count());
  if (least > 0.02 && took > 200)
    progress.remaining = milliseconds(std::llround(took * (1 - least) / least));
  m_onProgress(progress);
}

std::optional<Problem> Talk::run(const std::string& phase, Work* from, Work* to) {
  m_phase = phase;
  m_phaseStart = pg::Clock::now();
  m_speakers[0].work = from;
  m_speakers[1].work = to;
  std::optional<Problem> problem;
  while (!problem && (m_speakers[0].work != nullptr || m_speakers[1].work != nullptr)) {
    problem = step();
    report();
  }
  for (Speaker& speaker : m_speakers) {
    pg::SqlError error;
    if (std::exchange(speaker.asking, false))
      speaker.side->session->abandon(error); // the server ends the statement by itself, within its limit
    speaker.work = nullptr;
  }
  return problem;
}

std::optional<Problem> Talk::wait(milliseconds time) {
  const auto until = pg::Clock::now() + time;
  while (pg::Clock::now() < until) {
    if (auto problem = ended())
      return problem;
    std::this_thread::sleep_for(std::min<pg::Clock::duration>(until - pg::Clock::now(), stopEvery));
  }
  return ended();
}

} // namespace whichbase::compare
