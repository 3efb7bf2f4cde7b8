#include "report/json.h"
#include "report/write_all.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <random>

namespace whichbase::report {
namespace {

namespace fs = std::filesystem;

std::string whatToDo(int error) {
  switch (error) {
  case ENOSPC:
  case EDQUOT:
    return "there is no space left; free some, or name a file on another disk";
  case EACCES:
  case EPERM:
    return "no permission to write there; name a folder of your own";
  case EROFS:
    return "it lies on a read-only file system; name a folder that can be written";
  case ENOENT:
  case ENOTDIR:
    return "its folder does not exist; make it first, or name another one";
  case EISDIR:
    return "that is a folder; name a file in it";
  default:
    return fmt::format("{}; name another file", std::strerror(error));
  }
}

std::unexpected<Error> cannotWrite(const fs::path& file, int error) {
  return std::unexpected(Error{fmt::format("cannot write {}: {}", file.string(), whatToDo(error))});
}

// Pipes and devices (/dev/stdout) cannot be replaced, only written to.
int writeInPlace(std::string_view text, const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0)
    return errno;
  int error = writeAll(descriptor, text);
  if (::close(descriptor) != 0 && error == 0)
    error = errno;
  return error;
}

// A file of its own beside `file`, made with the permissions that the process gives new files. Returns its descriptor,
// or -1 with errno set.
int createBeside(const fs::path& file, std::string& name) {
  std::random_device random;
  for (int attempt = 0; attempt < 16; ++attempt) {
    name = (file.parent_path() / fmt::format(".{}.{:08x}.part", file.filename().string(), random())).string();
    const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST)
      return descriptor;
  }
  return -1;
}

int writeBesideAndRename(std::string_view text, const fs::path& file) {
  std::string beside;
  const int descriptor = createBeside(file, beside);
  if (descriptor < 0)
    return errno;
  int error = writeAll(descriptor, text);
  struct stat present{};
  if (error == 0 && ::stat(file.c_str(), &present) == 0 && ::fchmod(descriptor, present.st_mode & 07777) != 0)
    error = errno;
  if (error == 0 && ::fsync(descriptor) != 0)
    error = errno;
  if (::close(descriptor) != 0 && error == 0)
    error = errno;
  if (error == 0 && ::rename(beside.c_str(), file.c_str()) != 0)
    error = errno;
  if (error != 0)
    ::unlink(beside.c_str());
  return error;
}

// So that the new name survives a power cut, too. Best effort: not every file system can do it.
void syncFolder(const fs::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0)
    return;
  ::fsync(descriptor);
  ::close(descriptor);
}

} // namespace

std::expected<void, Error> saveText(std::string_view text, const fs::path& file) {
  std::error_code ignored;
  const fs::file_status status = fs::status(file, ignored);
  if (fs::is_directory(status))
    return cannotWrite(file, EISDIR);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    if (const int error = writeInPlace(text, file))
      return cannotWrite(file, error);
    return {};
  }
  // A link stays a link: what it names is replaced.
  fs::path target = fs::is_symlink(fs::symlink_status(file, ignored)) ? fs::weakly_canonical(file, ignored) : file;
  if (target.empty())
    target = file;
  if (const int error = writeBesideAndRename(text, target))
    return cannotWrite(file, error);
  syncFolder(target.parent_path());
  return {};
}

} // namespace whichbase::report
