#include "verify/check.h"

#include "probe/connect_target.h"
#include "probe/rendezvous.h"
#include "topology/wording.h"
#include "verify/attendee.h"
#include "verify/conclude.h"
#include "verify/flag_round.h"
#include "verify/notify_times.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace whichbase::verify {

namespace {

using topology::ServerCheck;

constexpr int attempts = 3; // of a look that came too late

class Checking {
public:
  Checking(const std::vector<Participant>& participants, const CheckOptions& options, probe::Connector& connector,
           const std::stop_token& stop, const OnCheckLine& onLine)
      : m_participants(participants), m_options(options), m_connector(connector), m_stop(stop), m_onLine(onLine),
        m_deadline(pg::Clock::now() + options.deadline) {}

  CheckResult run();

private:
  void introduceAll(const std::function<void(std::size_t)>& then = {});
  void lookPairwise();
  void raiseThrough(std::size_t raiser);
  std::vector<std::size_t> raiseOnce(std::size_t raiser, const std::vector<std::size_t>& visitors);
  std::vector<std::size_t> visitorsOf(std::size_t raiser);
  std::vector<std::size_t> attendAll(std::size_t raiser, const std::vector<std::size_t>& visitors);
  void take(std::size_t raiser, std::size_t visitor, const Look& look);
  void meetAtAnchors();
  void meet(std::size_t index, probe::Rendezvous& rendezvous);
  void takeMeetings(const probe::Rendezvous& rendezvous);
  void measureNotify(const std::vector<std::vector<std::size_t>>& groups);
  void tell(std::size_t index, bool done, const ServerCheck& check) const;

  bool isOver() const { return m_stop.stop_requested() || pg::Clock::now() >= m_deadline; }
  const topology::Facts* factsOf(std::size_t index) const {
    return m_attendees[index].facts ? &*m_attendees[index].facts : nullptr;
  }
  std::vector<std::string> places(const std::vector<std::size_t>& some) const;
  void setSight(std::size_t row, std::size_t column, Sight sight, const std::string& reason = {}) {
    m_result.sights[row][column] = sight;
    m_result.reasons[row][column] = reason;
  }

  const std::vector<Participant>& m_participants;
  const CheckOptions& m_options;
  probe::Connector& m_connector;
  const std::stop_token m_stop;
  const OnCheckLine& m_onLine;
  const pg::TimePoint m_deadline;
  std::vector<Attendee> m_attendees;
  CheckResult m_result;
};

std::vector<std::string> Checking::places(const std::vector<std::size_t>& some) const {
  std::vector<std::string> places;
  for (const std::size_t index : some)
    places.push_back(probe::placeOf(m_participants[index].target));
  return places;
}

void Checking::tell(std::size_t index, bool done, const ServerCheck& check) const {
  if (m_onLine)
    m_onLine({index, done, check});
}

// `then` is done on the thread that introduced it.
void Checking::introduceAll(const std::function<void(std::size_t)>& then) {
  std::vector<std::size_t> all(m_participants.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const auto work = [&](std::size_t index) {
    if (isOver())
      m_attendees[index].ability.failure = m_stop.stop_requested() ? "stopped" : "no time was left for it";
    else
      introduce(m_attendees[index], m_connector, m_deadline);
    if (then)
      then(index);
  };
  const auto done = [this](std::size_t index) {
    const Attendee& attendee = m_attendees[index];
    ServerCheck check;
    check.server = attendee.participant->server;
    check.reached = attendee.ability.reached;
    check.database = check.reached ? attendee.participant->database : "";
    check.note = check.reached ? attendee.ability.whyNot : attendee.ability.failure;
    tell(index, !check.reached, check);
  };
  inParallel(places(all), m_options.perEndpoint, work, done);
}

// Those who may see its flag; what tells without one is settled here. A flag behind a pooler holds one of its few
// connections: there it is raised only for those whose own flag did not settle the matter.
std::vector<std::size_t> Checking::visitorsOf(std::size_t raiser) {
  std::vector<std::size_t> visitors;
  const topology::Facts& own = *factsOf(raiser);
  for (std::size_t index = 0; index < m_attendees.size(); ++index) {
    const topology::Facts* other = factsOf(index);
    if (!other || index == raiser)
      continue;
    const bool areKnown = own.systemIdentifier && other->systemIdentifier;
    if (areKnown && *own.systemIdentifier != *other->systemIdentifier)
      setSight(index, raiser, Sight::notSeen, "another system identifier: another instance");
    else if (areKnown && own.backendStart && own.backendStart == other->backendStart &&
             own.backendPid == other->backendPid && own.databaseOid == other->databaseOid)
      setSight(index, raiser, Sight::sameDatabase, "both were served by the same server process behind a pooler");
    else if (!m_attendees[raiser].isDirect && m_result.sights[raiser][index] != Sight::unknown)
      setSight(index, raiser, m_result.sights[raiser][index], "told by the other flag of the two");
    else
      visitors.push_back(index);
  }
  return visitors;
}

// Those of them that have a session now.
std::vector<std::size_t> Checking::attendAll(std::size_t raiser, const std::vector<std::size_t>& visitors) {
  std::vector<std::string> problems(visitors.size());
  inParallel(places(visitors), m_options.perEndpoint,
             [&](std::size_t at) { problems[at] = attend(m_attendees[visitors[at]], m_connector, m_deadline); });
  std::vector<std::size_t> ready;
  for (std::size_t at = 0; at < visitors.size(); ++at)
    if (problems[at].empty())
      ready.push_back(visitors[at]);
    else
      setSight(visitors[at], raiser, Sight::unknown, problems[at]);
  return ready;
}

void Checking::take(std::size_t raiser, std::size_t visitor, const Look& look) {
  const bool isElsewhere = look.ownOid != 0 && look.ownOid != factsOf(visitor)->databaseOid;
  if (isElsewhere)
    setSight(visitor, raiser, Sight::unknown, "its connection led to another database in between");
  else
    setSight(visitor, raiser, look.sight, look.reason);
  if (look.ownOid != 0 && !isElsewhere)
    setSight(visitor, visitor, Sight::sameDatabase);
}

// Returns those who came too late.
std::vector<std::size_t> Checking::raiseOnce(std::size_t raiser, const std::vector<std::size_t>& visitors) {
  std::vector<std::size_t> late;
  std::string problem = attend(m_attendees[raiser], m_connector, m_deadline);
  bool isRaised = false;
  if (problem.empty()) {
    const std::vector<std::size_t> ready = attendAll(raiser, visitors);
    std::vector<pg::Session*> sessions;
    for (const std::size_t index : ready)
      sessions.push_back(m_attendees[index].session.get());
    const FlagRound round = raiseAndLook(*m_attendees[raiser].session, sessions, m_deadline);
    isRaised = round.raiserOid != 0 && round.raiserOid == factsOf(raiser)->databaseOid;
    problem = round.raiserOid == 0 ? round.problem : "its connection led to another database in between";
    for (std::size_t at = 0; at < ready.size() && isRaised; ++at) {
      take(raiser, ready[at], round.looks[at]);
      if (round.looks[at].isLate)
        late.push_back(ready[at]);
    }
  }
  if (isRaised) {
    setSight(raiser, raiser, Sight::sameDatabase);
    return late;
  }
  if (m_result.sights[raiser][raiser] == Sight::unknown)
    m_result.reasons[raiser][raiser] = problem;
  for (const std::size_t index : visitors)
    setSight(index, raiser, Sight::unknown,
             fmt::format("no flag of {} was up: {}", m_participants[raiser].server, problem));
  return {};
}

void Checking::raiseThrough(std::size_t raiser) {
  std::vector<std::size_t> visitors = visitorsOf(raiser);
  for (int attempt = 0; attempt < attempts && !visitors.empty() && !isOver(); ++attempt) {
    visitors = raiseOnce(raiser, visitors);
    for (Attendee& each : m_attendees)
      if (!each.isDirect)
        each.session.reset();
  }
}

void Checking::lookPairwise() {
  for (const bool isDirect : {true, false})
    for (std::size_t raiser = 0; raiser < m_attendees.size(); ++raiser)
      if (factsOf(raiser) && m_attendees[raiser].isDirect == isDirect && !isOver())
        raiseThrough(raiser);
  for (std::size_t row = 0; row < m_attendees.size(); ++row)
    for (std::size_t column = 0; column < m_attendees.size(); ++column)
      if (std::string& reason = m_result.reasons[row][column];
          m_result.sights[row][column] == Sight::unknown && reason.empty() && (row != column || !factsOf(row)))
        reason = !factsOf(row)                    ? "not reached"
                 : !factsOf(column)               ? m_participants[column].server + " was not reached"
                 : m_stop.stop_requested()        ? "stopped"
                 : pg::Clock::now() >= m_deadline ? "no time was left for it"
                                                  : "not looked at";
}

void Checking::meet(std::size_t index, probe::Rendezvous& rendezvous) {
  Attendee& attendee = m_attendees[index];
  if (!attendee.facts || isOver() || !attend(attendee, m_connector, m_deadline).empty())
    return;
  const auto placement = rendezvous.meet(index, *attendee.facts, *attendee.session, m_deadline);
  const bool isKept = placement.isAnchor && !attendee.session->lost();
  std::unique_ptr<pg::Session> session = std::move(attendee.session);
  rendezvous.settle(index, true, isKept ? std::move(session) : nullptr);
}

void Checking::takeMeetings(const probe::Rendezvous& rendezvous) {
  for (const topology::Meeting& meeting : rendezvous.meetings()) {
    const Sight sight = meeting.says == topology::Says::sameDatabase   ? Sight::sameDatabase
                        : meeting.says == topology::Says::sameInstance ? Sight::sameInstance
                        : meeting.says == topology::Says::apart        ? Sight::notSeen
                                                                       : Sight::unknown;
    setSight(meeting.b, meeting.a, sight, meeting.reason);
  }
}

// One flag a database found: each of the others looks for that, and its session ends.
void Checking::meetAtAnchors() {
  m_result.notes.push_back(fmt::format("More than {} servers: one flag a database was raised, and each of the others "
                                       "looked for it; not every pair was looked at, and NOTIFY was not timed.",
                                       pairsUpTo));
  probe::Rendezvous rendezvous;
  const std::stop_callback onStop(m_stop, [&rendezvous] { rendezvous.stop(); });
  introduceAll([&](std::size_t index) {
    meet(index, rendezvous);
    m_attendees[index].session.reset();
  });
  takeMeetings(rendezvous);
  rendezvous.stop();
}

void Checking::measureNotify(const std::vector<std::vector<std::size_t>>& groups) {
  for (std::size_t index = 0; index < m_attendees.size(); ++index) {
    const Attendee& attendee = m_attendees[index];
    if (attendee.facts && attendee.facts->inRecovery)
      m_result.notifyNotes[index] = "standby: no NOTIFY there";
    else if (attendee.facts && !attendee.isDirect)
      m_result.notifyNotes[index] = "behind a pooler: no LISTEN, since it would be left to the application";
    else if (!attendee.facts)
      m_result.notifyNotes[index] = "not reached";
  }
  for (const std::vector<std::size_t>& group : groups) {
    std::vector<std::size_t> usable;
    std::vector<pg::Session*> sessions;
    for (const std::size_t index : group)
      if (Attendee& attendee = m_attendees[index];
          m_result.notifyNotes[index].empty() && attend(attendee, m_connector, m_deadline).empty()) {
        usable.push_back(index);
        sessions.push_back(attendee.session.get());
      }
    if (usable.size() < 2 || isOver()) {
      for (const std::size_t index : usable)
        m_result.notifyNotes[index] = isOver() ? "no time was left for it" : "no other session of its database listens";
      continue;
    }
    const NotifyTimes times = notifyTimes(sessions, m_options.rounds, m_deadline);
    for (std::size_t from = 0; from < usable.size(); ++from) {
      m_result.notifyNotes[usable[from]] = times.problems[from];
      for (std::size_t to = 0; to < usable.size(); ++to)
        m_result.notifyMs[usable[from]][usable[to]] = times.ms[from][to];
    }
  }
}

CheckResult Checking::run() {
  const std::size_t count = m_participants.size();
  m_result.verification.at = topology::now();
  m_result.sights.assign(count, std::vector<Sight>(count, Sight::unknown));
  m_result.reasons.assign(count, std::vector<std::string>(count));
  m_result.notifyMs.assign(count, std::vector<std::optional<double>>(count));
  m_result.notifyNotes.resize(count);
  m_attendees.resize(count);
  for (std::size_t index = 0; index < count; ++index) {
    m_attendees[index].participant = &m_participants[index];
    m_result.servers.push_back(m_participants[index].server);
  }
  if (count > pairsUpTo)
    meetAtAnchors();
  else
    introduceAll();
  for (const Attendee& attendee : m_attendees)
    m_result.abilities.push_back(attendee.ability);
  if (count <= pairsUpTo)
    lookPairwise();
  const auto groups = groupsOf(m_result);
  if (count <= pairsUpTo)
    measureNotify(groups);
  if (m_stop.stop_requested())
    m_result.notes.emplace_back("Stopped before everything was looked at.");
  std::vector<std::optional<topology::Facts>> facts;
  for (const Attendee& attendee : m_attendees)
    facts.push_back(attendee.facts);
  conclude(m_result, m_participants, facts, groups);
  for (std::size_t index = 0; index < count; ++index)
    if (m_result.abilities[index].reached)
      tell(index, true, m_result.verification.servers[index]);
  return std::move(m_result);
}

} // namespace

CheckResult check(const std::vector<Participant>& participants, const CheckOptions& options,
                  probe::Connector& connector, std::stop_token stop, const OnCheckLine& onLine) {
  return Checking(participants, options, connector, stop, onLine).run();
}

} // namespace whichbase::verify
