#include "project/project.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace whichbase::project {

namespace {

constexpr std::uintmax_t largest = 4U << 20U; // bytes; a project of 10,000 servers has a tenth of that

std::unexpected<Error> failed(std::string text) {
  return std::unexpected(Error{std::move(text)});
}

// Writes all of it and makes sure that it is on the disk; 0, or the errno of what failed.
int writeWhole(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) {
      return errno;
    }
    text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
}

} // namespace

std::expected<Project, Error> load(const std::filesystem::path& file) {
  std::error_code code;
  const auto name = file.string();
  const auto status = std::filesystem::status(file, code);
  if (!std::filesystem::exists(status)) {
    return failed(fmt::format("{}: there is no such file; check the path.", name));
  }
  if (std::filesystem::is_directory(status)) {
    return failed(fmt::format("{}: this is a folder; name the .whichbase.toml file in it.", name));
  }
  if (std::filesystem::is_regular_file(status) && std::filesystem::file_size(file, code) > largest) {
    return failed(fmt::format("{}: larger than 4 MiB, so it is no project file.", name));
  }
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  if (!stream || (stream.peek() != std::ifstream::traits_type::eof() && !(text << stream.rdbuf())) || stream.bad()) {
    return failed(fmt::format("{}: cannot be read: {}.", name, std::strerror(errno == 0 ? EIO : errno)));
  }
  if (text.view().find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return failed(fmt::format("{}:1:1: the file is empty; a project needs a [[server]] with a name and a url.", name));
  }
  return parse(text.view(), name);
}

std::expected<void, Error> save(const Project& project, const std::filesystem::path& file) {
  std::error_code code;
  // A link keeps pointing where it points; the file behind it is replaced.
  const auto real = std::filesystem::weakly_canonical(file, code);
  const auto target = code ? file : real;
  std::string temporary = target.string() + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) {
    return failed(
        fmt::format("{}: cannot be written: {}. Choose another folder.", file.string(), std::strerror(errno)));
  }
  int error = writeWhole(descriptor, toToml(project));
  const auto old = std::filesystem::status(target, code);
  const auto mode = std::filesystem::exists(old) ? static_cast<mode_t>(old.permissions()) & 07777U : 0644U;
  if (error == 0 && ::fchmod(descriptor, static_cast<mode_t>(mode)) != 0) {
    error = errno;
  }
  if (::close(descriptor) != 0 && error == 0) {
    error = errno;
  }
  if (error == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) {
    ::unlink(temporary.c_str());
    return failed(
        fmt::format("{}: cannot be written: {}. The file is as it was.", file.string(), std::strerror(error)));
  }
  return {};
}

} // namespace whichbase::project
