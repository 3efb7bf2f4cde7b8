#include "live/ticking.h"

#include "live/round.h"
#include "live/sighted.h"
#include "probe/connect_failure.h"

#include <algorithm>
#include <map>

namespace whichbase::live {
namespace {

using pg::ErrorKind;
using topology::CountKind;
using topology::Facts;
using topology::Known;
using topology::Observation;
using namespace std::chrono_literals;

constexpr std::int64_t tooManyToCount = 20'000'000; // as in a visit
constexpr auto countLimit = 1'000ms;

// Who of one database counts, and who reads its clients: the sessions that see most.
struct Readers {
  std::size_t users = SIZE_MAX, clients = SIZE_MAX;
  int usersWorth = -1, clientsWorth = -1;
};

int usersWorth(const Link& link) {
  if (!link.kept->users)
    return 0;
  return link.kept->users->mayRead ? link.kept->users->rowSecurity ? 2 : 3 : 1;
}

int clientsWorth(const Facts& facts) {
  return !facts.clients ? 1 : facts.clients->hidden == 0 ? 2 : 0;
}

void hideCount(topology::UsersFact& users) {
  constexpr const char* reason = "counted through another server's session";
  users.count = {std::nullopt, reason};
  users.newestAt = {std::nullopt, reason};
}

class Tick {
public:
  explicit Tick(const TickMeans& means) : m_means(means), m_links(means.links.all()) {}
  TickResult run();

private:
  bool isAsked(std::size_t at) const { return m_links[at].isKept && m_links[at].kept.has_value(); }
  void chooseReaders();
  bool mayCount(std::size_t at) const;
  Question questionFor(std::size_t at, bool counting) const;
  void ask(const std::vector<std::size_t>& targets, bool counting);
  void hear(std::size_t at, const Answer& answer, bool counted, std::vector<std::size_t>& again);
  void hearFailure(std::size_t at, const pg::SqlError& error);
  void write(std::size_t at, const Pulse& pulse);

  const TickMeans& m_means;
  std::vector<Link>& m_links;
  std::map<std::size_t, Readers> m_readers; // by group
  TickResult m_result;
};

void Tick::chooseReaders() {
  for (std::size_t at = 0; at < m_links.size(); ++at) {
    const auto& facts = m_means.sighting.observations[at].facts;
    if (!isAsked(at) || !facts)
      continue;
    Readers& readers = m_readers[m_means.groups[at]];
    if (const int worth = usersWorth(m_links[at]); worth > readers.usersWorth) {
      readers.users = at;
      readers.usersWorth = worth;
    }
    if (const int worth = clientsWorth(*facts); worth > readers.clientsWorth) {
      readers.clients = at;
      readers.clientsWorth = worth;
    }
  }
}

bool Tick::mayCount(std::size_t at) const {
  const Link& link = m_links[at];
  const auto readers = m_readers.find(m_means.groups[at]);
  const auto& users = link.kept->users;
  return readers != m_readers.end() && readers->second.users == at && users && users->mayRead &&
         users->estimate < tooManyToCount && link.budget.isDue(pg::Clock::now());
}

Question Tick::questionFor(std::size_t at, bool counting) const {
  const KeptSession& kept = *m_links[at].kept;
  PulseQuestion question;
  question.withControl = kept.withControl;
  const auto readers = m_readers.find(m_means.groups[at]);
  question.withClients = readers != m_readers.end() && readers->second.clients == at;
  if (kept.users) {
    question.usersRelation = kept.users->relation;
    if (counting) {
      question.countedRelation = kept.users->relation;
      question.creationColumn = kept.users->creationColumn;
    }
  }
  probe::Limits limits;
  limits.statement = std::min<std::chrono::milliseconds>(counting ? countLimit : 2'000ms, m_means.patience);
  return {kept.session.get(), pulseStatement(limits, question), pg::Clock::now() + m_means.patience};
}

void Tick::hearFailure(std::size_t at, const pg::SqlError& error) {
  Link& link = m_links[at];
  if (error.kind == ErrorKind::stopped)
    return;
  if (error.kind == ErrorKind::privilege)
    link.kept->withControl = false;
  if (error.kind == ErrorKind::deadline || error.kind == ErrorKind::timeout)
    ++link.timeouts;
  else if (error.kind != ErrorKind::lost)
    return; // it answers, though not this: sweeps go on telling about it
  const bool isLost = link.kept->session->lost();
  if (error.kind == ErrorKind::lost || link.timeouts < 2) { // once is not gone
    if (isLost)
      m_means.links.lose(at);
    return;
  }
  const auto failure = probe::failureOf(error, link.target);
  loseReach(m_means.sighting, at, failure, m_means.utc());
  if (isLost)
    m_means.links.fail(at, failure, m_means.utc());
}

void Tick::write(std::size_t at, const Pulse& pulse) {
  Link& link = m_links[at];
  Observation& observation = m_means.sighting.observations[at];
  const bool isOther = observation.facts && !leadToTheSame(pulse.markers, markersOf(*observation.facts));
  const bool isChanged = !link.catalog.empty() && link.catalog != pulse.catalog;
  link.catalog = pulse.catalog;
  if (isChanged)
    link.kept->madeAt = {}; // the users relation may be another one: it is asked anew
  if (isOther || isChanged || !observation.facts)
    m_result.wantsSweep = true;
  if (isOther || !observation.facts)
    return;
  const Readers& readers = m_readers[m_means.groups[at]];
  const auto now = m_means.utc();
  writePulse(pulse, readers.clients == at, now, observation);
  Known<topology::UsersFact>& users = observation.facts->users;
  if (!users || !link.kept->users || users->relation != link.kept->users->relation)
    return;
  if (readers.users == at)
    tellUsers(*users.value, pulse, now, link.counted);
  else if (users->kind != CountKind::visibleOnly || !users->count)
    hideCount(*users.value);
}

void Tick::hear(std::size_t at, const Answer& answer, bool counted, std::vector<std::size_t>& again) {
  Link& link = m_links[at];
  const ErrorKind kind = answer.error.kind;
  if (counted && (kind == ErrorKind::timeout || kind == ErrorKind::locked || kind == ErrorKind::privilege)) {
    link.budget.took(pg::Clock::now(), countLimit, true);
    again.push_back(at);
    return;
  }
  std::optional<Pulse> pulse;
  if (kind == ErrorKind::none && !answer.rows.values.empty())
    pulse = readPulse(answer.rows.values[0].at(0).value_or(""));
  if (!pulse) {
    hearFailure(at, kind == ErrorKind::none ? pg::SqlError{ErrorKind::sql, {}, "its pulse could not be read"}
                                            : answer.error);
    return;
  }
  if (pulse->users)
    link.budget.took(pg::Clock::now(), pulse->countTook, false);
  link.timeouts = 0;
  link.backoff.reset();
  write(at, *pulse);
}

void Tick::ask(const std::vector<std::size_t>& targets, bool counting) {
  std::vector<Question> questions;
  std::vector<bool> counted;
  for (const std::size_t at : targets) {
    counted.push_back(counting && mayCount(at));
    questions.push_back(questionFor(at, counted.back()));
  }
  const auto answers = askAll(questions);
  std::vector<std::size_t> again;
  for (std::size_t index = 0; index < targets.size(); ++index)
    hear(targets[index], answers[index], counted[index], again);
  if (!again.empty())
    ask(again, false);
}

TickResult Tick::run() {
  chooseReaders();
  std::vector<std::size_t> targets;
  for (std::size_t at = 0; at < m_links.size(); ++at)
    if (isAsked(at))
      targets.push_back(at);
  ask(targets, true);
  return m_result;
}

} // namespace

TickResult tick(const TickMeans& means) {
  return Tick(means).run();
}

void takeCounts(const topology::Sighting& sighting, const std::vector<std::size_t>& groups, Links& links,
                pg::TimePoint now) {
  std::vector<Link>& all = links.all();
  for (std::size_t at = 0; at < all.size(); ++at) {
    const Observation& observation = sighting.observations[at];
    const auto* users = observation.facts && observation.facts->users ? &*observation.facts->users : nullptr;
    if (users == nullptr || !users->count || users->kind != CountKind::exact)
      continue;
    const auto timing = observation.timingsMs.find("count");
    const double milliseconds = timing == observation.timingsMs.end() ? 0 : timing->second;
    for (std::size_t other = 0; other < all.size(); ++other) {
      Link& link = all[other];
      if (groups[other] != groups[at])
        continue;
      link.budget.took(now, std::chrono::microseconds(static_cast<std::int64_t>(milliseconds * 1'000)), false);
      if (!link.counted || link.counted->relation != users->relation || link.counted->at < observation.finishedAt)
        link.counted = {users->relation, *users->count, observation.finishedAt, users->newestAt, std::nullopt};
    }
  }
}

void tellCounts(topology::Sighting& sighting, Links& links) {
  for (std::size_t at = 0; at < sighting.observations.size(); ++at) {
    const auto& counted = links.all()[at].counted;
    auto& facts = sighting.observations[at].facts;
    if (!facts || !facts->users || !counted || counted->relation != facts->users->relation ||
        counted->at <= sighting.observations[at].finishedAt || !facts->users->count)
      continue;
    facts->users.value->count = Known<std::int64_t>::of(counted->count);
    facts->users.value->newestAt = counted->newestAt;
    facts->users.value->countedAt = counted->at;
  }
}

} // namespace whichbase::live
