#include "topology/card_lines.h"

#include "topology/counterparts.h"
#include "topology/split_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

namespace whichbase::topology {

namespace {

constexpr std::size_t mostLines = 4;

class Card {
public:
  Card(const View& view, const Counterparts& counterparts, const Database& database)
      : m_view(view), m_counterparts(counterparts), m_snapshot(view.snapshot()), m_database(database) {}
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

  const View& m_view;
  const Counterparts& m_counterparts;
  const Snapshot& m_snapshot;
  const Database& m_database;
  std::vector<CardLine> m_lines;
};

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
  const Database* full = m_counterparts.fullest(m_database, Counterparts::Among::ghostsToo);
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
  if (const Database* freshest = m_counterparts.freshest(m_database))
    add(lackOf(*freshest),
        fmt::format("newest user is {} older", toDuration(*freshest->users->newestAt - *m_database.users->newestAt)));
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
  } else if (const std::string age = countAge(m_snapshot, m_database); !age.empty()) {
    add(Sign::none, "users " + age);
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

// What only the earlier side knows is remembered on the later one; what only the later one knows says nothing of
// before.
const Snapshot* earlierOf(const Snapshot& snapshot, const Snapshot* other) {
  return snapshot.side == Side::after ? other : nullptr;
}

} // namespace

std::vector<CardLine> cardLines(const Snapshot& snapshot, const Database& database, const Snapshot* other) {
  const View view(snapshot);
  const Counterparts counterparts(view, earlierOf(snapshot, other));
  return Card(view, counterparts, database).take();
}

std::vector<std::vector<CardLine>> allCardLines(const Snapshot& snapshot, const Snapshot* other) {
  const View view(snapshot);
  const Counterparts counterparts(view, earlierOf(snapshot, other));
  std::vector<std::vector<CardLine>> all;
  all.reserve(snapshot.databases.size());
  for (const Database& database : snapshot.databases)
    all.push_back(Card(view, counterparts, database).take());
  return all;
}

} // namespace whichbase::topology
