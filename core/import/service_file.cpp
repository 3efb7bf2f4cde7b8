#include "import/service_file.h"

#include "connection/characters.h"
#include "connection/key_values.h"
#include "connection/keywords.h"
#include "import/from.h"
#include "import/text_file.h"
#include "project/nearest_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <optional>
#include <set>

namespace whichbase::imports {

namespace {

namespace fs = std::filesystem;

struct Line {
  int number = 0;
  std::string_view text;
};

// Without comments, empty lines, and white space around.
std::vector<Line> linesOf(std::string_view text) {
  std::vector<Line> lines;
  int number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = connection::trimmed(text.substr(at, end - at));
    ++number;
    if (!line.empty() && !line.starts_with('#')) {
      lines.push_back({number, line});
    }
    at = end + 1;
  }
  return lines;
}

std::string_view sectionOf(std::string_view line) {
  return line.starts_with('[') ? line.substr(1, line.find(']') - 1) : std::string_view();
}

std::expected<std::string, Error> settingOf(const Line& line, const std::string& shown, std::set<std::string>& known) {
  const auto failed = [&](std::string_view why) {
    return std::unexpected(Error{fmt::format("{}:{}: {}", shown, line.number, why)});
  };
  if (line.text.starts_with("ldap")) {
    return failed("this service is looked up in LDAP, which is not followed: write its host, port and dbname here, or "
                  "give the connection string as url.");
  }
  const auto sign = line.text.find('=');
  if (sign == std::string_view::npos) {
    return failed("expected KEY=value.");
  }
  const std::string key(line.text.substr(0, sign));
  if (key == "service") {
    return failed("a service cannot name another one.");
  }
  if (!connection::isKnownKeyword(key)) {
    return failed("what stands before the = is no key that libpq knows (no space belongs around the =).");
  }
  if (!known.insert(key).second) {
    return std::string();
  }
  return fmt::format("{}={} ", key, connection::keyValueQuoted(line.text.substr(sign + 1)));
}

// Nothing where the file has no such service.
std::expected<std::optional<std::string>, Error> readIn(std::string_view text, const std::string& name,
                                                        const std::string& shown) {
  std::string settings;
  std::set<std::string> known;
  bool isInside = false;
  bool isThere = false;
  for (const auto& line : linesOf(text)) {
    if (line.text.starts_with('[')) {
      if (isThere) {
        break;
      }
      isInside = isThere = sectionOf(line.text) == name;
    } else if (isInside) {
      const auto setting = settingOf(line, shown, known);
      if (!setting) {
        return std::unexpected(setting.error());
      }
      settings += *setting;
    }
  }
  if (!isThere) {
    return std::nullopt;
  }
  return settings.substr(0, settings.size() - (settings.empty() ? 0 : 1));
}

Error noSuchService(const std::string& name, const std::vector<std::string>& shown,
                    const std::vector<std::string>& names) {
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto nearest = project::nearestName(name, known);
  auto text = fmt::format("there is no service {} in {}.", name, fmt::join(shown, " or "));
  if (!nearest.empty() && project::editDistance(name, nearest) <= 1 + name.size() / 3) {
    text += fmt::format(" Did you mean {}?", nearest);
  } else if (!names.empty() && names.size() <= 10) {
    text += fmt::format(" There is: {}.", fmt::join(names, ", "));
  }
  return {text};
}

} // namespace

std::vector<std::string> serviceNames(std::string_view text) {
  std::vector<std::string> names;
  for (const auto& line : linesOf(text)) {
    if (const auto section = sectionOf(line.text); !section.empty()) {
      names.emplace_back(section);
    }
  }
  return names;
}

std::expected<std::string, Error> readService(const std::vector<fs::path>& files, const std::string& name,
                                              const fs::path& folder, bool mayBeAbsent) {
  std::vector<std::string> shownFiles;
  std::vector<std::string> names;
  for (const auto& file : files) {
    const auto shown = shownName(file, folder);
    shownFiles.push_back(shown);
    std::error_code error;
    if (mayBeAbsent && !fs::exists(file, error)) {
      continue;
    }
    const auto text = readTextFile(file, shown);
    if (!text) {
      return std::unexpected(text.error());
    }
    auto read = readIn(*text, name, shown);
    if (!read) {
      return std::unexpected(read.error());
    }
    if (*read) {
      return std::move(**read);
    }
    std::ranges::move(serviceNames(*text), std::back_inserter(names));
  }
  return std::unexpected(noSuchService(name, shownFiles, names));
}

std::vector<fs::path> serviceFiles() {
  std::vector<fs::path> files;
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    files.push_back(fs::path(home) / ".pg_service.conf");
  }
  // Where Debian's libpq has its system-wide one, then where those of other distributions do.
  files.emplace_back("/etc/postgresql-common/pg_service.conf");
  files.emplace_back("/etc/pg_service.conf");
  return files;
}

} // namespace whichbase::imports
