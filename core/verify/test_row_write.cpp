#include "compare/open_endpoint.h"
#include "topology/wording.h"
#include "verify/test_row_planning.h"
#include "verify/test_row_removal.h"
#include "verify/test_row_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace whichbase::verify {
namespace {

using compare::Problem;
using namespace std::chrono_literals;
using End = Watched::End;

constexpr auto beginWithin = 3'000ms; // what is sent has to start by then, by the database's clock
constexpr auto endsWithin = 5'000ms;  // and has ended so long after that: a few statements with their timeout

// One test row, from the first connection to the last answer.
class Writing {
public:
  Writing(const TestRowPlan& plan, const std::vector<Participant>& participants, const TestRowOptions& options,
          Journal& journal, probe::Connector& connector, std::stop_token stop, const OnTestRowLine& onLine);
  TestRowResult run();

private:
  bool isAllowed();
  bool open();
  bool isStillAsPlanned();
  bool enterIntoJournal();
  bool create();
  bool insert();
  void watchRow();
  void remove();
  bool removeInSession();
  bool removeAnew();
  void confirm();
  void finish();

  bool refuse(const std::string& text);
  bool failed(const std::string& text);
  std::string told(const pg::SqlError& error, const std::string& what) const;
  std::uint64_t lsnNow();
  void tell(TestRowStep step, std::size_t server);
  void tellAll(TestRowStep step, const OwnSession& own);
  std::vector<topology::ServerCheck>& checks() { return m_result.verification.servers; }
  pg::TimePoint soon() const { return pg::Clock::now() + m_options.connectWithin; }

  const TestRowPlan m_plan;
  const std::vector<Participant>& m_participants;
  const TestRowOptions& m_options;
  Journal& m_journal;
  probe::Connector& m_connector;
  probe::Connector m_lasting; // a stop leaves it alone: the row is to be deleted
  const std::stop_token m_stop;
  const OnTestRowLine& m_onLine;

  std::size_t m_writer = 0;
  std::vector<OwnSession> m_sessions;
  OwnSession* m_writing = nullptr;
  JournalEntry m_entry;
  topology::UtcTime m_notAfter{};
  std::vector<std::string> m_key;
  pg::TimePoint m_insertedAt{};
  std::vector<Watched> m_seen; // by session
  TestRowResult m_result;
};

Writing::Writing(const TestRowPlan& plan, const std::vector<Participant>& participants, const TestRowOptions& options,
                 Journal& journal, probe::Connector& connector, std::stop_token stop, const OnTestRowLine& onLine)
    : m_plan(plan), m_participants(participants), m_options(options), m_journal(journal), m_connector(connector),
      m_lasting({}, connector.routes()), m_stop(std::move(stop)), m_onLine(onLine) {
  auto& verification = m_result.verification;
  verification.means = topology::Verification::Means::testRow;
  verification.at = topology::now();
  verification.writer = plan.writer;
  verification.relation = plan.relation;
  for (const auto& participant : participants) {
    topology::ServerCheck& check = checks().emplace_back();
    check.server = participant.server;
    check.database = participant.database;
  }
}

bool Writing::refuse(const std::string& text) {
  m_result.refused = true;
  return failed(text);
}

bool Writing::failed(const std::string& text) {
  m_result.problems.push_back(text);
  return false;
}

std::string Writing::told(const pg::SqlError& error, const std::string& what) const {
  return compare::problemOf(error, *m_writing->target, what).text;
}

void Writing::tell(TestRowStep step, std::size_t server) {
  if (m_onLine)
    m_onLine({step, server, checks()[server]});
}

void Writing::tellAll(TestRowStep step, const OwnSession& own) {
  for (const auto server : own.participants)
    tell(step, server);
}

bool Writing::isAllowed() {
  const auto writer = std::ranges::find(m_participants, m_plan.writer, &Participant::server);
  if (writer == m_participants.end())
    return refuse(fmt::format("{} is no server of this project.", m_plan.writer));
  m_writer = static_cast<std::size_t>(writer - m_participants.begin());
  for (const auto& refusal : m_plan.refusals)
    refuse(refusal);
  if (!m_plan.isComplete)
    refuse(fmt::format("The INSERT is not complete: {}.", topology::inWords(m_plan.toFill)));
  return !m_result.refused;
}

bool Writing::open() {
  m_sessions =
      openOwnSessions(m_participants, m_connector, soon() + 2s, m_options.connectWithin, {m_writer, &m_lasting});
  m_writing = &sessionOf(m_writer, m_sessions);
  for (const auto& own : m_sessions)
    for (const auto at : own.participants) {
      checks()[at].reached = own.session != nullptr;
      const Participant& participant = m_participants[at];
      const bool hasMoved = (participant.systemIdentifier && own.standing.systemIdentifier &&
                             participant.systemIdentifier != own.standing.systemIdentifier) ||
                            (participant.oid != 0 && participant.oid != own.standing.oid);
      if (!own.session || hasMoved) // since it was probed
        checks()[at].database.clear();
      if (!own.session)
        checks()[at].note = own.failure.text;
    }
  if (!m_writing->session)
    return failed(fmt::format("{} was not reached: {}. Nothing was written.", m_plan.writer, m_writing->failure.text));
  for (const auto& own : m_sessions)
    if (!own.session)
      tellAll(TestRowStep::waiting, own);
  return true;
}

// The catalog is read again in the session that writes: what somebody agreed to must still be all there is.
bool Writing::isStillAsPlanned() {
  const auto deadline = soon();
  topology::Failure failure;
  if (!readStanding(*m_writing->session, *m_writing->target, deadline, m_writing->standing, failure))
    return failed(failure.text + " Nothing was written.");
  const Standing& standing = m_writing->standing;
  if (standing.systemIdentifier != m_plan.systemIdentifier || standing.oid != m_plan.oid)
    return refuse(fmt::format("{}'s connection leads to another database than when this was planned. Nothing was "
                              "written; plan it again.",
                              m_plan.writer));
  TestRowPlan now = m_plan;
  now.warnings.clear();
  now.refusals.clear();
  if (const auto planned =
          planIn(*m_writing->session, standing, *m_writing->target, m_plan.usersRelation, now, deadline);
      !planned)
    return failed(fmt::format("{}: nothing was written.", planned.error().text));
  for (const auto& refusal : now.refusals)
    refuse(refusal);
  const bool isNew = std::ranges::any_of(now.warnings, [&](const std::string& warning) {
    return std::ranges::find(m_plan.warnings, warning) == m_plan.warnings.end();
  });
  if (now.refusals.empty() && (isNew || now.createSql != m_plan.createSql || now.insertSql != m_plan.insertSql ||
                               now.deleteSql != m_plan.deleteSql || now.dropSql != m_plan.dropSql))
    refuse("The database has changed since this was planned. Nothing was written; plan it again.");
  return !m_result.refused;
}

bool Writing::enterIntoJournal() {
  const auto clock = m_writing->standing.clock;
  m_notAfter = clock + beginWithin;
  m_entry.token = m_plan.token;
  m_entry.project = projectPath(m_options.project);
  m_entry.title = m_options.title;
  m_entry.server = m_plan.writer;
  m_entry.address = addressText(*m_writing->target);
  m_entry.systemIdentifier = m_plan.systemIdentifier;
  m_entry.oid = m_plan.oid;
  m_entry.relation = m_plan.relation;
  m_entry.isOwnTable = m_plan.place == TestRowPlace::ownTable;
  if (m_writing->session->backendPid() == m_writing->standing.backendPid)
    m_entry.backendPid = m_writing->standing.backendPid;
  m_entry.settledAt = m_notAfter + endsWithin;
  m_entry.removeSql = m_plan.removeSql;
  m_entry.presentSql = m_plan.presentSql;
  m_entry.at = topology::now();
  if (const auto written = m_journal.write(m_entry); !written)
    return refuse(
        fmt::format("{}. {} Nothing was written into the database.", written.error().text, written.error().remedy));
  return true;
}

bool Writing::create() {
  if (m_plan.createSql.empty())
    return true;
  pg::Rows rows;
  pg::SqlError error;
  if (m_writing->session->query(limitsStep(true, m_notAfter) + ";\n" + m_plan.createSql, soon(), rows, error))
    return true;
  if (!m_writing->session->lost())
    m_entry.settledAt.reset(); // refused: nothing is on its way
  return failed(fmt::format("The table was not created: {}.", told(error, "creating " + m_plan.relation)));
}

bool Writing::insert() {
  std::vector<pg::Step> steps{{limitsStep(m_entry.isOwnTable, m_notAfter)}, {m_plan.insertSql, 1}};
  if (!m_entry.isOwnTable)
    steps.push_back({keySql(m_plan), 1});
  std::vector<pg::Rows> answers;
  pg::SqlError error;
  const auto outcome = m_writing->session->transact(steps, soon(), answers, error);
  if (outcome == pg::Outcome::notDone)
    m_entry.settledAt.reset(); // nothing is on its way
  if (outcome != pg::Outcome::done)
    return failed(fmt::format("The row was not {}: {}.", outcome == pg::Outcome::unknown ? "acknowledged" : "written",
                              told(error, "inserting into " + m_plan.relation)));
  m_insertedAt = pg::Clock::now();
  m_result.inserted = true;
  m_entry.isInserted = true;
  if (!m_entry.isOwnTable) {
    for (std::size_t at = 1; at < answers[2].values[0].size(); ++at)
      m_key.push_back(answers[2].values[0][at].value_or(""));
    m_entry.removeSql = deleteUsersSql(m_plan, m_key);
  }
  return true;
}

// Up to where a standby has to replay before it must show what was written; only asked where there is one.
std::uint64_t Writing::lsnNow() {
  if (std::ranges::none_of(m_sessions, [](const OwnSession& own) { return own.session && own.standing.inRecovery; }))
    return 0;
  Standing standing;
  topology::Failure failure;
  return readStanding(*m_writing->session, *m_writing->target, soon(), standing, failure) ? standing.lsn : 0;
}

void Writing::watchRow() {
  // The key goes into the journal meanwhile.
  std::expected<void, Problem> updated;
  std::jthread update([&] { updated = m_journal.write(m_entry); });
  const WatchTask task{true, m_insertedAt, lsnNow(), m_options.seeWithin, m_stop};
  const std::vector<bool> skips(m_sessions.size(), false);
  m_seen = watchAll(m_sessions, *m_writing, m_plan, task, skips, [&](std::size_t session, const Watched& watched) {
    for (const auto at : m_sessions[session].participants) {
      checks()[at].saw = watched.end == End::met;
      checks()[at].note = watched.note;
      if (watched.end == End::met)
        checks()[at].seenAfterMs = watched.afterMs;
    }
    m_result.provenApart = m_result.provenApart || watched.end == End::notMet;
    tellAll(TestRowStep::waiting, m_sessions[session]);
  });
  update.join();
  if (!updated)
    failed(updated.error().text);
}

bool Writing::removeInSession() {
  if (!m_writing->session || m_writing->session->lost())
    return false;
  std::vector<pg::Rows> answers;
  pg::SqlError error;
  pg::Session& session = *m_writing->session;
  const std::string deletion = m_entry.isOwnTable ? m_plan.deleteSql : m_entry.removeSql;
  if (session.transact({{limitsStep(m_entry.isOwnTable, {})}, {deletion, 1}}, soon(), answers, error) !=
      pg::Outcome::done)
    return failed(
        fmt::format("The deletion was not acknowledged: {}.", told(error, "deleting from " + m_plan.relation)));
  if (m_plan.dropSql.empty())
    return true;
  pg::Rows rows;
  if (session.query(limitsStep(true, {}) + ";\n" + m_plan.dropSql, soon(), rows, error))
    return true;
  return failed(fmt::format("The table was not dropped: {}.", told(error, "dropping " + m_plan.relation)));
}

// Over a new connection, as often as the time allows.
bool Writing::removeAnew() {
  const auto deadline = soon() + endsWithin;
  RemovalTry tried;
  do {
    tried = removeOver(*m_writing->target, m_entry, m_lasting, deadline, m_options.connectWithin);
    if (tried.result == RemovalTry::Result::removed || tried.result == RemovalTry::Result::nothingThere)
      return true;
    std::this_thread::sleep_for(200ms);
  } while (pg::Clock::now() < deadline && tried.result == RemovalTry::Result::failed);
  return failed(fmt::format("It could not be removed: {}.", tried.text));
}

void Writing::remove() {
  tell(TestRowStep::deleting, m_writer);
  m_result.deleted = (m_result.inserted && removeInSession()) || removeAnew();
  if (!m_result.deleted) {
    m_result.leftBehind = whatToRun(m_entry, m_journal);
    return;
  }
  if (const auto removed = m_journal.remove(m_entry.token); !removed)
    failed(removed.error().text);
}

void Writing::confirm() {
  const auto deletedAt = pg::Clock::now();
  if (!m_writing->session || m_writing->session->lost())
    if (auto session = m_lasting.connect(*m_writing->target, soon(), m_options.connectWithin))
      m_writing->session = std::move(*session);
  const WatchTask task{false, deletedAt, m_writing->session ? lsnNow() : 0, m_options.seeWithin, m_stop};
  std::vector<bool> skips;
  for (const auto& watched : m_seen)
    skips.push_back(watched.end != End::met);
  watchAll(m_sessions, *m_writing, m_plan, task, skips, [&](std::size_t session, const Watched& watched) {
    for (const auto at : m_sessions[session].participants) {
      checks()[at].confirmedDeletion = watched.end == End::met;
      if (!watched.note.empty())
        checks()[at].note = "deletion: " + watched.note;
    }
    tellAll(TestRowStep::confirming, m_sessions[session]);
  });
}

void Writing::finish() {
  m_result.verification.everyoneSees = !checks().empty() && std::ranges::all_of(checks(), [](const auto& check) {
    return check.saw && check.confirmedDeletion;
  });
  for (std::size_t at = 0; at < m_participants.size(); ++at)
    tell(TestRowStep::done, at);
}

TestRowResult Writing::run() {
  if (isAllowed() && open() && isStillAsPlanned() && !m_stop.stop_requested() && enterIntoJournal()) {
    tell(TestRowStep::inserting, m_writer);
    if (create() && insert())
      watchRow();
    remove();
    if (m_result.inserted && m_result.deleted && !m_stop.stop_requested())
      confirm();
  }
  if (m_stop.stop_requested())
    failed(m_result.inserted ? "It was stopped before every server had answered." : "It was stopped.");
  finish();
  return std::move(m_result);
}

} // namespace

TestRowResult writeTestRow(const TestRowPlan& plan, const std::vector<Participant>& participants,
                           const TestRowOptions& options, Journal& journal, probe::Connector& connector,
                           std::stop_token stop, const OnTestRowLine& onLine) {
  return Writing(plan, participants, options, journal, connector, std::move(stop), onLine).run();
}

} // namespace whichbase::verify
