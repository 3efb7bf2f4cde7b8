// What happened between two snapshots of a side that followed one another, as entries of a timeline.
#pragma once

#include "topology/snapshot.h"

#include <string>
#include <vector>

namespace whichbase::history {

// The stable names of what an event is. In JSON and in the file they are written as toString() has them.
enum class EventKind {
  serverMoved,          // server-moved: its configuration leads to another database; also the first time that it does
  endpointMoved,        // endpoint-moved: the same configuration leads to another database
  configurationChanged, // configuration-changed: a server was added, removed, or its connection string changed
  serverUnreachable,    // server-unreachable, with stage and reason
  serverReached,        // server-reached: again
  databaseAppeared,     // database-appeared
  databaseUnreached,    // database-unreached: nobody reaches it any more; that it is gone is not known
  databaseGone,         // database-gone: its instance answered that it does not exist
  databaseRestarted,    // database-restarted: same database, later start
  databasePromoted,     // database-promoted: a standby became a primary
  usersChanged,         // users-changed
  usersJumped,          // users-jumped: by more than max(10, a tenth) at once, to or from 0, or in the wrong direction
  tablesAppeared,       // tables-appeared
  tablesGone,           // tables-gone
  triggersAppeared,     // triggers-appeared: also enabled again
  triggersGone,         // triggers-gone: also disabled
  verdictChanged,       // verdict-changed
  verification,         // verification: somebody checked with flags or a test row, or compared rows; or tried
  note,                 // note: typed by the engineer
  recordingStarted,     // recording-started: nobody watched before that
  keptAsBefore,         // kept-as-before
};

struct Event {
  topology::UtcTime at{};
  EventKind kind = EventKind::note;
  topology::Side side = topology::Side::after;
  std::vector<std::string> subjects; // names of servers and ids of databases
  std::string text;                  // one sentence: "Production Backend moved from A to B."
  bool isMajor() const;              // worth a labelled mark on a time axis; users-changed is not
  bool operator==(const Event&) const = default;
};

// In a fixed order, the weightiest first; times are `later`'s. Empty where nothing changed. Both bear the same letters
// for the same databases (topology::Continuity). What is unknown in one of them is no change: an unknown count is not
// 0, and an inventory that could not be read has lost no tables.
std::vector<Event> eventsBetween(const topology::Snapshot& earlier, const topology::Snapshot& later);

std::string toString(EventKind kind);
std::optional<EventKind> eventKindFrom(std::string_view name);

} // namespace whichbase::history
