#include "topology/card_lines.h"

#include "topology/inventory.h"
#include "topology/split_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::topology {

namespace {

constexpr std::size_t mostLines = 4;

class Card {
public:
  Card(const Snapshot& snapshot, const Database& database, const Snapshot* other);
  std::vector<CardLine> take();

private:
  void add(Sign sign, std::string text) { m_lines.push_back({sign, std::move(text)}); }
  void addGhost();
  void addIdentity();
  void addStandby();
  void addInventory();
  void addStaleness();
  void addUsers();
  bool addClone();
  // Held against a database in use it is bad; against a ghost, which nobody may need any more, a warning.
  static Sign lackOf(const Database& full) { return full.ghost ? Sign::warning : Sign::bad; }

  const Snapshot& m_snapshot;
  const Database& m_database;
  View m_view;
  std::vector<const Database*> m_others;
  std::vector<CardLine> m_lines;
};

Card::Card(const Snapshot& snapshot, const Database& database, const Snapshot* other)
    : m_snapshot(snapshot), m_database(database), m_view(snapshot) {
  if (!database.identityProven)
    return;
  m_others = counterparts(m_view, database);
  // What only the earlier side knows is remembered there; what only the later one knows says nothing of before.
  if (other && snapshot.side == Side::after)
    for (const Database& each : other->databases)
      if (each.identityProven && !snapshot.database(each.id) && each.systemIdentifier && database.systemIdentifier &&
          each.systemIdentifier != database.systemIdentifier)
        m_others.push_back(&each);
}

void Card::addGhost() {
  if (m_database.gone)
    add(Sign::none, "deleted: its instance does not have it any more");
  else if (m_database.answered)
    add(Sign::none, "still answers; no server uses it");
  else if (m_database.lastReachedAt)
    add(Sign::none, "last reached " + toShortClock(*m_database.lastReachedAt, m_snapshot.finishedAt));
  else
    add(Sign::unknown, "not reached");
}

void Card::addIdentity() {
  if (!m_database.identityProven)
    add(Sign::unknown, "identity unknown: " + m_database.identityReason);
}

void Card::addStandby() {
  if (!m_database.inRecovery)
    return;
  if (m_database.replicaOf.empty())
    add(Sign::unknown, "standby; its primary is not proven: " + m_database.replicaReason);
  else if (m_database.replayLag)
    add(Sign::none, fmt::format("standby of {}, {} behind", m_database.replicaOf, toDuration(*m_database.replayLag)));
  else
    add(Sign::none, fmt::format("standby of {}", m_database.replicaOf));
}

// Told on the card that fewer servers use.
bool Card::addClone() {
  for (const Database* other : m_view.used()) {
    if (other->id == m_database.id || !m_view.isClone(*other, m_database))
      continue;
    const auto here = m_view.on(m_database).size();
    const auto there = m_view.on(*other).size();
    if (here > there || (here == there && m_database.id < other->id))
      continue;
    const std::string apart = apartFor(m_database, *other, m_snapshot.finishedAt);
    add(Sign::bad, fmt::format("clone of {}{}", other->id, apart.empty() ? "" : ", " + apart));
    return true;
  }
  return false;
}

void Card::addInventory() {
  const std::size_t tables = m_database.tables ? m_database.tables->size() : 0;
  const auto guards = guardsOf(m_database).size();
  const std::size_t triggers = m_database.triggers ? m_database.triggers->size() : 0;
  const Database* full = fullest(m_others, m_database);
  if (!full) {
    const std::string tablesText = m_database.tables ? counted(tables, "table") : "tables unknown";
    std::string text = tablesText;
    if (guards > 0)
      text += ", " + counted(guards, "protection trigger");
    else if (triggers > 0)
      text += ", " + counted(triggers, "trigger");
    add(!m_database.tables ? Sign::unknown : (m_database.identityProven ? Sign::good : Sign::none), text);
    return;
  }
  const std::size_t missing = tablesMissing(*full, m_database).size();
  const std::size_t unguarded = guardsMissing(*full, m_database).size();
  const std::size_t of = guardsOf(*full).size();
  std::string text =
      missing == 0 ? (m_database.tables ? counted(tables, "table") : "tables unknown")
                   : fmt::format("{} of {}", full->tables->size() - missing, counted(full->tables->size(), "table"));
  if (unguarded > 0)
    text += fmt::format(", {} of {}", of - unguarded, counted(of, "trigger"));
  else if (guards > 0)
    text += ", " + counted(guards, "protection trigger");
  add(lackOf(*full), text);
}

void Card::addStaleness() {
  const Database* freshest = nullptr;
  std::chrono::microseconds older{0};
  for (const Database* each : m_others)
    if (const auto by = staleBy(*each, m_database); by && *by > older) {
      older = *by;
      freshest = each;
    }
  if (freshest)
    add(lackOf(*freshest), fmt::format("newest user is {} older", toDuration(older)));
}

void Card::addUsers() {
  if (!m_database.users) {
    add(Sign::unknown, "users unknown" + (m_database.users.reason.empty() ? "" : ": " + m_database.users.reason));
  } else if (!m_database.users->count) {
    const std::string& reason = m_database.users->count.reason;
    add(Sign::unknown, "users not counted" + (reason.empty() ? "" : ": " + reason));
  } else if (m_database.users->kind == CountKind::estimate) {
    const auto& at = m_database.users->estimatedAt;
    add(Sign::none,
        at ? "users estimated " + toShortClock(*at, m_snapshot.finishedAt) : "users estimated, of unknown age");
  } else if (m_database.users->kind == CountKind::visibleOnly) {
    add(Sign::warning, "users visible to this role only");
  }
}

std::vector<CardLine> Card::take() {
  if (m_database.ghost) {
    addGhost();
    return std::move(m_lines);
  }
  addIdentity();
  addStandby();
  if (!addClone() && m_database.identityProven)
    addInventory();
  addStaleness();
  addUsers();
  if (m_lines.size() > mostLines)
    m_lines.resize(mostLines);
  return std::move(m_lines);
}

} // namespace

std::vector<CardLine> cardLines(const Snapshot& snapshot, const Database& database, const Snapshot* other) {
  return Card(snapshot, database, other).take();
}

} // namespace whichbase::topology
