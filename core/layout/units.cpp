#include "layout/units.h"

#include "layout/box_text.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace whichbase::layout {

namespace {

using topology::Server;

// One server on both sides.
struct Entry {
  std::array<const Server*, 2> servers{};
  std::size_t group = 0;
  bool flagged = false;
  const Server& any() const { return *(servers[1] ? servers[1] : servers[0]); }
};

std::vector<Entry> entriesOf(const Sides& sides) {
  std::vector<Entry> entries;
  std::unordered_map<std::string_view, std::size_t> byName;
  for (std::size_t side = 0; side < 2; ++side) {
    if (!sides.snapshots[side])
      continue;
    for (const Server& server : sides.snapshots[side]->servers) {
      const auto [at, isNew] = byName.try_emplace(server.name, entries.size());
      if (isNew)
        entries.emplace_back();
      entries[at->second].servers[side] = &server;
    }
  }
  return entries;
}

std::string outcomeOf(const Server* server) {
  if (!server)
    return "-";
  return server->reached() ? server->database : "!" + failureText(*server);
}

// Equal for servers alike in database, environment, role and outcome, on both sides.
std::string alikeKey(const Entry& entry) {
  const std::string before = outcomeOf(entry.servers[0]);
  const std::string after = outcomeOf(entry.servers[1]);
  std::string key = before == "-" || before == after ? after : after == "-" ? before : before + ">" + after;
  for (const Server* server : entry.servers)
    if (server)
      key += "/" + server->environment + "/" + roleText(*server);
  return key;
}

// Groups of alike servers, as indexes of entries; sets each entry's group.
std::vector<std::vector<std::size_t>> groupsOf(std::vector<Entry>& entries, std::vector<std::string>& keys) {
  std::vector<std::vector<std::size_t>> groups;
  std::unordered_map<std::string, std::size_t> byKey;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::string key = alikeKey(entries[i]);
    const auto [at, isNew] = byKey.try_emplace(key, groups.size());
    if (isNew) {
      groups.emplace_back();
      keys.push_back("stack:" + key);
    }
    entries[i].group = at->second;
    groups[at->second].push_back(i);
  }
  return groups;
}

// A finding concerns a server on its own where it names at most half of the servers alike; findings of one code count
// together. That a server was not reached is told by its box already.
void flag(const Sides& sides, const std::vector<std::vector<std::size_t>>& groups, std::vector<Entry>& entries) {
  std::unordered_map<std::string_view, std::size_t> byName;
  for (std::size_t i = 0; i < entries.size(); ++i)
    byName.emplace(entries[i].any().name, i);
  std::map<std::pair<std::string_view, std::size_t>, std::unordered_set<std::size_t>> named;
  for (const auto* findings : sides.findings)
    for (const auto& finding : *findings) {
      if (finding.severity == topology::Severity::info || finding.code == "unreachable")
        continue;
      for (const std::string& subject : finding.subjects)
        if (const auto at = byName.find(subject); at != byName.end())
          named[{finding.code, entries[at->second].group}].insert(at->second);
    }
  for (const auto& [about, servers] : named)
    if (servers.size() * 2 <= groups[about.second].size())
      for (const std::size_t server : servers)
        entries[server].flagged = true;
}

Unit singleUnit(const Entry& entry, std::size_t order) {
  Unit unit;
  unit.key = "server:" + entry.any().name;
  unit.flagged = entry.flagged;
  unit.order = order;
  for (std::size_t side = 0; side < 2; ++side)
    if (entry.servers[side])
      unit.sides[side].members = {entry.servers[side]};
  return unit;
}

bool isManyOnOneSide(const Sides& sides, std::size_t stackFrom) {
  return stackFrom > 0 && std::ranges::any_of(sides.snapshots, [stackFrom](const topology::Snapshot* snapshot) {
           return snapshot && snapshot->servers.size() >= stackFrom;
         });
}

} // namespace

std::vector<Unit> unitsOf(const Sides& sides, const Options& options) {
  std::vector<Entry> entries = entriesOf(sides);
  std::vector<Unit> units;
  units.reserve(entries.size());
  if (!isManyOnOneSide(sides, options.stackFrom)) {
    for (std::size_t i = 0; i < entries.size(); ++i)
      units.push_back(singleUnit(entries[i], i));
    return units;
  }
  std::vector<std::string> keys;
  const auto groups = groupsOf(entries, keys);
  flag(sides, groups, entries);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto alike = std::ranges::count_if(groups[g], [&](std::size_t i) { return !entries[i].flagged; });
    const bool unfolded = options.unfolded.contains(keys[g]);
    Unit stack;
    for (const std::size_t i : groups[g]) {
      if (entries[i].flagged || alike < 2 || unfolded) {
        units.push_back(singleUnit(entries[i], i));
        if (unfolded && alike >= 2 && !entries[i].flagged)
          units.back().stackKey = keys[g];
        continue;
      }
      if (stack.key.empty())
        stack.order = i;
      stack.key = keys[g];
      stack.isStack = true;
      for (std::size_t side = 0; side < 2; ++side)
        if (entries[i].servers[side])
          stack.sides[side].members.push_back(entries[i].servers[side]);
    }
    if (stack.isStack)
      units.push_back(std::move(stack));
  }
  std::ranges::sort(units, {}, &Unit::order);
  return units;
}

} // namespace whichbase::layout
