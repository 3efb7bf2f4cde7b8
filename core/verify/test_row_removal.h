// Removing what a journal's entry is about, over one connection.
#pragma once

#include "probe/connector.h"
#include "verify/journal.h"
#include "verify/own_sessions.h"

#include <string>

namespace whichbase::verify {

// The limits that each writing transaction sets for itself; with `notAfter`, it fails where the database's clock has
// passed that: then it is one that writes the row, else one that removes it. For the users table the application's own
// search_path stays, since triggers may need it.
std::string limitsStep(bool isOwnTable, std::optional<topology::UtcTime> notAfter);
inline constexpr auto statementTimeout = std::chrono::milliseconds(1'000); // of each statement

struct RemovalTry {
  enum class Result {
    removed,      // it was there, and is gone
    nothingThere, // and nothing can come any more
    elsewhere,    // the connection leads to another database, or to a standby
    failed,       // it may still be there
  } result = Result::failed;
  std::string text;       // why: a clause, redacted
  bool samePlace = false; // the same address as when it was written
};

// In a session that is open.
RemovalTry removeIn(pg::Session& session, const Standing& standing, const probe::Target& target,
                    const JournalEntry& entry, pg::TimePoint deadline);
// Over a connection of its own.
RemovalTry removeOver(const probe::Target& target, const JournalEntry& entry, probe::Connector& connector,
                      pg::TimePoint deadline, std::chrono::milliseconds patience);

// "A test row may still be in 203.0.113.196:5432/TovPlay. Run there: …"
std::string whatToRun(const JournalEntry& entry, const Journal& journal);

} // namespace whichbase::verify
