#include "verify/journal.h"

#include "verify/journal_text.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace whichbase::verify {
namespace {

namespace fs = std::filesystem;
using compare::Problem;
using process::Descriptor; // a lock goes with its descriptor

constexpr std::size_t largestEntry = 1 << 20; // bytes
constexpr const char* ending = ".json";

Problem failed(const fs::path& path, const char* doing, int error) {
  return {fmt::format("the journal of test rows cannot be {} in {}: {}", doing, path.string(), std::strerror(error)),
          "Make the folder one that only you can write and that has room; without the journal no test row is written."};
}

fs::path usualFolder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && state[0] == '/')
    return fs::path(state) / "whichbase/test-rows";
  const char* home = std::getenv("HOME");
  return home != nullptr && home[0] == '/' ? fs::path(home) / ".local/state/whichbase/test-rows" : fs::path();
}

bool syncFolder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.number() >= 0 && ::fsync(opened.number()) == 0;
}

// Makes it where it is missing; nobody else may read or change what will be run in somebody's database.
std::expected<void, Problem> makePrivate(const fs::path& folder) {
  if (folder.empty())
    return std::unexpected(Problem{"a test row's journal can be kept nowhere: neither XDG_STATE_HOME nor HOME is set",
                                   "Set one of them."});
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (error)
    return std::unexpected(failed(folder.parent_path(), "kept", error.value()));
  if (::mkdir(folder.c_str(), 0700) == 0) {
    if (!syncFolder(folder.parent_path()))
      return std::unexpected(failed(folder.parent_path(), "kept", errno));
  } else if (errno != EEXIST) {
    return std::unexpected(failed(folder, "kept", errno));
  }
  struct stat status{};
  if (::lstat(folder.c_str(), &status) != 0)
    return std::unexpected(failed(folder, "kept", errno));
  if (!S_ISDIR(status.st_mode) || status.st_uid != ::geteuid() || (status.st_mode & 077) != 0)
    return std::unexpected(Problem{fmt::format("{} is not a folder that only you can use", folder.string()),
                                   fmt::format("Look at what is in it, and then: chmod 700 '{}'", folder.string())});
  return {};
}

bool writeAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR)
      return false;
    text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

// A new file that is locked before it gets its name. Not open: errno says why.
Descriptor writeLocked(const fs::path& unfinished, const fs::path& file, std::string_view text) {
  ::unlink(unfinished.c_str());
  Descriptor made(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (made.number() < 0 || ::flock(made.number(), LOCK_EX | LOCK_NB) != 0 || !writeAll(made.number(), text) ||
      ::rename(unfinished.c_str(), file.c_str()) != 0) {
    const int error = errno;
    ::unlink(unfinished.c_str());
    errno = error;
    return Descriptor();
  }
  return made;
}

// What a file holds: nothing where a living process works on it, or it has gone meanwhile.
struct Found {
  std::optional<JournalEntry> entry;
  std::string problem;
};

std::string readWhole(int descriptor) {
  std::string text;
  std::array<char, 4096> part{};
  ssize_t got = 0;
  while (text.size() <= largestEntry && (got = ::read(descriptor, part.data(), part.size())) > 0)
    text.append(part.data(), static_cast<std::size_t>(got));
  return text;
}

Found readEntry(const fs::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (opened.number() < 0)
    return {{}, errno == ENOENT ? "" : std::strerror(errno)};
  if (::flock(opened.number(), LOCK_SH | LOCK_NB) != 0)
    return {};
  struct stat held{};
  struct stat named{};
  if (::fstat(opened.number(), &held) != 0 || ::stat(file.c_str(), &named) != 0 || held.st_ino != named.st_ino)
    return {};
  if (!S_ISREG(held.st_mode) || held.st_uid != ::geteuid() || (held.st_mode & 022) != 0)
    return {{}, "others can write it"};
  auto entry = entryFrom(readWhole(opened.number()));
  if (!entry || file.filename() != entry->token + ending)
    return {{}, "it is not what this program writes"};
  return {std::move(entry), {}};
}

// What a program that was killed before its entry had a name left: nothing was written into a database yet.
void dropUnfinished(const fs::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (opened.number() >= 0 && ::flock(opened.number(), LOCK_EX | LOCK_NB) == 0)
    ::unlink(file.c_str());
}

std::vector<fs::path> filesIn(const fs::path& folder, std::error_code& error) {
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    files.push_back(at->path());
  std::ranges::sort(files);
  return files;
}

} // namespace

std::string projectPath(const fs::path& file) {
  std::error_code error;
  const auto whole = file.empty() ? file : fs::weakly_canonical(fs::absolute(file, error), error);
  return error ? file.string() : whole.string();
}

Journal::Journal(fs::path folder) : m_folder(folder.empty() ? usualFolder() : std::move(folder)) {}

std::expected<void, Problem> Journal::write(const JournalEntry& entry) {
  if (auto made = makePrivate(m_folder); !made)
    return made;
  const fs::path file = m_folder / (entry.token + ending);
  Descriptor descriptor;
  // Another process may take the unfinished file for one that was left.
  for (int attempt = 0; attempt < 5 && !descriptor.isOpen(); ++attempt)
    descriptor = writeLocked(m_folder / (entry.token + ".new"), file, toFileText(entry));
  if (!descriptor.isOpen())
    return std::unexpected(failed(m_folder, "written", errno));
  m_held[entry.token] = std::move(descriptor);
  if (!syncFolder(m_folder))
    return std::unexpected(failed(m_folder, "written", errno));
  return {};
}

std::expected<void, Problem> Journal::remove(const std::string& token) {
  const fs::path file = m_folder / (token + ending);
  const bool gone = ::unlink(file.c_str()) == 0 || errno == ENOENT;
  const int error = errno;
  if (gone)
    m_held.erase(token);
  if (!gone)
    return std::unexpected(failed(m_folder, "emptied", error));
  syncFolder(m_folder); // an entry that comes back after a loss of power is asked about, and nothing is found
  return {};
}

std::expected<std::vector<JournalEntry>, Problem> Journal::leftBehind() const {
  std::vector<JournalEntry> entries;
  std::error_code error;
  for (const auto& file : filesIn(m_folder, error)) {
    if (file.extension() == ".new")
      dropUnfinished(file);
    if (file.extension() != ending)
      continue;
    if (auto found = readEntry(file); found.entry)
      entries.push_back(std::move(*found.entry));
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return std::unexpected(failed(m_folder, "read", error.value()));
  std::ranges::sort(entries, {}, &JournalEntry::at);
  return entries;
}

std::vector<Problem> Journal::unreadable() const {
  std::vector<Problem> problems;
  std::error_code error;
  for (const auto& file : filesIn(m_folder, error))
    if (file.extension() == ending)
      if (const auto found = readEntry(file); !found.problem.empty())
        problems.push_back({fmt::format("{} cannot be read as a test row's entry: {}", file.string(), found.problem),
                            "A test row may be left in a database: look for rows and tables that hold the file's "
                            "name, and then delete the file."});
  return problems;
}

} // namespace whichbase::verify
