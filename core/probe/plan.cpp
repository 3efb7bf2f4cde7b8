#include "probe/plan.h"

#include "probe/preparation.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::probe {
namespace {

using project::ConnectionSpec;
using topology::Side;

// On the before side a server that names no connection of its own had its present one.
const ConnectionSpec* specOf(const project::Server& server, Side side) {
  if (side == Side::before && server.before)
    return &*server.before;
  return server.present ? &*server.present : nullptr;
}

// What the after side's sweep visits to see whether it is gone.
const ConnectionSpec* ghostOf(const project::Server& server, Side side) {
  return side == Side::after && server.before ? &*server.before : nullptr;
}

std::size_t indexOf(Plan& plan, const Target& target) {
  const auto found = std::ranges::find(plan.targets, target);
  if (found != plan.targets.end())
    return static_cast<std::size_t>(found - plan.targets.begin());
  plan.targets.push_back(target);
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

void addServer(Plan& plan, const project::Project& project, const project::Server& server, const ConnectionSpec& spec,
               Preparation& preparation) {
  Prepared prepared = preparation.prepare(spec, server.name);
  prepared.target.usersRelation = project.users;
  topology::ServerSpec& out = plan.servers.emplace_back();
  out.name = server.name;
  out.address = server.address;
  out.environment = server.environment;
  out.role = server.role;
  out.client = server.client;
  out.connection = std::move(prepared.shown);
  out.route = connection::redact(spec.via);
  out.lookedFromHere = prepared.lookedFromHere;
  out.observation = indexOf(plan, prepared.target);
  const auto& refused = prepared.target.refused;
  if (!prepared.key.empty() && (!refused || refused->passwordMissing))
    plan.passwordKeys.emplace_back(server.name, prepared.key);
}

void addGhost(Plan& plan, const project::Project& project, const project::Server& server, const ConnectionSpec& spec,
              Preparation& preparation, const topology::Snapshot* before) {
  Prepared prepared = preparation.prepare(spec, server.name);
  prepared.target.usersRelation = project.users;
  // A target that cannot be visited says nothing new, and one that a server uses is no ghost.
  if (prepared.target.refused || std::ranges::find(plan.targets, prepared.target) != plan.targets.end())
    return;
  prepared.target.ghost = true;
  const bool isNew = std::ranges::find(plan.targets, prepared.target) == plan.targets.end();
  const std::size_t index = indexOf(plan, prepared.target);
  if (isNew)
    plan.ghosts.push_back({index, rememberedOf(server.name, prepared.shown, before)});
}

// No text of ours may show what a file or a command gave away.
void redactRefusals(Plan& plan) {
  for (auto& target : plan.targets)
    if (target.refused) {
      target.refused->text = connection::redact(target.refused->text, plan.secrets);
      target.refused->remedy = connection::redact(target.refused->remedy, plan.secrets);
    }
}

} // namespace

Plan makePlan(const project::Project& project, Side side, const Sources& sources, const topology::Snapshot* before,
              pg::TimePoint deadline, std::stop_token stop) {
  std::set<std::string> commands;
  for (const auto& server : project.servers)
    for (const ConnectionSpec* spec : {specOf(server, side), ghostOf(server, side)})
      if (spec != nullptr)
        commands.merge(commandsFor(*spec, sources.secret));
  std::map<std::string, Printed> printed;
  if (!commands.empty()) {
    const auto routes = sources.routes ? sources.routes : std::make_shared<route::Routes>();
    printed = runCommands(commands, *routes, deadline, stop);
  }
  Plan plan;
  Preparation preparation(sources, std::move(printed));
  for (const auto& server : project.servers)
    if (const ConnectionSpec* spec = specOf(server, side))
      addServer(plan, project, server, *spec, preparation);
  for (const auto& server : project.servers)
    if (const ConnectionSpec* spec = ghostOf(server, side))
      addGhost(plan, project, server, *spec, preparation, before);
  plan.secrets = preparation.secrets();
  redactRefusals(plan);
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
  Sources shared = sources;
  if (!shared.routes)
    shared.routes = std::make_shared<route::Routes>(); // one login for the commands and the visits
  const Plan plan =
      makePlan(project, side, shared, before, start + std::min(options.probeDeadline, options.deadline / 2), stop);
  if (sources.onPlan)
    sources.onPlan(plan);
  SweepOptions rest = options;
  rest.deadline -= std::chrono::duration_cast<std::chrono::milliseconds>(pg::Clock::now() - start);
  const SweepResult result = sweep(plan.targets, rest, stop, onObservation, shared.routes);
  return topology::assemble(sightingOf(project, side, plan, result));
}

} // namespace whichbase::probe
