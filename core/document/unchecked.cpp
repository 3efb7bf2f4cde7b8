#include "document/claims.h"
#include "document/known.h"
#include "document/lines.h"
#include "document/sections.h"
#include "topology/matrix.h"
#include "topology/proofs.h"
#include "topology/rows_words.h"
#include "topology/view.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;

namespace {

class Unchecked {
public:
  explicit Unchecked(const Incident& incident) : m_incident(incident) {}
  std::vector<std::string> texts();

private:
  void add(const std::string& text) { m_texts.push_back(m_when + text); }
  void addServers(const Snapshot& side);
  void addDatabase(const Snapshot& side, const Database& database);
  void addCounts(const Database& database);
  void addSessions(const Snapshot& side);
  void addRows(const Snapshot& side);
  void addVerification();
  void addTime();

  const Incident& m_incident;
  std::string m_when; // "Before: "
  std::vector<std::string> m_texts;
};

void Unchecked::addServers(const Snapshot& side) {
  if (!side.complete)
    add("The probe was not completed: what it had not come to is not known.");
  for (const Server& server : side.servers) {
    if (server.failure)
      add(fmt::format("{} was not reached ({}: {}): which database it uses is not known.", server.name,
                      toString(server.failure->stage), server.failure->text));
    else if (server.lookedFromHere)
      add(fmt::format("{} was looked at from this computer: its address may mean another machine where it runs.",
                      server.name));
    if (server.countVisibleOnly)
      add(fmt::format("{} may see only some rows: row-level security limits what its role counts.", server.name));
  }
}

void Unchecked::addCounts(const Database& database) {
  if (!database.users)
    add(fmt::format("Users of {} were not counted: {}.", database.id, database.users.reason));
  else if (!database.users->count)
    add(fmt::format("Users of {} were not counted: {}.", database.id, database.users->count.reason));
  else if (database.users->kind == CountKind::estimate)
    add(fmt::format("Users of {} are an estimate{}, not a count.", database.id,
                    database.users->estimatedAt ? " of " + dated(*database.users->estimatedAt) : ""));
  else if (database.users->kind == CountKind::visibleOnly)
    add(fmt::format("Users of {} are those that the role may see; there may be more.", database.id));
  if (!database.tables)
    add(fmt::format("Tables of {} could not be read: {}.", database.id, database.tables.reason));
  if (!database.triggers)
    add(fmt::format("Triggers of {} could not be read: {}.", database.id, database.triggers.reason));
}

void Unchecked::addDatabase(const Snapshot& side, const Database& database) {
  if (!database.identityProven)
    add(fmt::format("Which database {} is could not be proven: {}.", View::named(database), database.identityReason));
  if (database.inRecovery && database.replicaOf.empty())
    add(fmt::format("{} is a standby, and what it follows is not proven: {}.", database.id, database.replicaReason));
  if (database.ghost && !database.answered && !database.gone)
    add(fmt::format("{} was not reached{}: whether it still exists, and what it holds now, is not known.",
                    View::named(database),
                    database.lastReachedAt ? " since " + toShortClock(*database.lastReachedAt, side.finishedAt) : ""));
  else
    addCounts(database);
}

// Where it could not be told whether a server's own sessions are there.
void Unchecked::addSessions(const Snapshot& side) {
  const Matrix matrix = matrixOf(side);
  for (const MatrixRow& row : matrix.rows)
    if (!row.sessionsReason.empty())
      add(fmt::format("Whose sessions are {}'s could not be told: {}.", row.server, row.sessionsReason));
  for (const MatrixColumn& column : matrix.columns)
    if (const Database* database = side.database(column.database);
        database && database->answered && !column.sessionsReason.empty())
      add(fmt::format("Who is connected to {} could not be seen{}: {}.", column.database,
                      column.partlySeen ? " of all sessions" : "", column.sessionsReason));
}

void Unchecked::addRows(const Snapshot& side) {
  std::vector<const Database*> used;
  for (const Database& database : side.databases)
    if (database.users && !side.serversOn(database.id).empty())
      used.push_back(&database);
  std::vector<std::string> open;
  for (std::size_t i = 0; i < used.size(); ++i)
    for (std::size_t j = i + 1; j < used.size(); ++j)
      if (!usersCompared(side, *used[i], *used[j]))
        open.push_back(used[i]->id + " and " + used[j]->id);
  if (!open.empty())
    add(fmt::format("Users were counted, and their rows not compared, between {}.", someOf(open, 5)));
  for (const RowsFact& rows : side.proofs.rows)
    if (!rows.settled)
      add(fmt::format("Rows of {} and {} were written while they were compared.", rows.a, rows.b));
}

void Unchecked::addVerification() {
  const Snapshot& present = m_incident.present();
  const auto told = toldVerification(present);
  if (!told)
    m_texts.emplace_back("Whether every server sees what one of them writes was not tried.");
  else if (!told->current)
    m_texts.emplace_back("The last verification is older than the last change, and was not repeated.");
  else if (present.proofs.verification->means == Verification::Means::flags)
    m_texts.emplace_back("No row was written: that the servers' sessions meet in one database is proven, that a row is "
                         "seen by all was not tried.");
}

void Unchecked::addTime() {
  if (!m_incident.recorded || m_incident.recorded->empty()) {
    m_texts.emplace_back("No history was recorded: when it began, and what happened between the probes, is not known.");
    return;
  }
  for (const history::Span& gap : gapsIn(*m_incident.recorded))
    m_texts.push_back(fmt::format("Nobody watched from {} until {}.", dated(gap.from), dated(gap.until)));
}

std::vector<std::string> Unchecked::texts() {
  for (const NamedSide& side : sidesOf(m_incident)) {
    m_when = m_incident.comparison() ? side.name + ": " : "";
    addServers(*side.snapshot);
    for (const Database& database : side.snapshot->databases)
      addDatabase(*side.snapshot, database);
    addSessions(*side.snapshot);
    addRows(*side.snapshot);
  }
  addVerification();
  addTime();
  return std::move(m_texts);
}

} // namespace

Section uncheckedSection(const Incident& incident) {
  Section section{"unchecked", "What could not be checked", {}};
  if (auto list = bullets(Unchecked(incident).texts()); !list.items.empty())
    section.blocks.push_back(std::move(list));
  section.blocks.push_back(
      paragraph("A probe proves where a connection string leads. That a server uses it is proven only by its own "
                "sessions, where the table above shows them."));
  return section;
}

} // namespace whichbase::document
