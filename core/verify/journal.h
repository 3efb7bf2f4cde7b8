// What this program has written into somebody's database and not yet removed for certain: one small file a test row,
// on the disk before the row is.
#pragma once

#include "compare/problem.h"
#include "process/descriptor.h"
#include "topology/utc_time.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::verify {

// Holds no password and no connection string: the project that is named has those.
struct JournalEntry {
  std::string token;   // unique; the row holds it
  std::string project; // path of the project's file; empty: it was not saved
  std::string title;   // of the project
  std::string server;  // through whose connection it was written
  std::string address; // "203.0.113.196:5432/TovPlay", masked, for people
  std::optional<std::uint64_t> systemIdentifier;
  std::uint32_t oid = 0;
  std::string relation;    // quoted and schema-qualified
  bool isOwnTable = false; // the whole relation is ours
  bool isInserted = false; // the insert was acknowledged: where nothing is found now, nothing will come any more
  // The server process that wrote, where no pooler stands in between (else 0): once that has gone, so has all it did.
  std::uint32_t backendPid = 0;
  // By the database's own clock: whatever was sent has ended by then, and nothing that is absent can still appear.
  std::optional<topology::UtcTime> settledAt;
  std::string removeSql;  // exactly what removes it, to be run there; harmless where nothing is left
  std::string presentSql; // SELECT that tells how many are left
  topology::UtcTime at{};
  bool operator==(const JournalEntry&) const = default;
};

// A project's file as entries name it: absolute, links followed. Empty stays empty.
std::string projectPath(const std::filesystem::path& file);

// A folder of entries, private to the user (0700, files 0600), synced to the disk. An entry that is being worked on
// by a living process is locked, and left alone by others. Not for two threads at a time.
class Journal {
public:
  // `folder` empty: $XDG_STATE_HOME/whichbase/test-rows.
  explicit Journal(std::filesystem::path folder = {});

  // Written and synced when this returns, in place of an older one with the same token; the lock is held until the
  // entry is gone or this object is.
  std::expected<void, compare::Problem> write(const JournalEntry& entry);
  std::expected<void, compare::Problem> remove(const std::string& token);
  // Those that no living process works on: what was left behind, the oldest first.
  std::expected<std::vector<JournalEntry>, compare::Problem> leftBehind() const;
  // Files there that cannot be read as entries: what they were about has to be looked at by somebody.
  std::vector<compare::Problem> unreadable() const;
  const std::filesystem::path& folder() const { return m_folder; }

private:
  std::filesystem::path m_folder;
  std::map<std::string, process::Descriptor> m_held; // locked, by token
};

} // namespace whichbase::verify
