#include "connection/password_file.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>
#include <vector>

namespace whichbase::connection {

namespace {

struct ConnectionCloser {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};

// The folder of Unix sockets that this libpq was built with. It is told by a connection that libpq gives up before it
// does anything, because of an sslmode that does not exist.
std::string defaultSocketFolder() {
  static const std::string folder = [] {
    const std::array<const char*, 3> keys{"sslmode", "passfile", nullptr};
    const std::array<const char*, 3> values{"none such", "/dev/null/none", nullptr};
    const std::unique_ptr<PGconn, ConnectionCloser> unborn(PQconnectStartParams(keys.data(), values.data(), 0));
    const char* host = unborn ? PQhost(unborn.get()) : nullptr;
    return std::string(host != nullptr ? host : "");
  }();
  return folder;
}

std::string homeFolder() {
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] != '\0') {
    return home;
  }
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  return getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr ? found->pw_dir
                                                                                                      : "";
}

std::string nameOf(const std::filesystem::path& file) {
  return file == passwordFile() ? "~/.pgpass" : file.string();
}

// What follows the field and its colon, where the field is * or stands for the wanted text.
std::optional<std::string_view> restAfter(std::string_view line, std::string_view wanted) {
  if (line.starts_with("*:")) {
    return line.substr(2);
  }
  std::size_t at = 0;
  std::size_t matched = 0;
  while (at < line.size()) {
    const bool escaped = line[at] == '\\';
    at += escaped ? 1 : 0;
    const char c = at < line.size() ? line[at] : '\0';
    if (c == ':' && !escaped && matched == wanted.size()) {
      return line.substr(at + 1);
    }
    if (c == '\0' || matched == wanted.size() || wanted[matched] != c) {
      return std::nullopt;
    }
    ++at;
    ++matched;
  }
  return std::nullopt;
}

std::string unescaped(std::string_view field) {
  std::string text;
  for (std::size_t at = 0; at < field.size() && field[at] != ':'; ++at) {
    at += field[at] == '\\' && at + 1 < field.size() ? 1 : 0;
    text += field[at];
  }
  return text;
}

std::optional<std::string> passwordIn(std::string_view line, const std::vector<std::string>& fields) {
  while (line.ends_with('\n') || line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  if (line.empty() || line.front() == '#') {
    return std::nullopt;
  }
  for (const auto& field : fields) {
    const auto rest = restAfter(line, field);
    if (!rest) {
      return std::nullopt;
    }
    line = *rest;
  }
  return unescaped(line);
}

// Why libpq would not use the file, or nothing. A file that is not there is no problem.
std::string problemOf(const std::filesystem::path& file) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0) {
    return errno == ENOENT || errno == ENOTDIR
               ? ""
               : fmt::format("{} cannot be read: {}", nameOf(file), std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) {
    return nameOf(file) + " is not a plain file";
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fmt::format("{0} can be read by others: chmod 600 {0}", nameOf(file));
  }
  if (::access(file.c_str(), R_OK) != 0) {
    return fmt::format("{} cannot be read: {}", nameOf(file), std::strerror(errno));
  }
  return {};
}

} // namespace

PasswordFileAnswer passwordFromFile(const std::filesystem::path& file, const std::string& host, int port,
                                    const std::string& dbname, const std::string& user) {
  PasswordFileAnswer answer;
  if (file.empty() || dbname.empty() || user.empty()) {
    return answer;
  }
  answer.problem = problemOf(file);
  if (!answer.problem.empty()) {
    return answer;
  }
  const bool isLocal = host.empty() || host == defaultSocketFolder();
  const std::vector<std::string> fields{isLocal ? "localhost" : host, std::to_string(port), dbname, user};
  std::ifstream stream(file, std::ios::binary);
  std::string line;
  for (std::string part; std::getline(stream, part);) {
    line += part.substr(0, part.find('\0'));
    // libpq sees a line end at a NUL, and so what follows on the next line as its rest.
    if (part.find('\0') != std::string::npos && !stream.eof()) {
      continue;
    }
    answer.password = passwordIn(line, fields);
    if (answer.password) {
      return answer;
    }
    line.clear();
  }
  return answer;
}

std::filesystem::path passwordFile() {
  const std::string home = homeFolder();
  return home.empty() ? std::filesystem::path() : std::filesystem::path(home) / ".pgpass";
}

} // namespace whichbase::connection
