#include "cli/diff_side.h"

#include "report/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace whichbase::cli {

using compare::Problem;

namespace {

constexpr std::streamsize mostBytes = std::streamsize{64} << 20U; // of an inventory

std::expected<std::string, Problem> readText(const std::filesystem::path& file) {
  std::error_code ignored;
  std::ifstream stream(file, std::ios::binary);
  if (std::filesystem::is_directory(file, ignored) || !stream)
    return std::unexpected(Problem{fmt::format("cannot read {}", file.string()), "Check its name."});
  std::string text(static_cast<std::size_t>(mostBytes), '\0');
  stream.read(text.data(), mostBytes);
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (static_cast<std::streamsize>(text.size()) == mostBytes)
    return std::unexpected(Problem{fmt::format("{} is too large for an inventory", file.string()), {}});
  return text;
}

// The file, and the letter behind it where there is one.
std::pair<std::string, std::string> fileAndLetter(const std::string& name) {
  const auto colon = name.rfind(':');
  std::error_code ignored;
  if (colon == std::string::npos || colon == 0 || std::filesystem::exists(name, ignored))
    return {name, {}};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

std::expected<DiffSide, Problem> sideFromSnapshot(const std::string& file, const std::string& letter) {
  const auto snapshot = report::loadSnapshot(file);
  if (!snapshot)
    return std::unexpected(Problem{snapshot.error().text, {}});
  const auto& databases = snapshot->databases;
  std::string letters;
  for (const auto& database : databases)
    letters += (letters.empty() ? "" : ", ") + database.id;
  const auto found = letter.empty() ? databases.begin() : std::ranges::find(databases, letter, &topology::Database::id);
  if (found == databases.end() || (letter.empty() && databases.size() != 1))
    return std::unexpected(
        Problem{letter.empty() ? fmt::format("{} has {} databases", file, databases.size())
                               : fmt::format("{} has no database {}", file, letter),
                fmt::format("Say which one, as in {}:A. It has: {}.", file, letters.empty() ? "none" : letters)});
  auto schema = compare::schemaOf(*found, snapshot->finishedAt);
  if (!schema)
    return std::unexpected(std::move(schema.error()));
  return DiffSide{
      fmt::format("{}:{}", std::filesystem::path(file).filename().string(), found->id), {}, std::move(*schema), {}};
}

// What was last known of a database that does not answer.
std::expected<DiffSide, Problem> rememberedSide(const std::string& id, const ProbedIncident& incident) {
  if (incident.hasFile())
    if (const auto file = history::History::open(incident.file(), history::History::Mode::read)) {
      const auto kept = (*file)->text(schemaKey(id));
      auto schema = kept && !kept->empty() ? compare::schemaFromJson(*kept) : std::unexpected(Problem{});
      if (schema)
        return DiffSide{id, id, std::move(*schema),
                        fmt::format("{} does not answer now: its schema is the one that was kept at {}.", id,
                                    topology::toClockAndDay(schema->readAt))};
    }
  const topology::Database* database = incident.after().database(id);
  if (!database && incident.before())
    database = incident.before()->database(id);
  if (!database)
    return std::unexpected(Problem{fmt::format("{} does not answer now, and nothing is known of it", id), {}});
  auto schema = compare::schemaOf(*database, incident.after().finishedAt);
  if (!schema)
    return std::unexpected(std::move(schema.error()));
  return DiffSide{id, id, std::move(*schema),
                  fmt::format("{} does not answer now: only the tables and triggers are known that it had at {}.", id,
                              topology::toClockAndDay(schema->readAt))};
}

// A server's own connection comes first.
void preferTargetOf(const std::string& server, const probe::Plan& plan, compare::Endpoint& endpoint) {
  const auto spec = std::ranges::find(plan.servers, server, &topology::ServerSpec::name);
  if (spec == plan.servers.end())
    return;
  const auto own = std::ranges::find(endpoint.targets, plan.targets.at(spec->observation));
  if (own != endpoint.targets.end())
    std::rotate(endpoint.targets.begin(), own, own + 1);
}

} // namespace

std::string schemaKey(const std::string& database) {
  return "schema:" + database;
}

bool namesFile(const std::string& name) {
  return name.find('/') != std::string::npos || name.ends_with(".json") || name.find(".json:") != std::string::npos;
}

std::expected<DiffSide, Problem> sideFromFile(const std::string& name) {
  const auto [file, letter] = fileAndLetter(name);
  const auto text = readText(file);
  if (!text)
    return std::unexpected(text.error());
  // A comparison of a snapshot's is found by its format, and everything else told by the inventory's reader.
  if (text->substr(0, 200).find("\"whichbase/snapshot\"") != std::string::npos || !letter.empty())
    return sideFromSnapshot(file, letter);
  auto schema = compare::schemaFromJson(*text);
  if (!schema)
    return std::unexpected(Problem{fmt::format("{}: {}", file, schema.error().text), schema.error().remedy});
  return DiffSide{std::filesystem::path(file).filename().string(), {}, std::move(*schema), {}};
}

std::expected<DiffSide, Problem> sideOf(const std::string& name, const ProbedIncident& incident) {
  std::string id = databaseCalled(name, incident.after());
  if (id.empty() && incident.before())
    id = databaseCalled(name, *incident.before());
  if (id.empty())
    return std::unexpected(
        Problem{fmt::format("{} is no letter of a database and no server that was reached", name),
                "See what there is: whichbase-cli probe PROJECT. A file's name ends in .json or has a / in it."});
  const auto reachable = incident.reachable(name);
  if (!reachable)
    return rememberedSide(id, incident);
  compare::Endpoint endpoint = endpointOf(*reachable);
  preferTargetOf(name, incident.plan(), endpoint);
  return DiffSide{id, id, std::move(endpoint), {}};
}

} // namespace whichbase::cli
