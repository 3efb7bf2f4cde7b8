#include "connection/connection_string.h"
#include "import/compose.h"
#include "import/env_file.h"
#include "import/kubernetes.h"
#include "import/merge_asked.h"
#include "import/reading.h"
#include "import/service_file.h"
#include "import/text_file.h"

#include <fmt/format.h>

namespace whichbase::imports {

namespace {

using Kind = From::Kind;

constexpr std::size_t mostVariables = 5000;

std::expected<Variables, Error> readEnvFile(const From& from, const std::filesystem::path& folder,
                                            const Lookup& lookup) {
  const auto path = folder / from.paths.front();
  const auto shown = shownName(path, folder);
  const auto text = readTextFile(path, shown);
  if (!text) {
    return std::unexpected(text.error());
  }
  return parseEnvFile(*text, {.shown = shown}, [&](const std::string& name) { return askedOf(lookup, name); });
}

std::expected<Reading, Error> readServiceOf(const From& from, const std::filesystem::path& folder) {
  const bool isNamed = !from.paths.empty();
  const auto files = isNamed ? std::vector{folder / from.paths.front()} : serviceFiles();
  auto keyValues = readService(files, from.name, folder, !isNamed);
  if (!keyValues) {
    return std::unexpected(keyValues.error());
  }
  return Reading{.keyValues = std::move(*keyValues)};
}

std::expected<Variables, Error> readVariables(const From& from, const std::filesystem::path& folder,
                                              const Lookup& lookup) {
  switch (from.kind) {
  case Kind::envFile:
    return readEnvFile(from, folder, lookup);
  case Kind::compose:
    return readCompose(from.paths, from.name, folder, lookup);
  case Kind::kubernetes:
    return readKubernetes(from.paths, from.name, folder);
  case Kind::service:
  case Kind::command:
    break;
  }
  return std::unexpected(Error{"a command's environment is read from what it prints."});
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

std::expected<Reading, Error> readingOf(Variables variables, const From& from) {
  if (variables.size() > mostVariables) {
    return std::unexpected(Error{fmt::format("{}: there are more than {} variables: no environment has so many.",
                                             whereOf(from), mostVariables)});
  }
  Reading reading{.variables = std::move(variables)};
  for (const auto& found : findDatabases(reading.variables)) {
    mergeAsked(reading.asked, found.asked);
  }
  return reading;
}

std::expected<Reading, Error> read(const From& from, const std::filesystem::path& folder, const Lookup& lookup) {
  if (from.kind == Kind::service) {
    return readServiceOf(from, folder);
  }
  auto variables = readVariables(from, folder, lookup);
  if (!variables) {
    return std::unexpected(variables.error());
  }
  return readingOf(std::move(*variables), from);
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
