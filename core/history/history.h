// An incident's file, NAME.whichbase beside NAME.whichbase.toml: a SQLite file with every change that was seen of both
// sides, what happened, and what the engineer noted. It holds masked strings and no row of user data, and replays
// without the project and without any database.
#pragma once

#include "history/event.h"

#include <chrono>
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::history {

struct Error {
  std::string text; // one sentence that names the file, and what to do
};

// Users of one database from `at` on, until the next point of that database.
struct Point {
  topology::UtcTime at{};
  std::string database;              // id; a letter bears the same meaning throughout the file
  std::optional<std::int64_t> users; // empty: unknown, or not reached
  topology::CountKind kind = topology::CountKind::exact;
  bool operator==(const Point&) const = default;
};

// A time that somebody wants to return to. Its state survives retention.
struct Moment {
  std::int64_t id = 0;
  topology::UtcTime at{};
  std::string reason; // "first complete sweep", "verdict: split → single-source", "kept as Before"
  bool operator==(const Moment&) const = default;
};

// Somebody watched from `from` until `until`; between two of them nobody did, and nothing is known.
struct Span {
  topology::UtcTime from{};
  topology::UtcTime until{};
  bool operator==(const Span&) const = default;
};

// All that a time axis shows; small, whatever the file's size: read at once when it is opened.
struct Overview {
  std::string title;                            // of the project
  std::map<std::string, std::string> labels;    // of databases by id: "External"
  std::map<std::string, std::string> relations; // of databases by id: public."User"
  std::vector<Span> spans;                      // in the order of time
  std::vector<Point> points;                    // in the order of time
  std::vector<Event> events;                    // in the order of time
  std::vector<Moment> moments;                  // in the order of time
  std::vector<topology::UtcTime> changes;       // when the state changed, ascending; steps of a replay
  std::int64_t recordedChanges = 0;             // states in the file
  bool empty() const { return spans.empty() && events.empty(); }
};

// Both sides as they were known at one time.
struct State {
  topology::UtcTime at{};                           // of the change that made it so, at or before what was asked
  std::shared_ptr<const topology::Snapshot> before; // null where there was none
  std::shared_ptr<const topology::Snapshot> after;
};

struct Retention {
  std::chrono::hours age{24 * 90};
  std::uintmax_t bytes = 200'000'000; // the oldest changes go first; moments, events and notes stay
};

struct Fingerprint;

// Not for two threads at a time; several processes and windows may have one file open, and record into it.
class History {
public:
  enum class Mode {
    read,   // never writes; a file on read-only media too
    record, // makes the file where there is none; a damaged one is set aside under another name, see setAside()
  };
  static std::expected<std::unique_ptr<History>, Error> open(const std::filesystem::path& file, Mode mode,
                                                             const Retention& retention = {});
  ~History(); // leaves one file: what is beside it in the meantime (WAL) goes back into it
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  const std::filesystem::path& file() const;
  // Where a damaged file was put when this one was opened to record; empty: there was none.
  std::filesystem::path setAside() const;

  // A sighting of one side, with the letters of topology::Continuity. Stores it where it says something new (ages,
  // timings and the like are nothing new), else only that it was still so; with it the events since what the file had
  // last, whoever wrote that, and the moment where it is one. All in one transaction. Returns the events.
  std::expected<std::vector<Event>, Error> record(topology::Side side, const topology::Snapshot& snapshot);
  // A new watch begins: what lies between is unknown.
  std::expected<void, Error> begin(topology::UtcTime at);
  std::expected<void, Error> add(const Event& event);
  std::expected<Moment, Error> keepMoment(topology::UtcTime at, const std::string& reason);
  // Texts that belong to the incident: what was written into its report, by section.
  std::expected<void, Error> setText(const std::string& key, const std::string& text);
  std::expected<std::string, Error> text(const std::string& key) const; // empty where there is none
  std::expected<std::map<std::string, std::string>, Error> texts(const std::string& prefix) const; // by key

  // Fingerprints of users (fingerprint.h), in the order in which they were kept. Neither the secret key nor a value
  // that was hashed gets into the file.
  std::expected<void, Error> keep(const Fingerprint& fingerprint);
  std::expected<std::vector<Fingerprint>, Error> fingerprints() const;

  std::expected<Overview, Error> overview() const;
  // The sides at that time; nothing where the file begins later.
  std::expected<std::optional<State>, Error> at(topology::UtcTime time) const;
  // Changes with every write, of another process too: whether overview() would say something new.
  std::int64_t version() const;
  // A copy in one file, whole, while others may be writing: to send to somebody.
  std::expected<void, Error> copyTo(const std::filesystem::path& file) const;

  struct Store; // what it is made of, known to core/history alone

private:
  History();
  std::unique_ptr<Store> m_store;
};

// "tovplay.whichbase" beside tovplay.whichbase.toml.
std::filesystem::path historyFileOf(const std::filesystem::path& projectFile);
// Whether the file is one of ours, by its first bytes; not by its name.
bool isHistoryFile(const std::filesystem::path& file);

} // namespace whichbase::history
