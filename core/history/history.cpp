#include "history/history.h"

#include "connection/connection_string.h"
#include "history/header.h"
#include "history/set_aside.h"
#include "history/store.h"
#include "report/json.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

namespace whichbase::history {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> error(const fs::path& file, const std::string& text) {
  return std::unexpected(Error{connection::redact(fmt::format("{} {}", file.string(), text))});
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> inodeOf(const fs::path& file) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0)
    return std::nullopt;
  return std::pair(std::uint64_t(status.st_dev), std::uint64_t(status.st_ino));
}

// What can be said before SQLite sees the file. Nothing: go on.
std::optional<std::string> refusal(FileKind kind, History::Mode mode) {
  switch (kind) {
  case FileKind::missing:
    return mode == History::Mode::read
               ? std::optional<std::string>("is not there; check its name, or watch the project to record one")
               : std::nullopt;
  case FileKind::empty:
    return mode == History::Mode::read ? std::optional<std::string>("is empty: nothing was recorded yet")
                                       : std::nullopt;
  case FileKind::newer:
    return "was written by a newer Whichbase; it was left as it is: update this one to open it";
  case FileKind::somethingElse:
    return "is no history of Whichbase; it was left as it is: name another file, or move this one away";
  case FileKind::notAFile:
    return "is no file; name a file in a folder of yours";
  case FileKind::unreadable:
    return fmt::format("cannot be read: {}; ask its owner for a copy", std::strerror(errno));
  case FileKind::damaged:
    return mode == History::Mode::read
               ? std::optional<std::string>("is damaged: it does not begin as a history does; take another copy of it")
               : std::nullopt;
  case FileKind::ours:
    return std::nullopt;
  }
  return std::nullopt;
}

// The file itself where `file` is a link. Another process may set a damaged one aside this very moment: between the two
// looks that the library takes at it, so that what has just gone is looked for again.
fs::path targetOf(const fs::path& file, std::error_code& failure) {
  fs::path target;
  for (int again = 0; again < 10; ++again) {
    target = fs::weakly_canonical(fs::absolute(file, failure), failure);
    if (failure != std::errc::no_such_file_or_directory)
      break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return target;
}

struct OpenedToRecord {
  OpenFile opened;
  fs::path damagedFile;
};

std::expected<OpenedToRecord, Error> openOrBeginAnew(const fs::path& target, FileKind kind) {
  OpenedToRecord result;
  if (kind != FileKind::damaged) {
    auto opened = openToRecord(target);
    if (opened) {
      result.opened = std::move(*opened);
      return result;
    }
    if (!opened.error().damaged)
      return std::unexpected(opened.error().error);
  }
  const auto aside = setAside(target);
  if (!aside)
    return error(target, fmt::format("is damaged, and cannot be set aside ({}); move it away", aside.error()));
  auto opened = openToRecord(target);
  if (!opened)
    return std::unexpected(opened.error().error);
  result.opened = std::move(*opened);
  result.damagedFile = *aside;
  return result;
}

} // namespace

void History::Store::forget() {
  for (auto& chain : chains)
    if (chain)
      chain->forget();
  last = {};
}

void History::Store::useDatabase() {
  chains[0] = std::make_unique<StateChain>(database(), topology::Side::before);
  chains[1] = std::make_unique<StateChain>(database(), topology::Side::after);
  inode = inodeOf(target).value_or(std::pair<std::uint64_t, std::uint64_t>());
}

std::expected<void, Error> History::Store::checkStillThere() const {
  if (inodeOf(target) != inode)
    return error(file, "was moved, replaced or removed while it was open; open it again to go on recording");
  return {};
}

std::expected<SnapshotPointer, Error> History::Store::snapshot(topology::Side side, const StatePlace& place) {
  for (const auto& [id, known] : recent)
    if (id == place.id)
      return known;
  const auto state = chain(side).read(place.id);
  if (!state)
    return std::unexpected(damaged(file, state.error()));
  auto read =
      report::snapshotFromJson(state->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), file.string());
  if (!read)
    return std::unexpected(damaged(file, "a recorded state is not whole"));
  read->side = side;
  constexpr std::size_t mostRecent = 32;
  recent.emplace_front(place.id, std::make_shared<const topology::Snapshot>(std::move(*read)));
  if (recent.size() > mostRecent)
    recent.pop_back();
  return recent.front().second;
}

History::History() : m_store(std::make_unique<Store>()) {}
History::~History() = default;

std::expected<std::unique_ptr<History>, Error> History::open(const fs::path& file, Mode mode,
                                                             const Retention& retention) {
  std::error_code failure;
  const fs::path target = targetOf(file, failure);
  if (failure)
    return error(file, fmt::format("cannot be found: {}; check its name", failure.message()));
  std::optional<FolderLock> lock;
  if (mode == Mode::record)
    lock.emplace(target.parent_path());
  const FileKind kind = kindOf(target);
  if (const auto refused = refusal(kind, mode))
    return error(file, *refused);
  if (kind == FileKind::missing && !fs::is_directory(target.parent_path(), failure))
    return error(file, "cannot be made: its folder does not exist; make it first, or name another one");
  std::unique_ptr<History> history(new History());
  Store& store = *history->m_store;
  store.file = file;
  store.target = target;
  store.mode = mode;
  store.retention = retention;
  if (mode == Mode::read) {
    auto opened = openToRead(target);
    if (!opened)
      return std::unexpected(opened.error().error);
    store.opened = std::move(*opened);
  } else {
    auto opened = openOrBeginAnew(target, kind);
    if (!opened)
      return std::unexpected(opened.error());
    store.opened = std::move(opened->opened);
    store.damagedFile = opened->damagedFile;
  }
  store.useDatabase();
  return history;
}

const fs::path& History::file() const {
  return m_store->file;
}

fs::path History::setAside() const {
  return m_store->damagedFile;
}

std::expected<std::vector<Event>, Error> History::record(topology::Side side, const topology::Snapshot& snapshot) {
  Store& store = *m_store;
  auto events = written(store, [&] { return recordSighting(store, side, snapshot); });
  constexpr int recordsBetween = 500;
  if (events && --store.recordsUntilTidying < 0) {
    store.recordsUntilTidying = recordsBetween;
    // What was recorded is recorded; where tidying fails, it is tried again.
    guarded(store, "record into", [&] { return tidy(store, snapshot.finishedAt); });
  }
  return events;
}

std::expected<void, Error> History::begin(topology::UtcTime at) {
  return written(*m_store, [&]() -> std::expected<void, Error> {
    if (const auto event = beginWatch(*m_store, at))
      insert(m_store->database(), *event);
    return {};
  });
}

std::expected<void, Error> History::add(const Event& event) {
  return written(*m_store, [&]() -> std::expected<void, Error> {
    insert(m_store->database(), event);
    return {};
  });
}

std::expected<Moment, Error> History::keepMoment(topology::UtcTime at, const std::string& reason) {
  return written(*m_store, [&]() -> std::expected<Moment, Error> {
    return insertMoment(m_store->database(), at, connection::redact(reason));
  });
}

std::expected<void, Error> History::setText(const std::string& key, const std::string& text) {
  return written(*m_store, [&]() -> std::expected<void, Error> {
    SQLite::Statement row(
        m_store->database(),
        "INSERT INTO texts(key, text) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET text = excluded.text");
    row.bind(1, key);
    row.bind(2, connection::redact(text));
    row.exec();
    return {};
  });
}

std::expected<std::string, Error> History::text(const std::string& key) const {
  return guarded(*m_store, "read", [&]() -> std::expected<std::string, Error> {
    SQLite::Statement row(m_store->database(), "SELECT text FROM texts WHERE key = ?");
    row.bind(1, key);
    return row.executeStep() ? row.getColumn(0).getString() : std::string();
  });
}

std::expected<std::map<std::string, std::string>, Error> History::texts(const std::string& prefix) const {
  using Texts = std::map<std::string, std::string>;
  return guarded(*m_store, "read", [&]() -> std::expected<Texts, Error> {
    SQLite::Statement rows(m_store->database(), "SELECT key, text FROM texts WHERE substr(key, 1, length(?1)) = ?1");
    rows.bind(1, prefix);
    Texts texts;
    while (rows.executeStep())
      texts.emplace(rows.getColumn(0).getString(), rows.getColumn(1).getString());
    return texts;
  });
}

std::expected<Overview, Error> History::overview() const {
  return guarded(*m_store, "read", [&]() -> std::expected<Overview, Error> {
    SQLite::Transaction oneTime(m_store->database());
    return readOverview(m_store->database());
  });
}

std::expected<std::optional<State>, Error> History::at(topology::UtcTime time) const {
  Store& store = *m_store;
  return guarded(store, "read", [&]() -> std::expected<std::optional<State>, Error> {
    SQLite::Transaction oneTime(store.database());
    State state;
    bool any = false;
    for (const topology::Side side : {topology::Side::before, topology::Side::after}) {
      const auto place = store.chain(side).placeAt(time);
      if (!place)
        continue;
      const auto snapshot = store.snapshot(side, *place);
      if (!snapshot)
        return std::unexpected(snapshot.error());
      (side == topology::Side::before ? state.before : state.after) = *snapshot;
      state.at = any ? std::max(state.at, place->at) : place->at;
      any = true;
    }
    return any ? std::optional(std::move(state)) : std::nullopt;
  });
}

std::int64_t History::version() const {
  const auto changes = guarded(*m_store, "read", [&]() -> std::expected<std::int64_t, Error> {
    return m_store->database().execAndGet("PRAGMA data_version").getInt64();
  });
  return changes.value_or(0) + m_store->writes;
}

fs::path historyFileOf(const fs::path& projectFile) {
  const std::string name = projectFile.filename().string();
  constexpr std::string_view ending = ".whichbase.toml";
  const std::string stem =
      name.ends_with(ending) ? name.substr(0, name.size() - ending.size()) : projectFile.stem().string();
  return projectFile.parent_path() / (stem + ".whichbase");
}

} // namespace whichbase::history
