#include "verify/can_stop.h"

#include "compare/open_endpoint.h"
#include "topology/view.h"
#include "verify/can_stop_content.h"
#include "verify/can_stop_facts.h"
#include "verify/can_stop_feeds.h"
#include "verify/can_stop_reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace whichbase::verify {
namespace {

using namespace std::chrono_literals;
using topology::Database;
using topology::View;

// At most that much is waited for one of several targets of one database.
constexpr auto patience = 10s;

bool isAnother(const StopSelf& self, const compare::Endpoint& endpoint) {
  return (endpoint.systemIdentifier && self.systemIdentifier && *endpoint.systemIdentifier != *self.systemIdentifier) ||
         (endpoint.oid != 0 && endpoint.oid != self.oid);
}

struct Opened {
  std::unique_ptr<pg::Session> session;
  StopSelf self;
  const probe::Target* target = nullptr; // of the endpoint
};

// The target whose role sees most; else the first that works.
std::expected<Opened, compare::Problem> openBest(const compare::Endpoint& endpoint, probe::Connector& connector,
                                                 pg::TimePoint deadline) {
  std::optional<Opened> best;
  compare::Problem problem{"nothing leads to it", {}};
  for (const probe::Target& target : endpoint.targets) {
    compare::Endpoint one = endpoint;
    one.targets = {target};
    auto opened = compare::openEndpoint(one, connector, std::min(deadline, pg::Clock::now() + patience));
    if (!opened) {
      problem = opened.error();
      continue;
    }
    auto self = readSelf(*opened->session, deadline);
    if (!self || isAnother(*self, endpoint)) {
      problem = self ? compare::Problem{"another database answers there now", "Probe again."} : self.error();
      continue;
    }
    if (!best || self->seesAll)
      best = Opened{std::move(opened->session), *self, &target};
    if (best->self.seesAll)
      break;
  }
  if (!best)
    return std::unexpected(std::move(problem));
  return std::move(*best);
}

// One question under way.
class Question {
public:
  Question(const StopQuestion& question, const Database& database, probe::Connector& connector, pg::TimePoint deadline,
           std::stop_token stop, const std::function<void(const std::string&)>& onProgress)
      : m_question(question), m_snapshot(*question.snapshot), m_database(database), m_view(m_snapshot),
        m_connector(connector), m_deadline(deadline), m_stop(std::move(stop)),
        m_doing([&onProgress](const std::string& doing) {
          if (onProgress)
            onProgress(doing);
        }) {}

  StopAnswer answered();

private:
  bool open();
  void askFirst();
  void askOthers();
  void askAgain();
  void lookAtContent();
  void tellNotAsked(const compare::Problem& problem);
  void waitUntilWatched();
  std::vector<ContentSide> sides() const;
  const compare::Endpoint* endpointOf(const std::string& id) const;

  const StopQuestion& m_question;
  const topology::Snapshot& m_snapshot;
  const Database& m_database;
  const View m_view;
  probe::Connector& m_connector;
  const pg::TimePoint m_deadline;
  const std::stop_token m_stop;
  const OnDoing m_doing;
  StopAnswer m_answer;
  Opened m_opened;
  StopFacts m_facts;
  topology::Known<WriteCounters> m_counters;
  topology::Known<std::map<std::string, double>> m_estimates;
  pg::TimePoint m_watchedSince;
};

const compare::Endpoint* Question::endpointOf(const std::string& id) const {
  const auto found = std::ranges::find(m_question.others, id, &std::pair<std::string, compare::Endpoint>::first);
  return found == m_question.others.end() ? nullptr : &found->second;
}

void Question::tellNotAsked(const compare::Problem& problem) {
  m_answer.notAsked = m_database.gone ? "its instance says that it does not exist any more" : problem.text;
  addRecordedSessions(m_snapshot, m_database, m_answer);
  m_answer.couldNotLook.push_back("sessions, writes, replicas and prepared transactions: it does not answer");
}

bool Question::open() {
  m_doing(fmt::format("Connecting to {}", m_database.id));
  auto opened = openBest(m_question.endpoint, m_connector, m_deadline);
  if (!opened) {
    tellNotAsked(opened.error());
    return false;
  }
  m_opened = std::move(*opened);
  m_answer.asked = true;
  return true;
}

void Question::askFirst() {
  m_doing(fmt::format("Asking {} who depends on it", m_database.id));
  m_watchedSince = pg::Clock::now();
  m_counters = readCounters(*m_opened.session, m_deadline);
  m_estimates = readEstimates(*m_opened.session, m_deadline);
  m_facts = readStopFacts(*m_opened.session, m_opened.self, m_deadline);
  addSessions(m_facts, m_snapshot, m_answer);
  addReplication(m_facts, m_answer);
  addPrepared(m_facts, m_answer);
  addJobs(m_facts, m_answer);
  addSiblings(m_facts, m_answer);
  if (m_facts.largeObjects.value.value_or(0) > 0)
    m_answer.couldNotLook.push_back(
        fmt::format("whether another database has its large objects ({})", *m_facts.largeObjects));
}

void Question::askOthers() {
  FedFrom from{&m_question.endpoint, m_opened.self.name, m_opened.self.serverAddress, m_opened.self.serverPort,
               m_facts.slots};
  for (const auto& [id, endpoint] : m_question.others) {
    const Database* other = m_snapshot.database(id);
    if (!other || id == m_database.id)
      continue;
    const std::string name = View::named(*other);
    m_doing(fmt::format("Asking {} what it takes from {}", id, m_database.id));
    const auto opened = openBest(endpoint, m_connector, m_deadline);
    if (!opened) {
      m_answer.couldNotLook.push_back(
          fmt::format("subscriptions, foreign servers and jobs of {}: {}", name, opened.error().text));
      continue;
    }
    const Feeder feeder{name, &endpoint, !other->instance.empty() && other->instance == m_database.instance};
    addFeeds(readFeedFacts(*opened->session, opened->self, m_deadline), from, feeder, m_answer);
  }
  for (const Database& other : m_snapshot.databases)
    if (other.id != m_database.id && !other.gone && !endpointOf(other.id))
      m_answer.couldNotLook.push_back(
          fmt::format("subscriptions, foreign servers and jobs of {}: it was not reached", View::named(other)));
}

// Those in use that are proven to be other ones. What may be the same database would seem to have everything.
std::vector<ContentSide> Question::sides() const {
  std::vector<ContentSide> sides;
  for (const Database* other : m_view.used())
    if (m_view.isDifferent(m_database, *other))
      sides.push_back({other->id, View::named(*other), endpointOf(other->id)});
  return sides;
}

void Question::lookAtContent() {
  const Database& source = m_view.source(m_database);
  if (source.id != m_database.id && source.answered) {
    m_answer.lookedAt.push_back(fmt::format("its content is that of {}, which it follows", View::named(source)));
    return;
  }
  if (!m_database.identityProven) {
    m_answer.couldNotLook.push_back("what exists only there: its identity is not known (" + m_database.identityReason +
                                    ")");
    return;
  }
  ContentQuestion content;
  content.stop = &m_question;
  content.database = &m_database;
  content.asked = m_answer.asked;
  content.sides = sides();
  if (m_estimates)
    content.estimates = *m_estimates;
  addContent(content, m_connector, m_deadline, m_stop, m_doing, m_answer);
  addNewest(m_snapshot, m_database, m_answer);
}

void Question::waitUntilWatched() {
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock(mutex);
  ended.wait_until(lock, m_stop, std::min(m_watchedSince + m_question.watched, m_deadline), [] { return false; });
}

void Question::askAgain() {
  if (m_facts.self.inRecovery)
    return;
  m_doing(fmt::format("Watching {} for writes", m_database.id));
  waitUntilWatched();
  compare::Endpoint same = m_question.endpoint;
  same.targets = {*m_opened.target};
  const auto opened = openBest(same, m_connector, m_deadline);
  const auto counters = opened ? readCounters(*opened->session, m_deadline)
                               : topology::Known<WriteCounters>::unknown(opened.error().text);
  addWrites(m_counters, counters, m_facts.writing, m_answer);
}

StopAnswer Question::answered() {
  m_answer.database = m_database.id;
  m_answer.name = View::named(m_database);
  m_answer.at = topology::now();
  addServers(m_snapshot, m_database, m_answer);
  addStandbys(m_snapshot, m_database, m_answer);
  const bool asked = open();
  if (asked) {
    askFirst();
    askOthers();
  }
  lookAtContent();
  if (asked)
    askAgain();
  m_answer.couldNotLook.emplace_back("what connects only now and then and did not meanwhile: reports, backups, jobs on "
                                     "other computers");
  if (!m_question.endpoint.targets.empty()) {
    auto dump =
        dumpCommand(m_opened.target ? *m_opened.target : m_question.endpoint.targets.front(), m_database, m_answer.at);
    m_answer.dumpCommand = std::move(dump.command);
    m_answer.dumpNotes = std::move(dump.notes);
  }
  return std::move(m_answer);
}

} // namespace

StopAnswer canStop(const StopQuestion& question, probe::Connector& connector, pg::TimePoint deadline,
                   std::stop_token stop, const std::function<void(const std::string& doing)>& onProgress) {
  const Database* database = question.snapshot ? question.snapshot->database(question.database) : nullptr;
  if (!database) {
    StopAnswer answer;
    answer.database = answer.name = question.database;
    answer.notAsked = "no database of this letter is known";
    answer.at = topology::now();
    return answer;
  }
  return Question(question, *database, connector, deadline, std::move(stop), onProgress).answered();
}

} // namespace whichbase::verify
