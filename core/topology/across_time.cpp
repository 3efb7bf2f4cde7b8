#include "topology/across_time.h"

#include "topology/view.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>

namespace whichbase::topology {

namespace {

using Databases = std::vector<const Database*>;

// A host's clock may have been corrected between two starts.
constexpr std::chrono::minutes clockSlack{1};

struct Group {
  Databases before, after;
};

class Matching {
public:
  Matching(const Snapshot& before, const Snapshot& after, const std::map<std::string, std::string>& settled);
  Rematch take();

private:
  void matchRecords();
  void matchByIdentifier();
  std::map<DatabaseKey, Group> groups() const;
  void matchRunning(const Group& group);
  void matchGroup(const Databases& before, const Databases& after);
  bool isDecided(const Database& before, const Database& after) const;
  void match(const Database& before, const Database& after, bool running);
  bool isOlder(const Database& before, const Database& after) const;
  void leaveOpen(const Databases& before, const Databases& after);
  void matchUnidentified();
  void nameTheRest();
  std::vector<std::string> serversOf(const Snapshot& snapshot, const std::string& id) const;

  const Snapshot& m_before;
  const Snapshot& m_after;
  Rematch m_rematch;
  std::set<std::string> m_taken; // ids of before that after's databases bear already
};

Matching::Matching(const Snapshot& before, const Snapshot& after, const std::map<std::string, std::string>& settled)
    : m_before(before), m_after(after) {
  m_rematch.ids = settled;
  for (const auto& [present, id] : settled)
    m_taken.insert(id);
}

std::vector<std::string> Matching::serversOf(const Snapshot& snapshot, const std::string& id) const {
  return View::names(snapshot.serversOn(id));
}

// A ghost that did not answer is a copy of what was recorded.
void Matching::matchRecords() {
  for (const Database& ghost : m_after.databases) {
    if (ghost.answered || m_rematch.ids.contains(ghost.id))
      continue;
    const auto recorded = std::ranges::find_if(m_before.databases, [&](const Database& each) {
      return isRecordOf(ghost, each) && !m_taken.contains(each.id);
    });
    if (recorded == m_before.databases.end())
      continue;
    m_rematch.ids[ghost.id] = recorded->id;
    m_taken.insert(recorded->id);
  }
}

bool Matching::isDecided(const Database& before, const Database& after) const {
  return m_taken.contains(before.id) || m_rematch.ids.contains(after.id);
}

void Matching::match(const Database& before, const Database& after, bool running) {
  if (isDecided(before, after))
    return;
  const std::string& id = before.id;
  m_rematch.ids[after.id] = id;
  m_rematch.matched.insert(id);
  if (running)
    m_rematch.running.insert(id);
  m_taken.insert(id);
  Evidence evidence{"across-time", serversOf(m_before, id), "same-database", {}};
  for (const std::string& name : serversOf(m_after, after.id))
    if (std::ranges::find(evidence.servers, name) == evidence.servers.end())
      evidence.servers.push_back(name);
  evidence.text = fmt::format("The database “{}” before and now: same by identifier (system identifier {}, oid {}).",
                              after.name, *after.systemIdentifier, after.oid);
  m_rematch.evidence.push_back(std::move(evidence));
}

// It has been running since before the other was started, which a restarted one has not: most likely a clone.
bool Matching::isOlder(const Database& before, const Database& after) const {
  return m_before.finishedAt <= m_after.finishedAt && before.startedAt && after.startedAt &&
         *after.startedAt + clockSlack < *before.startedAt;
}

void Matching::leaveOpen(const Databases& before, const Databases& after) {
  if (before.empty() || after.empty())
    return;
  Evidence evidence{"across-time", {}, "unknown", {}};
  std::vector<std::string> ids;
  for (const Database* each : before) {
    m_rematch.open.insert(each->id);
    ids.push_back(each->id);
  }
  for (const Database* each : after)
    for (const std::string& name : serversOf(m_after, each->id))
      evidence.servers.push_back(name);
  if (before.size() == 1 && after.size() == 1 && isOlder(*before.front(), *after.front()))
    evidence.text = fmt::format("What carries its system identifier and oid now ({}, {}) was started earlier than it, "
                                "so that it may be a clone.",
                                *after.front()->systemIdentifier, after.front()->oid);
  else
    evidence.text = fmt::format("{} databases before and {} now carry one system identifier and oid ({}, {}): which is "
                                "which cannot be told across time.",
                                before.size(), after.size(), *after.front()->systemIdentifier, after.front()->oid);
  std::vector<std::string> subjects = ids;
  subjects.insert(subjects.end(), evidence.servers.begin(), evidence.servers.end());
  m_rematch.findings.push_back(
      {"identity-unknown", Severity::warning, subjects,
       fmt::format("Which database {} was cannot be told", inWords(ids)),
       "Clones share their identifiers, and flags cannot be raised across time. " + evidence.text,
       "Do not read the same place on both sides as the same database; compare their rows instead."});
  m_rematch.evidence.push_back(std::move(evidence));
}

std::map<DatabaseKey, Group> Matching::groups() const {
  std::map<DatabaseKey, Group> groups;
  for (const Database& each : m_before.databases)
    if (const auto key = keyOf(each); key && each.answered)
      groups[*key].before.push_back(&each);
  // What before itself only remembered counts where nothing live carries the identifier.
  for (const Database& each : m_before.databases)
    if (const auto key = keyOf(each); key && !each.answered && groups[*key].before.empty())
      groups[*key].before.push_back(&each);
  for (const Database& each : m_after.databases)
    if (const auto key = keyOf(each); key && each.answered)
      groups[*key].after.push_back(&each);
  return groups;
}

// The same start of the same cluster. A copy of a running machine has that too: then nobody is matched by it.
void Matching::matchRunning(const Group& group) {
  const auto theOne = [](const Databases& databases, const Database& start) -> const Database* {
    const auto fits = [&](const Database* each) { return isSameStart(*each, start); };
    return std::ranges::count_if(databases, fits) == 1 ? *std::ranges::find_if(databases, fits) : nullptr;
  };
  for (const Database* after : group.after)
    if (const Database* before = theOne(group.before, *after); before && theOne(group.after, *after))
      match(*before, *after, true);
}

// Those that ran on count as candidates: beside them, another one may be a restarted one or a new copy.
void Matching::matchGroup(const Databases& before, const Databases& after) {
  if (before.size() == 1 && after.size() == 1 && !isOlder(*before.front(), *after.front())) {
    match(*before.front(), *after.front(), false);
    return;
  }
  Databases openBefore, openAfter;
  std::ranges::copy_if(before, std::back_inserter(openBefore),
                       [&](const Database* each) { return !m_taken.contains(each->id); });
  std::ranges::copy_if(after, std::back_inserter(openAfter),
                       [&](const Database* each) { return !m_rematch.ids.contains(each->id); });
  leaveOpen(openBefore, openAfter);
}

void Matching::matchByIdentifier() {
  for (const auto& [key, group] : groups()) {
    matchRunning(group);
    if (group.before.size() == 1 && group.after.size() == 1) {
      matchGroup(group.before, group.after);
      continue;
    }
    for (const bool recovery : {false, true}) {
      Databases before, after;
      const auto fits = [&](const Database* each) { return each->inRecovery == recovery; };
      std::ranges::copy_if(group.before, std::back_inserter(before), fits);
      std::ranges::copy_if(group.after, std::back_inserter(after), fits);
      matchGroup(before, after);
    }
  }
}

// Without a system identifier nothing can be matched, and nothing be told apart.
void Matching::matchUnidentified() {
  std::vector<std::string> nameless;
  for (const Database& each : m_after.databases)
    if (each.answered && each.identityProven && !each.systemIdentifier && !each.ghost)
      for (const std::string& name : serversOf(m_after, each.id))
        nameless.push_back(name);
  std::vector<std::string> before;
  for (const Database& each : m_before.databases)
    if (!keyOf(each)) {
      m_rematch.open.insert(each.id);
      if (each.identityProven)
        before.push_back(each.id);
    }
  if (m_before.databases.empty() || (nameless.empty() && before.empty()))
    return;
  const std::vector<std::string>& subjects = nameless.empty() ? before : nameless;
  const std::string text =
      nameless.empty()
          ? fmt::format("The system identifier of {} was not readable before, so that it is matched with nothing now.",
                        inWords(before))
          : fmt::format(
                "The system identifier of the database of {} cannot be read, so that it is matched with nothing "
                "before.",
                someOf(nameless, 3));
  m_rematch.findings.push_back({"identity-unknown", Severity::warning, subjects, "Before and now cannot be matched",
                                text, "Let the probing role execute pg_control_system() on both sides."});
  m_rematch.evidence.push_back({"across-time", nameless, "unknown", text});
}

void Matching::nameTheRest() {
  std::set<std::string> used;
  for (const Database& each : m_before.databases)
    used.insert(each.id);
  std::size_t nextLetter = 0, nextUnknown = 1;
  for (const Database& each : m_after.databases) {
    if (m_rematch.ids.contains(each.id))
      continue;
    std::string id;
    do
      id = each.identityProven ? letter(nextLetter++) : fmt::format("?{}", nextUnknown++);
    while (used.contains(id));
    m_rematch.ids[each.id] = id;
  }
}

Rematch Matching::take() {
  matchRecords();
  matchByIdentifier();
  matchUnidentified();
  nameTheRest();
  return std::move(m_rematch);
}

} // namespace

std::optional<DatabaseKey> keyOf(const Database& database) {
  if (!database.identityProven || !database.systemIdentifier || database.oid == 0)
    return std::nullopt;
  return DatabaseKey(*database.systemIdentifier, database.oid);
}

bool isSameStart(const Database& a, const Database& b) {
  const auto started = [](const Database& each) {
    return std::chrono::floor<std::chrono::milliseconds>(*each.startedAt);
  };
  return a.startedAt && b.startedAt && started(a) == started(b);
}

bool isRecordOf(const Database& ghost, const Database& recorded) {
  return ghost.address == recorded.address && ghost.name == recorded.name && ghost.oid == recorded.oid &&
         ghost.systemIdentifier == recorded.systemIdentifier && ghost.identityProven == recorded.identityProven;
}

Rematch matchAcrossTime(const Snapshot& before, const Snapshot& after,
                        const std::map<std::string, std::string>& settled) {
  return Matching(before, after, settled).take();
}

void relabel(Snapshot& snapshot, const Rematch& rematch) {
  const auto rename = [&](std::string& id) {
    if (const auto found = rematch.ids.find(id); found != rematch.ids.end())
      id = found->second;
  };
  for (Server& server : snapshot.servers) {
    rename(server.database);
    rename(server.lastDatabase);
  }
  for (Database& database : snapshot.databases) {
    rename(database.id);
    rename(database.replicaOf);
    if (rematch.matched.contains(database.id))
      database.letterBasis = "same by identifier";
  }
  for (EndpointMove& move : snapshot.endpointMoves) {
    rename(move.from);
    rename(move.to);
  }
  for (RowsFact& rows : snapshot.proofs.rows) {
    rename(rows.a);
    rename(rows.b);
  }
  if (snapshot.proofs.verification)
    for (ServerCheck& check : snapshot.proofs.verification->servers)
      rename(check.database);
  std::ranges::stable_sort(snapshot.databases, {}, [](const Database& each) {
    return std::tuple(each.id.starts_with('?'), each.id.size(), each.id);
  });
}

} // namespace whichbase::topology
