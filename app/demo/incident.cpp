#include "demo/incident.h"

#include "demo/incident_sql.h"
#include "demo/postgres_client.h"
#include "demo/random_password.h"
#include "demo/runtime_folder.h"
#include "demo/throwaway_cluster.h"
#include "process/child_process.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <functional>
#include <future>
#include <vector>

namespace whichbase::demo {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr const char* database = "TovPlay";
constexpr const char* localRole = "tovplay";
constexpr const char* externalRole = "ops@example.org";

struct DemoServer {
  const char* name;
  const char* address;
  const char* environment;
  topology::Role role;
  const char* application; // what its sessions call themselves
};

constexpr std::array<DemoServer, 3> demoServers{{
    {"Production Backend", "203.0.113.20", "production", topology::Role::writes, "production-backend"},
    {"Dashboard", ":7777", "", topology::Role::reads, "dashboard"},
    {"Staging Backend", "203.0.113.59", "staging", topology::Role::reads, "staging-backend"},
}};
constexpr std::size_t production = 0;

// Those of the nine old tables that rows are copied into anew, and those that are copied whole. What is in neither is
// left behind.
constexpr std::array<const char*, 9> oldTables{"\"User\"",      "games",          "sessions",
                                               "friends",       "game_requests",  "notifications",
                                               "user_settings", "schema_version", "user_availability"};
constexpr std::array<const char*, 4> copiedTables{"messages", "reviews", "user_devices", "user_roles"};

std::unexpected<Error> failure(std::string text) {
  return std::unexpected(Error{std::move(text)});
}

using Step = std::function<std::expected<void, Error>()>;

std::expected<void, Error> play(const std::vector<Step>& steps, const std::stop_token& stop) {
  for (const Step& step : steps) {
    std::expected<void, Error> done;
    if (!stop.stop_requested())
      done = step();
    if (stop.stop_requested()) // whatever that made the step say
      return failure("The demo was stopped.");
    if (!done)
      return done;
  }
  return {};
}

// psql's variables, set at the head of a script: no password stands in a command line.
std::string variable(const std::string& name, const std::string& value) {
  return fmt::format("\\set {} '{}'\n", name, value);
}

} // namespace

struct Incident::State {
  // In the order in which they must end: the folder last.
  std::unique_ptr<RuntimeFolder> folder;
  std::unique_ptr<ThrowawayCluster> local;
  std::unique_ptr<ThrowawayCluster> external;
  std::array<std::unique_ptr<process::ChildProcess>, demoServers.size()> clients;
  std::string localPassword = randomPassword();
  std::string externalPassword = randomPassword();
  std::string beforeSnapshot;

  fs::path projectFile() const { return folder->path() / "tovplay.whichbase.toml"; }
  std::string localUrl() const {
    return fmt::format("postgresql://{}:${{LOCAL_PASSWORD}}@127.0.0.1:{}/{}", localRole, local->port(), database);
  }
  // With the unescaped @ in the user name, as it stood in the incident.
  std::string externalUrl() const {
    return fmt::format("postgresql://{}:${{EXTERNAL_PASSWORD}}@127.0.0.1:{}/{}", externalRole, external->port(),
                       database);
  }
  std::expected<void, Error> startClusters(const std::stop_token& stop);
  std::expected<void, Error> fill();
  std::expected<void, Error> connect(std::size_t server, ThrowawayCluster& cluster);
  std::expected<void, Error> copyTables();
  std::expected<void, Error> stopLocal();
  std::expected<std::string, Error> dump(const std::vector<std::string>& arguments) const;
  std::expected<void, Error> writeProject(bool fixed) const;
};

namespace {

std::expected<void, Error> runSql(ThrowawayCluster& cluster, const std::string& where, const std::string& text) {
  if (const auto done = cluster.sql(where, text); !done)
    return failure(fmt::format("The demo's databases could not be filled: {}", done.error().text));
  return {};
}

std::expected<void, Error> fillCluster(ThrowawayCluster& cluster, const std::string& role, const std::string& password,
                                       const std::string& newest, const std::string& tablesAndRows) {
  const std::string setRole = variable("role", role);
  if (auto done = runSql(cluster, "postgres", setRole + variable("password", password) + std::string(databaseSql));
      !done)
    return done;
  return runSql(cluster, database, setRole + variable("newest", newest) + tablesAndRows);
}

} // namespace

std::expected<void, Error> Incident::State::startClusters(const std::stop_token& stop) {
  // At once: most of it is waiting for initdb.
  auto makingLocal = std::async(
      std::launch::async, [&] { return ThrowawayCluster::create({.folder = folder->path() / "local", .stop = stop}); });
  auto madeExternal = ThrowawayCluster::create({.folder = folder->path() / "external", .stop = stop});
  auto madeLocal = makingLocal.get();
  if (!madeLocal || !madeExternal)
    return failure(madeLocal ? madeExternal.error().text : madeLocal.error().text);
  local = std::move(*madeLocal);
  external = std::move(*madeExternal);
  return {};
}

std::expected<void, Error> Incident::State::fill() {
  const std::string shared(sharedTablesSql);
  // When LOCAL's newest user came; both clusters count from it.
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::string newest = fmt::format("{:%FT%TZ}", now - 3h);
  if (auto done = fillCluster(*local, localRole, localPassword, newest,
                              shared + std::string(localTablesSql) + std::string(localRowsSql));
      !done)
    return done;
  return fillCluster(*external, externalRole, externalPassword, newest, shared + std::string(externalRowsSql));
}

// A process that holds one session, as the server would.
std::expected<void, Error> Incident::State::connect(std::size_t server, ThrowawayCluster& cluster) {
  const bool toLocal = &cluster == local.get();
  const std::string application = demoServers[server].application;
  process::Command psql =
      clientProgram("psql", toLocal ? Login{cluster.port(), localRole, localPassword, database}
                                    : Login{cluster.port(), externalRole, externalPassword, database});
  psql.arguments = {"-X", "-q"};
  psql.environment["PGAPPNAME"] = application;
  clients[server].reset();
  auto started =
      process::ChildProcess::start(psql, {.log = folder->path() / (application + ".log"), .keepInputOpen = true});
  if (!started)
    return failure(started.error());
  clients[server] = std::move(*started);
  const std::string seen =
      fmt::format("SELECT count(*) FROM pg_stat_activity WHERE application_name = '{}'", application);
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (std::chrono::steady_clock::now() < deadline && !clients[server]->wait(10ms))
    if (const auto count = cluster.sql(database, seen); count && *count == "1\n")
      return {};
  return failure(fmt::format("The demo's client for {} did not connect.", demoServers[server].name));
}

std::expected<std::string, Error> Incident::State::dump(const std::vector<std::string>& arguments) const {
  process::Command command = clientProgram("pg_dump", {local->port(), "postgres", local->password(), database});
  command.arguments = {"--no-owner", "--no-privileges"};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  const auto dumped = process::run(command);
  if (!dumped || dumped->exitCode != 0)
    return failure(fmt::format("pg_dump failed: {}", dumped ? dumped->errors : dumped.error()));
  return dumped->output;
}

std::expected<void, Error> Incident::State::copyTables() {
  std::vector<std::string> rows{"--data-only"};
  std::vector<std::string> whole;
  std::string emptied;
  for (const char* table : oldTables) {
    rows.push_back(fmt::format("--table=public.{}", table));
    emptied += fmt::format("{}public.{}", emptied.empty() ? "" : ", ", table);
  }
  for (const char* table : copiedTables)
    whole.push_back(fmt::format("--table=public.{}", table));
  const auto rowsDump = dump(rows);
  if (!rowsDump)
    return std::unexpected(rowsDump.error());
  const auto wholeDump = dump(whole);
  if (!wholeDump)
    return std::unexpected(wholeDump.error());
  return runSql(*external, database,
                fmt::format("BEGIN;\nSET ROLE \"{}\";\nTRUNCATE {};\n{}\n{}\nCOMMIT;\nRESET ROLE;\nANALYZE;\n",
                            externalRole, emptied, *rowsDump, *wholeDump));
}

std::expected<void, Error> Incident::State::stopLocal() {
  if (const auto stopped = local->stop(); !stopped)
    return failure(stopped.error().text);
  return {};
}

std::expected<void, Error> Incident::State::writeProject(bool fixed) const {
  project::Project project;
  project.title = database;
  project.symptom = "Where are my 22 users?!";
  project.users = "public.\"User\"";
  for (std::size_t i = 0; i < demoServers.size(); ++i) {
    const DemoServer& each = demoServers[i];
    const project::ConnectionSpec broken{i == production ? localUrl() : externalUrl(), "direct"};
    project::Server server;
    server.name = each.name;
    server.address = each.address;
    server.environment = each.environment;
    server.role = each.role;
    server.client = {fmt::format("app:{}", each.application)};
    server.present = fixed ? project::ConnectionSpec{externalUrl(), "direct"} : broken;
    if (fixed)
      server.before = broken;
    project.servers.push_back(std::move(server));
  }
  project.labels = {{fmt::format("127.0.0.1:{}", local->port()), "Local container", "inside the production server"},
                    {fmt::format("127.0.0.1:{}", external->port()), "External", ""}};
  if (fixed)
    project.beforeSnapshot = beforeSnapshot;
  if (const auto saved = project::save(project, projectFile()); !saved)
    return failure(saved.error().text);
  return {};
}

Incident::Incident() : m_state(std::make_unique<State>()) {}

Incident::~Incident() = default;

std::expected<std::unique_ptr<Incident>, Error> Incident::start(std::stop_token stop) {
  removeLeftovers();
  std::unique_ptr<Incident> incident(new Incident);
  State& state = *incident->m_state;
  auto folder = RuntimeFolder::create();
  if (!folder)
    return failure(folder.error());
  state.folder = std::move(*folder);
  const auto done =
      play({[&] { return state.startClusters(stop); }, [&] { return state.fill(); },
            [&] { return state.connect(0, *state.local); }, [&] { return state.connect(1, *state.external); },
            [&] { return state.connect(2, *state.external); }, [&] { return state.writeProject(false); }},
           stop);
  if (!done)
    return std::unexpected(done.error());
  return incident;
}

fs::path Incident::projectFile() const {
  return m_state->projectFile();
}

fs::path Incident::folder() const {
  return m_state->folder->path();
}

void Incident::setBeforeSnapshot(const fs::path& file) {
  m_state->beforeSnapshot = file.lexically_proximate(m_state->folder->path()).string();
}

std::optional<std::string> Incident::secret(const std::string& name) const {
  if (name == "LOCAL_PASSWORD")
    return m_state->localPassword;
  if (name == "EXTERNAL_PASSWORD")
    return m_state->externalPassword;
  return std::nullopt;
}

std::expected<void, Error> Incident::playActTwo(std::stop_token stop) {
  State& state = *m_state;
  return play({[&] { return state.copyTables(); }, [&] { return state.connect(production, *state.external); },
               [&] { return state.stopLocal(); }, [&] { return state.writeProject(true); }},
              stop);
}

} // namespace whichbase::demo
