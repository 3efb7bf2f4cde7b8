#include "topology/sessions.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace whichbase::topology {

namespace {

// As PostgreSQL writes it, so that 2001:DB8:0::1 is 2001:db8::1; empty where it is no address.
std::string asNumericAddress(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  std::array<char, INET6_ADDRSTRLEN> written{};
  for (const int family : {AF_INET, AF_INET6})
    if (inet_pton(family, text.c_str(), bytes.data()) == 1)
      return inet_ntop(family, bytes.data(), written.data(), written.size());
  return {};
}

using ServersByPattern = std::map<std::string, std::vector<const Server*>>;

std::vector<const Server*> candidatesFor(const ClientGroup& group, const ServersByPattern& byPattern) {
  std::vector<const Server*> candidates;
  for (const std::string& pattern : {group.address, "app:" + group.application}) {
    const auto found = byPattern.find(pattern);
    if (found == byPattern.end() || pattern.empty())
      continue;
    for (const Server* server : found->second)
      if (std::ranges::find(candidates, server) == candidates.end())
        candidates.push_back(server);
  }
  return candidates;
}

} // namespace

Sessions::Sessions(const View& view) : m_view(view) {
  ServersByPattern byPattern;
  for (const Server& server : view.snapshot().servers)
    for (const std::string& pattern : lookOf(server))
      byPattern[pattern].push_back(&server);
  for (const Database& database : view.snapshot().databases)
    if (database.answered && database.clients)
      for (const ClientGroup& group : database.clients->groups)
        attribute(database, group, candidatesFor(group, byPattern));
}

const SessionsOf& Sessions::of(const Server& server) const {
  static const SessionsOf none;
  const auto found = m_of.find(server.name);
  return found == m_of.end() ? none : found->second;
}

const std::vector<const ClientGroup*>& Sessions::ofNobody(const Database& database) const {
  static const std::vector<const ClientGroup*> none;
  const auto found = m_ofNobody.find(database.id);
  return found == m_ofNobody.end() ? none : found->second;
}

std::vector<std::string> Sessions::lookOf(const Server& server) {
  const std::string address = asNumericAddress(server.address);
  if (server.client.empty())
    return address.empty() ? std::vector<std::string>{} : std::vector{address};
  std::vector<std::string> look = server.client;
  for (std::string& each : look)
    if (const std::string numeric = asNumericAddress(each); !numeric.empty())
      each = numeric;
  return look;
}

bool Sessions::isProvenElsewhere(const Stray& stray) const {
  return std::ranges::all_of(stray.servers, [&](const Server* server) {
    const Database* own = m_view.databaseOf(*server);
    return own && !server->lookedFromHere && m_view.isDifferent(*own, *stray.database);
  });
}

// Sessions that several servers may own count for none of them as proof; and they are elsewhere only where none of
// these servers is configured for that database.
void Sessions::attribute(const Database& database, const ClientGroup& group,
                         const std::vector<const Server*>& candidates) {
  if (candidates.empty()) {
    m_ofNobody[database.id].push_back(&group);
    return;
  }
  const auto isAtHome = [&](const Server* server) {
    const Database* own = m_view.databaseOf(*server);
    return own && m_view.source(*own).id == m_view.source(database).id;
  };
  if (std::ranges::any_of(candidates, isAtHome)) {
    if (candidates.size() == 1)
      m_of[candidates.front()->name].onOwn = true;
    note(candidates, database, group.sessions, false);
    return;
  }
  const Stray stray{candidates, &database, group.sessions};
  for (const Server* server : candidates)
    m_of[server->name].elsewhere = true;
  note(candidates, database, group.sessions, isProvenElsewhere(stray));
  m_strays.push_back(stray);
}

void Sessions::note(const std::vector<const Server*>& candidates, const Database& database, int sessions,
                    bool elsewhere) {
  for (const Server* server : candidates) {
    std::vector<SeenOn>& seen = m_of[server->name].seen;
    auto at = std::ranges::find(seen, &database, &SeenOn::database);
    if (at == seen.end())
      at = seen.insert(seen.end(), {&database, 0, false, false});
    at->sessions += sessions;
    at->shared = at->shared || candidates.size() > 1;
    at->elsewhere = at->elsewhere || elsewhere;
  }
}

} // namespace whichbase::topology
