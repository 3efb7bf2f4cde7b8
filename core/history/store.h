// What an open incident's file is made of, for the files that implement History.
#pragma once

#include "history/failure_text.h"
#include "history/history.h"
#include "history/open_file.h"
#include "history/state_chain.h"

#include <SQLiteCpp/Transaction.h>

#include <array>
#include <deque>

namespace whichbase::history {

using SnapshotPointer = std::shared_ptr<const topology::Snapshot>;

// The newest state of a side, as the file has it.
struct LastState {
  StatePlace place;
  SnapshotPointer snapshot;
  topology::Snapshot essence;
};

struct History::Store {
  std::filesystem::path file;   // as it was asked for
  std::filesystem::path target; // absolute, links followed
  Mode mode = Mode::read;
  Retention retention;
  std::filesystem::path damagedFile;
  OpenFile opened;
  std::pair<std::uint64_t, std::uint64_t> inode; // of `target` when it was opened
  std::array<std::unique_ptr<StateChain>, 2> chains;
  std::array<std::optional<LastState>, 2> last;
  // States that were asked for lately: a scrub that comes back meets the same value again.
  std::deque<std::pair<std::int64_t, SnapshotPointer>> recent;
  std::int64_t span = 0;                 // of this recording; 0: none yet
  std::chrono::microseconds usualGap{0}; // between two sightings of this recording
  int recordsUntilTidying = 0;
  std::int64_t writes = 0;

  ~Store() { close(opened, target, mode); }
  SQLite::Database& database() { return *opened.database; }
  StateChain& chain(topology::Side side) { return *chains[std::size_t(numberOf(side))]; }
  std::optional<LastState>& lastOf(topology::Side side) { return last[std::size_t(numberOf(side))]; }
  // After a transaction that was rolled back: what is remembered may never have been stored.
  void forget();
  void useDatabase(); // once `opened` is set
  // Somebody may have removed or replaced the file; then everything recorded would be lost.
  std::expected<void, Error> checkStillThere() const;
  std::expected<SnapshotPointer, Error> snapshot(topology::Side side, const StatePlace& place);
};

// The work of record(), within its transaction. See recording.cpp.
std::expected<std::vector<Event>, Error> recordSighting(History::Store& store, topology::Side side,
                                                        const topology::Snapshot& snapshot);
// The watch of this recording goes on until `at`, or begins. Returns what is to be told of it.
std::optional<Event> watchUntil(History::Store& store, topology::UtcTime at);
std::optional<Event> beginWatch(History::Store& store, topology::UtcTime at);
void insert(SQLite::Database& database, const Event& event);
Moment insertMoment(SQLite::Database& database, topology::UtcTime at, const std::string& reason);

Overview readOverview(SQLite::Database& database);
// Lets go of what is too old or too much. Throws SQLite::Exception; the error is a damaged state.
std::expected<void, Error> tidy(History::Store& store, topology::UtcTime now);

// Runs `body`, which returns an expected; what SQLite throws becomes an error.
template <class Body>
auto guarded(History::Store& store, const char* doing, const Body& body) -> decltype(body()) {
  try {
    auto result = body();
    if (!result)
      store.forget();
    return result;
  } catch (const SQLite::Exception& exception) {
    store.forget();
    return std::unexpected(errorOf(exception, doing, store.file));
  }
}

// The same in one transaction that waits for its turn before it reads anything, and counts as a write.
template <class Body>
auto written(History::Store& store, const Body& body) -> decltype(body()) {
  if (store.mode == History::Mode::read)
    return std::unexpected(Error{store.file.string() + " was opened to read only; open it to record"});
  if (auto there = store.checkStillThere(); !there)
    return std::unexpected(there.error());
  return guarded(store, "record into", [&]() -> decltype(body()) {
    SQLite::Transaction transaction(store.database(), SQLite::TransactionBehavior::IMMEDIATE);
    auto result = body();
    if (result) {
      transaction.commit();
      ++store.writes;
    }
    return result;
  });
}

} // namespace whichbase::history
