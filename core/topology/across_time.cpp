#include "topology/across_time.h"

#include "topology/view.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace whichbase::topology {

namespace {

using Databases = std::vector<const Database*>;

struct Group {
  Databases before, after;
};

class Matching {
public:
  Matching(const Snapshot& before, const Snapshot& after) : m_before(before), m_after(after) {}
  Rematch take();

private:
  void matchRecords();
  void matchByIdentifier();
  void match(const Databases& before, const Databases& after);
  void leaveOpen(const Databases& before, const Databases& after);
  void matchUnidentified();
  void nameTheRest();
  std::vector<std::string> serversOf(const Snapshot& snapshot, const std::string& id) const;

  const Snapshot& m_before;
  const Snapshot& m_after;
  Rematch m_rematch;
  std::set<std::string> m_taken; // ids of before that after's databases bear already
};

std::vector<std::string> Matching::serversOf(const Snapshot& snapshot, const std::string& id) const {
  return View::names(snapshot.serversOn(id));
}

// A ghost that did not answer is a copy of what was recorded.
void Matching::matchRecords() {
  for (const Database& ghost : m_after.databases) {
    if (ghost.answered)
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

void Matching::match(const Databases& before, const Databases& after) {
  const std::string& id = before.front()->id;
  if (m_taken.contains(id) || m_rematch.ids.contains(after.front()->id))
    return;
  m_rematch.ids[after.front()->id] = id;
  m_rematch.matched.insert(id);
  m_taken.insert(id);
  Evidence evidence{"across-time", serversOf(m_before, id), "same-database", {}};
  for (const std::string& name : serversOf(m_after, after.front()->id))
    if (std::ranges::find(evidence.servers, name) == evidence.servers.end())
      evidence.servers.push_back(name);
  evidence.text = fmt::format("The database “{}” before and now: same by identifier (system identifier {}, oid {}).",
                              after.front()->name, *after.front()->systemIdentifier, after.front()->oid);
  m_rematch.evidence.push_back(std::move(evidence));
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

void Matching::matchByIdentifier() {
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
  for (const auto& [key, group] : groups) {
    if (group.before.size() == 1 && group.after.size() == 1) {
      match(group.before, group.after);
      continue;
    }
    for (const bool recovery : {false, true}) {
      Databases before, after;
      const auto fits = [&](const Database* each) { return each->inRecovery == recovery; };
      std::ranges::copy_if(group.before, std::back_inserter(before), fits);
      std::ranges::copy_if(group.after, std::back_inserter(after), fits);
      if (before.size() == 1 && after.size() == 1)
        match(before, after);
      else
        leaveOpen(before, after);
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

bool isRecordOf(const Database& ghost, const Database& recorded) {
  return ghost.address == recorded.address && ghost.name == recorded.name && ghost.oid == recorded.oid &&
         ghost.systemIdentifier == recorded.systemIdentifier && ghost.identityProven == recorded.identityProven;
}

Rematch matchAcrossTime(const Snapshot& before, const Snapshot& after) {
  return Matching(before, after).take();
}

void relabel(Snapshot& snapshot, const Rematch& rematch) {
  const auto rename = [&](std::string& id) {
    if (const auto found = rematch.ids.find(id); found != rematch.ids.end())
      id = found->second;
  };
  for (Server& server : snapshot.servers)
    rename(server.database);
  for (Database& database : snapshot.databases) {
    rename(database.id);
    rename(database.replicaOf);
    if (rematch.matched.contains(database.id))
      database.letterBasis = "same by identifier";
  }
  std::ranges::stable_sort(snapshot.databases, {}, [](const Database& each) {
    return std::tuple(each.id.starts_with('?'), each.id.size(), each.id);
  });
}

} // namespace whichbase::topology
