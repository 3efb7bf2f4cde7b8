#include "history/event_sources.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace whichbase::history {

namespace {

using topology::Database;
using topology::Server;

// Servers that did the same are told together.
struct Group {
  EventKind kind = EventKind::serverMoved;
  std::string from, to; // ids; of an unreachable one: stage and reason
  std::vector<std::string> servers;
};

class Groups {
public:
  void add(EventKind kind, const std::string& from, const std::string& to, const std::string& server) {
    const auto alike = [&](const Group& each) { return each.kind == kind && each.from == from && each.to == to; };
    auto at = std::ranges::find_if(m_groups, alike);
    if (at == m_groups.end())
      at = m_groups.insert(m_groups.end(), {kind, from, to, {}});
    at->servers.push_back(server);
  }
  const std::vector<Group>& all() const { return m_groups; }

private:
  std::vector<Group> m_groups;
};

bool isSameConfiguration(const Server& a, const Server& b) {
  const auto parts = [](const Server& each) {
    return std::tie(each.connection.text, each.connection.host, each.connection.port, each.connection.dbname,
                    each.connection.user, each.route);
  };
  return parts(a) == parts(b);
}

// A sweep that was cut did not visit it.
bool isUnvisited(const Server& server, const topology::Snapshot& snapshot) {
  return !snapshot.complete && server.failure && server.failure->stage == topology::Stage::deadline;
}

void groupMove(Groups& groups, const Pair& pair, const Server& was, const Server& is) {
  const Database* from = pair.earlierDatabase(was.reached() ? was.database : was.lastDatabase);
  const Database* to = pair.laterDatabase(is.database);
  if (!from || !to || !pair.areTwo(*from, *to))
    return;
  const bool isMoveKnown = std::ranges::any_of(pair.later().endpointMoves, [&](const topology::EndpointMove& move) {
    return move.server == is.name && move.to == to->id;
  });
  const bool isUnchanged = isMoveKnown || (was.reached() && isSameConfiguration(was, is));
  groups.add(isUnchanged ? EventKind::endpointMoved : EventKind::serverMoved, from->id, to->id, is.name);
}

void groupReach(Groups& groups, const Pair& pair, const Server& was, const Server& is) {
  if (was.reached() && !is.reached() && !isUnvisited(is, pair.later()))
    groups.add(EventKind::serverUnreachable, toString(is.failure->stage), is.failure->text, is.name);
  if (!was.reached() && is.reached() && !isUnvisited(was, pair.earlier()))
    groups.add(EventKind::serverReached, {}, is.database, is.name);
}

std::string configuredFor(const Server& server) {
  const std::string endpoint = topology::endpointText(server.connection);
  return server.connection.dbname.empty() ? endpoint : endpoint + "/" + server.connection.dbname;
}

void addConfiguration(std::vector<Event>& events, const Pair& pair, const Server& was, const Server& is) {
  // Where it could not be read there is nothing to compare.
  if (was.connection.text.empty() || is.connection.text.empty() || isSameConfiguration(was, is))
    return;
  const std::string before = configuredFor(was), now = configuredFor(is);
  std::string text = fmt::format("The connection string of {} changed.", is.name);
  if (before != now)
    text = fmt::format("{} is configured for {} now, and was for {}.", is.name, now, before);
  else if (was.connection.text == is.connection.text && was.route != is.route)
    text = fmt::format("The route of {} changed.", is.name);
  events.push_back(pair.event(EventKind::configurationChanged, {is.name}, std::move(text)));
}

std::string textFor(const Group& group) {
  const std::string names = topology::someOf(group.servers, 3);
  const bool isOne = group.servers.size() == 1;
  switch (group.kind) {
  case EventKind::endpointMoved:
    return fmt::format("{} moved from {} to {}; the configuration did not change.", names, group.from, group.to);
  case EventKind::serverUnreachable:
    return fmt::format("{} {} not reached any more: {}: {}.", names, isOne ? "is" : "are", group.from, group.to);
  case EventKind::serverReached:
    return group.to.starts_with('?') ? fmt::format("{} {} reached.", names, isOne ? "is" : "are")
                                     : fmt::format("{} {} reached, and {} to {}.", names, isOne ? "is" : "are",
                                                   isOne ? "leads" : "lead", group.to);
  default:
    return fmt::format("{} moved from {} to {}.", names, group.from, group.to);
  }
}

void addGroups(std::vector<Event>& events, const Pair& pair, const Groups& groups) {
  for (const Group& group : groups.all()) {
    std::vector<std::string> subjects = group.servers;
    if (group.kind != EventKind::serverUnreachable)
      for (const std::string& id : {group.from, group.to})
        if (!id.empty())
          subjects.push_back(id);
    events.push_back(pair.event(group.kind, std::move(subjects), textFor(group)));
  }
}

} // namespace

void addServerEvents(std::vector<Event>& events, const Pair& pair) {
  Groups groups;
  for (const Server& is : pair.later().servers) {
    const Server* was = pair.earlierServer(is.name);
    if (!was) {
      events.push_back(pair.event(EventKind::configurationChanged, {is.name},
                                  fmt::format("{} was added, configured for {}.", is.name, configuredFor(is))));
      continue;
    }
    groupMove(groups, pair, *was, is);
    groupReach(groups, pair, *was, is);
    addConfiguration(events, pair, *was, is);
  }
  for (const Server& was : pair.earlier().servers)
    if (!pair.laterServer(was.name))
      events.push_back(
          pair.event(EventKind::configurationChanged, {was.name}, fmt::format("{} was removed.", was.name)));
  addGroups(events, pair, groups);
}

} // namespace whichbase::history
