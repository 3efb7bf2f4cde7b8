#include "topology/sessions.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace whichbase::topology {

namespace {

bool isIpAddress(const std::string& text) {
  std::array<unsigned char, 16> buffer{};
  return inet_pton(AF_INET, text.c_str(), buffer.data()) == 1 || inet_pton(AF_INET6, text.c_str(), buffer.data()) == 1;
}

// What its own sessions look like; by default its address, where that is one.
std::vector<std::string> patternsOf(const Server& server) {
  if (!server.client.empty())
    return server.client;
  return isIpAddress(server.address) ? std::vector{server.address} : std::vector<std::string>{};
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
    for (const std::string& pattern : patternsOf(server))
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

// Sessions that several servers may own count for none of them as proof; and they are elsewhere only where none of
// these servers is configured for that database.
void Sessions::attribute(const Database& database, const ClientGroup& group,
                         const std::vector<const Server*>& candidates) {
  const auto isAtHome = [&](const Server* server) {
    const Database* own = m_view.databaseOf(*server);
    return own && m_view.source(*own).id == m_view.source(database).id;
  };
  if (std::ranges::any_of(candidates, isAtHome)) {
    if (candidates.size() == 1)
      m_of[candidates.front()->name].onOwn = true;
    return;
  }
  for (const Server* server : candidates)
    m_of[server->name].elsewhere = true;
  if (!candidates.empty())
    m_strays.push_back({candidates, &database, group.sessions});
}

} // namespace whichbase::topology
