// Where events between two snapshots come from, by subject. Each function appends what both snapshots prove.
#pragma once

#include "history/event.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::history {

// Two snapshots of one side, the letters being the same, with quick ways to find what is in them.
class Pair {
public:
  Pair(const topology::Snapshot& earlier, const topology::Snapshot& later);

  const topology::Snapshot& earlier() const { return m_earlier; }
  const topology::Snapshot& later() const { return m_later; }
  const topology::Server* earlierServer(std::string_view name) const { return find(m_servers[0], name); }
  const topology::Server* laterServer(std::string_view name) const { return find(m_servers[1], name); }
  const topology::Database* earlierDatabase(std::string_view id) const { return find(m_databases[0], id); }
  const topology::Database* laterDatabase(std::string_view id) const { return find(m_databases[1], id); }
  // Proven to be two: by identifier or oid, or because one snapshot holds both of them.
  bool areTwo(const topology::Database& a, const topology::Database& b) const;
  Event event(EventKind kind, std::vector<std::string> subjects, std::string text) const;

private:
  template <class T>
  using Index = std::map<std::string_view, const T*>;
  template <class T>
  static const T* find(const Index<T>& index, std::string_view name) {
    const auto found = index.find(name);
    return found == index.end() ? nullptr : found->second;
  }

  const topology::Snapshot& m_earlier;
  const topology::Snapshot& m_later;
  Index<topology::Server> m_servers[2];
  Index<topology::Database> m_databases[2];
};

// Moved, reached or not, configured otherwise.
void addServerEvents(std::vector<Event>& events, const Pair& pair);

// Appeared, not reached any more, gone, restarted, promoted.
void addDatabaseEvents(std::vector<Event>& events, const Pair& pair);

// Users, tables, triggers.
void addContentEvents(std::vector<Event>& events, const Pair& pair);

} // namespace whichbase::history
