#include "connection/connection_string.h"
#include "history/store.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <unistd.h>

#include <random>

namespace whichbase::history {

namespace fs = std::filesystem;

std::expected<void, Error> History::copyTo(const fs::path& file) const {
  const auto failed = [&](const std::string& why) {
    return std::unexpected(Error{connection::redact(fmt::format("cannot write {}: {}", file.string(), why))});
  };
  std::error_code error;
  const fs::path target = fs::weakly_canonical(fs::absolute(file, error), error);
  if (error || !fs::is_directory(target.parent_path(), error))
    return failed("its folder does not exist; make it first, or name another one");
  if (fs::equivalent(target, m_store->target, error))
    return failed("it is the history itself; name another file");
  if (fs::exists(target, error) && !fs::is_regular_file(target, error))
    return failed("it is no file; name a file in a folder of yours");
  // Beside it and renamed: whole or not at all.
  const fs::path part =
      target.parent_path() / fmt::format(".{}.{:08x}.part", target.filename().string(), std::random_device()());
  auto copied = guarded(*m_store, "copy", [&]() -> std::expected<void, Error> {
    SQLite::Statement copy(m_store->database(), "VACUUM INTO ?");
    copy.bind(1, part.string());
    copy.exec();
    return {};
  });
  if (copied && ::rename(part.c_str(), target.c_str()) != 0)
    copied = failed("no permission to write there; name a folder of your own");
  if (!copied)
    fs::remove(part, error);
  return copied;
}

} // namespace whichbase::history
