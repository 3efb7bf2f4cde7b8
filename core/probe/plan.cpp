#include "probe/plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace whichbase::probe {
namespace {

using connection::ConnectionString;
using project::ConnectionSpec;
using topology::Failure;
using topology::Side;
using topology::Stage;

// One connection of the project, made ready: what to visit and what to show of it.
struct Prepared {
  Target target;
  topology::MaskedConnection shown;
  bool lookedFromHere = false;
};

Failure configuration(std::string text, std::string remedy) {
  return {Stage::configuration, std::move(text), std::move(remedy), false, {}};
}

// On the before side a server that names no connection of its own had its present one.
const ConnectionSpec* specOf(const project::Server& server, Side side) {
  if (side == Side::before && server.before)
    return &*server.before;
  return server.present ? &*server.present : nullptr;
}

topology::MaskedConnection shownOf(const ConnectionSpec& spec, const ConnectionString& connection) {
  topology::MaskedConnection shown;
  shown.text = connection::mask(spec.url);
  const auto endpoints = connection::endpoints(connection.parameters);
  if (!endpoints.empty()) {
    shown.host = endpoints[0].host.empty() ? endpoints[0].hostaddr : endpoints[0].host;
    shown.port = endpoints[0].port;
  }
  shown.user = connection::valueOf(connection.parameters, "user");
  shown.dbname = connection::valueOf(connection.parameters, "dbname");
  if (shown.dbname.empty())
    shown.dbname = shown.user; // as libpq and the others default it
  shown.readDifferently = connection.readDifferently;
  if (std::string safe = connection::safeUrl(connection, true); safe != shown.text && connection.isUrl)
    shown.safeUrl = std::move(safe);
  shown.passwordInProjectFile = connection::passwordIsLiteral(spec.url);
  shown.lacks = connection.lacks;
  return shown;
}

// Why this computer must not visit the target for the server, or nothing.
std::optional<Failure> refusalOf(const ConnectionSpec& spec, const ConnectionString& connection,
                                 const std::string& server) {
  if (connection.passwordIsMask)
    return configuration("the password is a mask (***), not the real one",
                         "Put the real password into the string, or ${NAME} and the password into that variable.");
  // What a service file adds is on the server, out of sight: port and database could come from there.
  for (const auto& note : connection.notes)
    if (note.starts_with("service"))
      return configuration("the connection string names a service, which is defined on the server, not in the string",
                           "Write host, port, database and user into the string instead.");
  if (std::ranges::find(connection.lacks, "user") != connection.lacks.end())
    return configuration("the connection string names no user",
                         "Write the user into it; this computer's own user name would prove nothing.");
  if (std::ranges::find(connection.lacks, "host") != connection.lacks.end())
    return configuration("the connection string names no host", "Write host and port into it.");
  if (spec.via == "direct")
    return std::nullopt;
  for (const auto& endpoint : connection::endpoints(connection.parameters)) {
    const std::string& host = endpoint.hostaddr.empty() ? endpoint.host : endpoint.hostaddr;
    if (connection::isThisComputer(host))
      return Failure{Stage::route,
                     fmt::format("{} is this computer, not {}", host.empty() ? "no host" : host, server),
                     "Write the address that leads there from this computer, or via = \"direct\" where this computer "
                     "is the server.",
                     false,
                     {}};
  }
  return std::nullopt;
}

Prepared prepare(const project::Project& project, const ConnectionSpec& spec, const std::string& server,
                 const SecretLookup& secret) {
  Prepared prepared;
  prepared.target.usersRelation = project.users;
  prepared.shown.text = connection::mask(spec.url);
  const auto text = project::substitute(spec.url, secret);
  if (!text) {
    // What is shown of the string does not need the secret.
    const auto blank = project::substitute(spec.url, [](const std::string&) { return std::string("hidden"); });
    if (const auto parsed = connection::parse(blank.value_or(spec.url)); parsed.value)
      prepared.shown = shownOf(spec, *parsed.value);
    prepared.target.refused = configuration(text.error().text, "Set it in the environment, or type it when asked.");
    return prepared;
  }
  const auto parsed = connection::parse(*text);
  if (!parsed.value) {
    prepared.target.refused = configuration(parsed.error.text, parsed.error.remedy);
    return prepared;
  }
  prepared.shown = shownOf(spec, *parsed.value);
  prepared.target.refused = refusalOf(spec, *parsed.value, server);
  prepared.target.parameters = parsed.value->parameters;
  prepared.lookedFromHere = spec.via.empty() && connection::isSingleLabel(prepared.shown.host);
  return prepared;
}

std::size_t indexOf(Plan& plan, const Target& target) {
  const auto found = std::ranges::find(plan.targets, target);
  if (found != plan.targets.end())
    return static_cast<std::size_t>(found - plan.targets.begin());
  plan.targets.push_back(target);
  for (auto& secret : connection::secretsOf(target.parameters))
    plan.secrets.push_back(std::move(secret));
  return plan.targets.size() - 1;
}

// What was last known of the database that this server used before.
topology::Database rememberedOf(const std::string& server, const topology::MaskedConnection& shown,
                                const topology::Snapshot* before) {
  if (before != nullptr)
    if (const auto* was = before->server(server); was != nullptr && !was->database.empty())
      if (const auto* database = before->database(was->database))
        return *database;
  topology::Database unknown;
  unknown.name = shown.dbname;
  unknown.address = fmt::format("{}:{}", shown.host, shown.port);
  unknown.identityReason = "it was never reached";
  return unknown;
}

void addGhosts(Plan& plan, const project::Project& project, const SecretLookup& secret,
               const topology::Snapshot* before) {
  for (const auto& server : project.servers) {
    if (!server.before)
      continue;
    Prepared prepared = prepare(project, *server.before, server.name, secret);
    // A target that cannot be visited says nothing new, and one that a server uses is no ghost.
    if (prepared.target.refused || std::ranges::find(plan.targets, prepared.target) != plan.targets.end())
      continue;
    prepared.target.ghost = true;
    const bool isNew = std::ranges::find(plan.targets, prepared.target) == plan.targets.end();
    const std::size_t index = indexOf(plan, prepared.target);
    if (isNew)
      plan.ghosts.push_back({index, rememberedOf(server.name, prepared.shown, before)});
  }
}

} // namespace

Plan makePlan(const project::Project& project, Side side, const Sources& sources, const topology::Snapshot* before,
              pg::TimePoint, std::stop_token) {
  Plan plan;
  const SecretLookup& secret = sources.secret;
  for (const auto& server : project.servers) {
    const ConnectionSpec* spec = specOf(server, side);
    if (spec == nullptr)
      continue;
    Prepared prepared = prepare(project, *spec, server.name, secret);
    topology::ServerSpec& out = plan.servers.emplace_back();
    out.name = server.name;
    out.address = server.address;
    out.environment = server.environment;
    out.role = server.role;
    out.client = server.client;
    out.connection = std::move(prepared.shown);
    out.route = spec->via;
    out.lookedFromHere = prepared.lookedFromHere;
    out.observation = indexOf(plan, prepared.target);
  }
  if (side == Side::after)
    addGhosts(plan, project, secret, before);
  return plan;
}

topology::Sighting sightingOf(const project::Project& project, Side side, const Plan& plan, const SweepResult& result) {
  topology::Sighting sighting;
  sighting.title = project.title;
  sighting.symptom = project.symptom;
  sighting.side = side;
  sighting.startedAt = result.startedAt;
  sighting.finishedAt = result.finishedAt;
  sighting.complete = result.complete;
  sighting.servers = plan.servers;
  sighting.labels = project.labels;
  sighting.observations = result.observations;
  sighting.meetings = result.meetings;
  sighting.ghosts = plan.ghosts;
  return sighting;
}

topology::Snapshot probeSide(const project::Project& project, Side side, const Sources& sources,
                             const topology::Snapshot* before, const SweepOptions& options, std::stop_token stop,
                             const OnObservation& onObservation) {
  const pg::TimePoint start = pg::Clock::now();
  const Plan plan =
      makePlan(project, side, sources, before, start + std::min(options.probeDeadline, options.deadline), stop);
  if (sources.onPlan)
    sources.onPlan(plan);
  SweepOptions rest = options;
  rest.deadline -= std::chrono::duration_cast<std::chrono::milliseconds>(pg::Clock::now() - start);
  const SweepResult result = sweep(plan.targets, rest, stop, onObservation, sources.routes);
  return topology::assemble(sightingOf(project, side, plan, result));
}

} // namespace whichbase::probe
