#include "connection/connection_string.h"
#include "import/compose.h"
#include "import/env_file.h"
#include "import/from.h"
#include "import/merge_asked.h"
#include "import/text_file.h"

#include <fmt/format.h>

namespace whichbase::imports {

namespace {

using Kind = From::Kind;

constexpr std::size_t mostVariables = 5000;

std::expected<Reading, Error> readingOf(std::expected<Variables, Error> variables) {
  if (!variables) {
    return std::unexpected(std::move(variables.error()));
  }
  return Reading{.variables = std::move(*variables)};
}

std::expected<Reading, Error> readEnvFile(const From& from, const std::filesystem::path& folder, const Lookup& lookup) {
  const auto path = folder / from.paths.front();
  const auto shown = shownName(path, folder);
  const auto text = readTextFile(path, shown);
  if (!text) {
    return std::unexpected(text.error());
  }
  const auto scope = [&](const std::string& name) { return askedOf(lookup, name); };
  return readingOf(parseEnvFile(*text, {.shown = shown}, scope));
}

std::expected<Reading, Error> readKind(const From& from, const std::filesystem::path& folder, const Lookup& lookup) {
  switch (from.kind) {
  case Kind::envFile:
    return readEnvFile(from, folder, lookup);
  case Kind::compose:
    return readingOf(readCompose(from.paths, from.name, folder, lookup));
  case Kind::kubernetes:
  case Kind::service:
  case Kind::command:
    break;
  }
  return std::unexpected(Error{fmt::format("{}: this is read by running it.", toText(from))});
}

// What stands before an error of theDatabase().
std::string whereOf(const From& from) {
  if (from.kind == Kind::command) {
    return "what the command printed";
  }
  std::string where;
  for (const auto& path : from.paths) {
    where += (where.empty() ? "" : ", ") + path;
  }
  return from.kind == Kind::envFile ? where : fmt::format("{}: {}", where, from.name);
}

} // namespace

std::expected<Reading, Error> read(const From& from, const std::filesystem::path& folder, const Lookup& lookup) {
  auto reading = readKind(from, folder, lookup);
  if (reading && reading->variables.size() > mostVariables) {
    return std::unexpected(
        Error{fmt::format("{}: more than {} variables: no environment has so many.", whereOf(from), mostVariables)});
  }
  if (reading) {
    for (const auto& found : findDatabases(reading->variables)) {
      mergeAsked(reading->asked, found.asked);
    }
  }
  return reading;
}

std::expected<Found, Error> databaseOf(const Reading& reading, const From& from, std::string_view variable) {
  if (from.kind != Kind::service) {
    return theDatabase(reading.variables, variable, whereOf(from));
  }
  Found found{.variable = from.name, .url = reading.keyValues, .origin = "service " + from.name};
  const auto read = connection::parse(reading.keyValues);
  if (read.value && !connection::valueOf(read.value->parameters, "password").empty()) {
    found.passwordVariable = from.name;
  }
  return found;
}

} // namespace whichbase::imports
