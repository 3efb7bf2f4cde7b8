#include "set_ups.h"

#include "connection/connection_string.h"
#include "support/paths.h"

#include <algorithm>
#include <fstream>

namespace whichbase::imports {

std::vector<std::filesystem::path> setUps(const std::string& group) {
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(test::dataFolder() / "import" / group))
    if (std::filesystem::exists(entry.path() / "expected.json"))
      folders.push_back(entry.path());
  std::ranges::sort(folders);
  return folders;
}

nlohmann::json expectedOf(const std::filesystem::path& folder) {
  std::ifstream file(folder / "expected.json");
  return nlohmann::json::parse(file);
}

nlohmann::json told(const nlohmann::json& expected, const std::filesystem::path& folder) {
  // What was put in, is.
  nlohmann::json result;
  for (const char* key : {"from", "variable", "environment"})
    if (expected.contains(key))
      result[key] = expected[key];
  const auto from = parseFrom(expected.at("from").get<std::string>());
  if (!from) {
    result["error"] = from.error();
    return result;
  }
  const auto environment = expected.value("environment", nlohmann::json::object());
  const auto lookup = [&](const std::string& name) {
    return environment.contains(name) ? std::optional(environment[name].get<std::string>()) : std::nullopt;
  };
  const auto reading = read(*from, folder, lookup);
  const auto found = reading ? databaseOf(*reading, *from, expected.value("variable", ""))
                             : std::expected<Found, Error>(std::unexpected(reading.error()));
  if (!found) {
    result["error"] = found.error().text;
    return result;
  }
  const auto parsed = connection::parse(found->url);
  result["found"] = found->variable;
  result["url"] = connection::mask(found->url);
  result["origin"] = found->origin;
  result["password"] = parsed.value ? connection::valueOf(parsed.value->parameters, "password") : "unread";
  if (!found->passwordProblem.empty())
    result["passwordProblem"] = found->passwordProblem;
  if (!found->asked.empty())
    result["asked"] = found->asked;
  return result;
}

} // namespace whichbase::imports
