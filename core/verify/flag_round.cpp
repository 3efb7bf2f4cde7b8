#include "verify/flag_round.h"

#include "probe/anchor.h"
#include "probe/answer.h"
#include "probe/statements.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>

namespace whichbase::verify {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds shortestLife = 300ms, longestLife = 2'000ms;
constexpr milliseconds patience = 1'500ms; // for answers after the flag is down

std::int64_t numberIn(const std::optional<std::string>& field) {
  return probe::answer::integer(field).value_or(-1);
}

std::string why(const pg::SqlError& error) {
  switch (error.kind) {
  case pg::ErrorKind::lost:
    return "the connection was lost";
  case pg::ErrorKind::deadline:
    return "no answer in time";
  case pg::ErrorKind::stopped:
    return "stopped";
  case pg::ErrorKind::timeout:
    return "it took too long";
  default:
    return fmt::format("the server refused a flag (SQLSTATE {})", error.sqlState.empty() ? "unknown" : error.sqlState);
  }
}

class Round {
public:
  Round(pg::Session& raiser, const std::vector<pg::Session*>& visitors, pg::TimePoint deadline)
      : m_raiser(raiser), m_visitors(visitors), m_deadline(deadline) {
    m_result.looks.resize(visitors.size());
  }

  FlagRound run();

private:
  struct Visit {
    std::size_t index = 0;
    std::int64_t key = 0;
    pg::Rows rows{};
    pg::SqlError error{};
  };

  bool raise();
  void lower();
  bool isStillUp();
  void step();
  void read(Visit& visit);
  int waitFor(pg::TimePoint now) const;

  pg::Session& m_raiser;
  const std::vector<pg::Session*>& m_visitors;
  const pg::TimePoint m_deadline;
  std::int64_t m_key = 0;
  bool m_up = false;
  pg::TimePoint m_lowerAt{}, m_giveUpAt{};
  std::vector<Visit> m_open;
  std::vector<std::size_t> m_unseen; // answered without the flag, to be confirmed
  FlagRound m_result;
};

bool Round::raise() {
  m_key = probe::randomKey();
  const auto start = pg::Clock::now();
  pg::Rows rows;
  pg::SqlError error;
  const probe::Limits limits{1'000ms, 300ms, longestLife};
  if (!m_raiser.query(probe::raiseFlagStatement(limits, m_key), std::min(m_deadline, start + 3s), rows, error)) {
    m_result.problem = why(error);
    lower(); // a failed BEGIN … leaves a transaction open
    return false;
  }
  m_up = true;
  if (rows.values.empty()) {
    m_result.problem = "this server does not show its own advisory lock";
    lower();
    return false;
  }
  m_result.raiserOid = static_cast<std::uint32_t>(numberIn(rows.values[0].at(0)));
  const auto now = pg::Clock::now();
  m_lowerAt = now + std::clamp(4 * std::chrono::duration_cast<milliseconds>(now - start), shortestLife, longestLife);
  m_giveUpAt = std::min(m_deadline, m_lowerAt + patience);
  return true;
}

void Round::lower() {
  m_up = false;
  pg::Rows rows;
  pg::SqlError error;
  if (!m_raiser.lost())
    m_raiser.query(probe::lowerFlagStatement(), pg::Clock::now() + longestLife, rows, error);
}

bool Round::isStillUp() {
  if (!m_up)
    return false;
  pg::Rows rows;
  pg::SqlError error;
  const bool good = m_raiser.query(probe::lookForFlagStatement(m_key), pg::Clock::now() + longestLife, rows, error);
  if (!good)
    m_result.problem = why(error);
  m_up = good;
  return good && !rows.values.empty();
}

void Round::read(Visit& visit) {
  Look& look = m_result.looks[visit.index];
  if (visit.error.kind != pg::ErrorKind::none) {
    look.reason = why(visit.error);
    look.isLate = visit.error.kind == pg::ErrorKind::deadline;
    return;
  }
  std::int64_t own = -1, other = -1;
  for (const auto& row : visit.rows.values)
    (numberIn(row.at(0)) == visit.key ? own : other) = numberIn(row.at(1));
  if (own < 0) {
    look.reason = "this server does not show its own advisory lock";
    return;
  }
  look.ownOid = static_cast<std::uint32_t>(own);
  if (other < 0)
    m_unseen.push_back(visit.index);
  else
    look.sight = own == other ? Sight::sameDatabase : Sight::sameInstance;
}

int Round::waitFor(pg::TimePoint now) const {
  const auto until = m_up ? std::min(m_lowerAt, m_giveUpAt) : m_giveUpAt;
  return static_cast<int>(std::clamp<long long>(std::chrono::ceil<milliseconds>(until - now).count(), 0, 60'000));
}

void Round::step() {
  std::vector<pollfd> descriptors;
  for (const Visit& visit : m_open) {
    const pg::Session& session = *m_visitors[visit.index];
    descriptors.push_back(
        {session.socket(), static_cast<short>(session.wantsToWrite() ? POLLIN | POLLOUT : POLLIN), 0});
  }
  descriptors.push_back({m_raiser.watchdog().stopDescriptor(), POLLIN, 0});
  poll(descriptors.data(), descriptors.size(), waitFor(pg::Clock::now()));
  const auto now = pg::Clock::now();
  const bool isOver = descriptors.back().revents != 0 || now >= m_giveUpAt;
  std::vector<Visit> open;
  for (std::size_t at = 0; at < m_open.size(); ++at) {
    Visit& visit = m_open[at];
    pg::Session& session = *m_visitors[visit.index];
    if (descriptors[at].revents != 0 && session.hear(visit.rows, visit.error)) {
      read(visit);
    } else if (isOver) {
      session.abandon(visit.error);
      read(visit);
    } else {
      open.push_back(std::move(visit));
    }
  }
  m_open = std::move(open);
  if (!m_unseen.empty()) {
    const bool isUp = isStillUp();
    for (const std::size_t index : m_unseen) {
      Look& look = m_result.looks[index];
      look.sight = isUp ? Sight::notSeen : Sight::unknown;
      look.isLate = !isUp;
      look.reason = isUp ? "" : "its answer came only after the flag was gone (a busy pooler or a slow line)";
    }
    m_unseen.clear();
  }
  if (m_up && pg::Clock::now() >= m_lowerAt)
    lower();
}

FlagRound Round::run() {
  if (!raise())
    return std::move(m_result);
  for (std::size_t index = 0; index < m_visitors.size(); ++index) {
    Visit visit{index, probe::randomKey()};
    const probe::Limits limits{longestLife / 2, 300ms, longestLife};
    if (m_visitors[index]->send(probe::visitFlagsStatement(limits, visit.key, {m_key}), visit.error))
      m_open.push_back(std::move(visit));
    else
      read(visit);
  }
  while (!m_open.empty())
    step();
  if (m_up)
    lower();
  return std::move(m_result);
}

} // namespace

FlagRound raiseAndLook(pg::Session& raiser, const std::vector<pg::Session*>& visitors, pg::TimePoint deadline) {
  return Round(raiser, visitors, deadline).run();
}

} // namespace whichbase::verify
