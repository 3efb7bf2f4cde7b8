#include "demo/throwaway_cluster.h"

#include "demo/leftovers.h"
#include "demo/postgres_client.h"
#include "demo/random_password.h"
#include "process/account.h"
#include "process/child_process.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

namespace whichbase::demo {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr auto startLimit = 60s;
constexpr auto stopLimit = 20s;

std::unexpected<ClusterError> failure(std::string text) {
  return std::unexpected(ClusterError{std::move(text)});
}

std::string readFile(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

// The last line in which PostgreSQL's programs say what went wrong.
std::string lastComplaint(const std::string& log) {
  std::string found = "it said nothing";
  for (const std::string& line : linesOf(log))
    if (line.find("FATAL:") != std::string::npos || line.find("error:") != std::string::npos ||
        line.find("ERROR:") != std::string::npos || line.find("PANIC:") != std::string::npos)
      found = line;
  return found;
}

int freePort() {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(probe);
  return bound ? ntohs(address.sin_port) : 0;
}

// Processes whose parent is `parent`.
std::vector<pid_t> childrenOf(pid_t parent) {
  std::vector<pid_t> children;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator("/proc", failed)) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    if (pid <= 0)
      continue;
    // "pid (name) state ppid …"; the name may hold anything, so the last ')' ends it.
    const std::string stat = readFile(entry.path() / "stat");
    const std::size_t end = stat.rfind(')');
    if (end != std::string::npos && end + 4 < stat.size() && std::atoi(stat.c_str() + end + 4) == parent)
      children.push_back(pid);
  }
  return children;
}

void giveTo(const std::string& user, const fs::path& path) {
  const auto account = user.empty() ? std::nullopt : process::accountOf(user);
  if (!account)
    return;
  [[maybe_unused]] int done = ::lchown(path.c_str(), account->user, account->group);
  std::error_code failed;
  if (fs::is_directory(fs::symlink_status(path, failed)))
    for (const auto& below : fs::recursive_directory_iterator(path, failed))
      done = ::lchown(below.path().c_str(), account->user, account->group);
}

std::string encoded(const std::string& text) {
  std::string result;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) || std::strchr("-._~", c))
      result += c;
    else
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return result;
}

// Of a random name: who is killed leaves its folder behind, and the numbers of processes come again.
std::expected<fs::path, ClusterError> newFolder() {
  const fs::path parent = fs::temp_directory_path();
  std::string name = (parent / "whichbase-cluster-XXXXXX").string();
  if (!::mkdtemp(name.data()))
    return failure(fmt::format("No folder could be made in {}: {}.", parent.string(), std::strerror(errno)));
  return name;
}

} // namespace

struct ThrowawayCluster::State {
  ClusterOptions options;
  fs::path programs;
  std::string user; // to run the server as; empty: as we are
  std::string password;
  int port = 0;
  std::unique_ptr<process::ChildProcess> postmaster;

  fs::path data() const { return options.folder / "data"; }
  fs::path log() const { return options.folder / "log"; }
  process::Command command(const std::string& program, std::vector<std::string> arguments) const {
    return {programs / program, std::move(arguments), {{"TZ", "UTC"}}, user, options.folder, options.stop};
  }
  std::expected<void, ClusterError> prepare(const ClusterOptions& wanted);
  std::expected<void, ClusterError> initialise();
  std::expected<void, ClusterError> configure() const;
  std::expected<void, ClusterError> launch(bool& portTaken);
  bool isReady() const;
};

std::expected<void, ClusterError> ThrowawayCluster::State::prepare(const ClusterOptions& wanted) {
  options = wanted;
  if (options.folder.empty()) {
    auto made = newFolder();
    if (!made)
      return std::unexpected(made.error());
    options.folder = std::move(*made);
  }
  programs = options.programs.empty() ? findPostgresPrograms() : options.programs;
  if (programs.empty())
    return failure("PostgreSQL's server programs (initdb, postgres) are neither on PATH nor below "
                   "/usr/lib/postgresql. Install them with: sudo apt-get install postgresql");
  if (::geteuid() == 0)
    user = findProgramUser();
  std::error_code failed;
  fs::create_directories(options.folder, failed);
  if (failed)
    return failure(fmt::format("The folder {} could not be made: {}.", options.folder.string(), failed.message()));
  fs::permissions(options.folder, fs::perms::owner_all, failed);
  giveTo(user, options.folder);
  return {};
}

std::expected<void, ClusterError> ThrowawayCluster::State::initialise() {
  password = randomPassword();
  const fs::path passwordFile = options.folder / "password";
  std::ofstream(passwordFile) << password << '\n';
  std::error_code failed;
  fs::permissions(passwordFile, fs::perms::owner_read | fs::perms::owner_write, failed);
  giveTo(user, passwordFile);
  const auto made = process::run(command(
      "initdb", {"-D", data().string(), "-U", "postgres", "-A", "scram-sha-256", "--pwfile=" + passwordFile.string(),
                 "--no-sync", "--no-instructions", "--locale=C", "--encoding=UTF8", "--wal-segsize=1"}));
  fs::remove(passwordFile, failed);
  if (!made)
    return failure(made.error());
  if (made->exitCode != 0)
    return failure(fmt::format("No PostgreSQL cluster could be made in {}: {}", options.folder.string(),
                               lastComplaint(made->errors)));
  return {};
}

std::expected<void, ClusterError> ThrowawayCluster::State::configure() const {
  std::ofstream settings(data() / "postgresql.conf", std::ios::app);
  settings << "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nshared_buffers = '8MB'\njit = off\n"
              "max_wal_size = '64MB'\nmin_wal_size = '8MB'\nlogging_collector = off\nlog_destination = 'stderr'\n";
  settings << "fsync = " << (options.sync ? "on" : "off") << '\n';
  for (const auto& [name, value] : options.settings)
    settings << name << " = " << value << '\n';
  std::ofstream hba(data() / "pg_hba.conf");
  hba << (options.hba.empty() ? "host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n"
                                "host replication all 127.0.0.1/32 scram-sha-256\n"
                              : options.hba);
  settings.close();
  hba.close();
  if (!settings || !hba)
    return failure(fmt::format("The settings in {} could not be written; is the disk full?", data().string()));
  return {};
}

// PostgreSQL writes "ready" into the eighth line of postmaster.pid when it answers, on a standby too.
bool ThrowawayCluster::State::isReady() const {
  const auto lines = linesOf(readFile(data() / "postmaster.pid"));
  return lines.size() >= 8 && std::atoi(lines[0].c_str()) == postmaster->pid() && lines[7].starts_with("ready");
}

std::expected<void, ClusterError> ThrowawayCluster::State::launch(bool& portTaken) {
  std::error_code failed;
  const auto logBefore = fs::file_size(log(), failed);
  const std::size_t seen = failed ? 0 : static_cast<std::size_t>(logBefore);
  auto started = process::ChildProcess::start(command("postgres", {"-D", data().string(), "-p", std::to_string(port)}),
                                              {.log = log(), .deathSignal = SIGQUIT});
  if (!started)
    return failure(started.error());
  postmaster = std::move(*started);
  const auto deadline = std::chrono::steady_clock::now() + startLimit;
  while (std::chrono::steady_clock::now() < deadline && !options.stop.stop_requested()) {
    if (isReady())
      return {};
    if (postmaster->wait(10ms)) {
      const std::string said = readFile(log()).substr(seen);
      portTaken = said.find("could not create any TCP/IP sockets") != std::string::npos;
      postmaster.reset();
      return failure(fmt::format("PostgreSQL in {} did not start: {}", data().string(), lastComplaint(said)));
    }
  }
  postmaster.reset();
  return failure(fmt::format("PostgreSQL in {} was not ready within {} s.", data().string(), startLimit.count()));
}

ThrowawayCluster::ThrowawayCluster() : m_state(std::make_unique<State>()) {}

ThrowawayCluster::Made ThrowawayCluster::prepared(const ClusterOptions& options) {
  std::unique_ptr<ThrowawayCluster> cluster(new ThrowawayCluster);
  if (auto done = cluster->m_state->prepare(options); !done)
    return std::unexpected(done.error());
  return cluster;
}

ThrowawayCluster::Made ThrowawayCluster::started(std::unique_ptr<ThrowawayCluster> cluster) {
  if (auto done = cluster->m_state->configure(); !done)
    return std::unexpected(done.error());
  if (auto done = cluster->start(); !done)
    return std::unexpected(done.error());
  return cluster;
}

ThrowawayCluster::Made ThrowawayCluster::create(const ClusterOptions& options) {
  auto cluster = prepared(options);
  if (!cluster)
    return cluster;
  if (auto done = (*cluster)->m_state->initialise(); !done)
    return std::unexpected(done.error());
  return started(std::move(*cluster));
}

ThrowawayCluster::Made ThrowawayCluster::cloneOf(ThrowawayCluster& original, const ClusterOptions& options) {
  auto cluster = prepared(options);
  if (!cluster)
    return cluster;
  State& state = *(*cluster)->m_state;
  state.password = original.password();
  const bool wasRunning = original.m_state->postmaster != nullptr;
  if (auto done = original.stop(); !done)
    return std::unexpected(done.error());
  std::error_code failed;
  fs::copy(original.dataFolder(), state.data(), fs::copy_options::recursive, failed);
  std::error_code ignored;
  fs::permissions(state.data(), fs::perms::owner_all, ignored);
  giveTo(state.user, state.data());
  if (wasRunning)
    if (auto done = original.start(); !done)
      return std::unexpected(done.error());
  if (failed)
    return failure(fmt::format("{} could not be copied: {}.", original.dataFolder().string(), failed.message()));
  return started(std::move(*cluster));
}

ThrowawayCluster::Made ThrowawayCluster::standbyOf(ThrowawayCluster& primary, const ClusterOptions& options) {
  auto cluster = prepared(options);
  if (!cluster)
    return cluster;
  State& state = *(*cluster)->m_state;
  state.password = primary.password();
  process::Command copying = clientProgram("pg_basebackup", {primary.port(), "postgres", state.password, "postgres"});
  copying.user = state.user;
  copying.folder = state.options.folder;
  copying.stop = options.stop;
  copying.arguments = {
      "-D", state.data().string(), "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"};
  const auto copied = process::run(copying);
  if (!copied)
    return failure(copied.error());
  if (copied->exitCode != 0)
    return failure(fmt::format("pg_basebackup failed: {}", lastComplaint(copied->errors)));
  auto standby = started(std::move(*cluster));
  if (!standby)
    return standby;
  // It answers before it streams: until then the primary does not show it among its standbys.
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < limit) {
    const auto streams = (*standby)->sql("postgres", "SELECT 1 FROM pg_stat_wal_receiver WHERE status = 'streaming'");
    const auto sends = primary.sql("postgres", "SELECT count(*) = count(*) FILTER (WHERE state = 'streaming') AND "
                                               "count(*) > 0 FROM pg_stat_replication");
    if (streams && *streams == "1\n" && sends && *sends == "t\n")
      return standby;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return failure("the standby does not stream from its primary");
}

ThrowawayCluster::~ThrowawayCluster() {
  [[maybe_unused]] const auto stopped = stop(true);
  releaseSharedMemory(dataFolder());
  std::error_code failed;
  if (!m_state->options.folder.empty())
    fs::remove_all(m_state->options.folder, failed);
}

int ThrowawayCluster::port() const {
  return m_state->port;
}
int ThrowawayCluster::postmasterPid() const {
  return m_state->postmaster ? m_state->postmaster->pid() : 0;
}
std::string ThrowawayCluster::password() const {
  return m_state->password;
}
fs::path ThrowawayCluster::dataFolder() const {
  return m_state->data();
}

std::string ThrowawayCluster::url(const std::string& database, const std::string& user,
                                  const std::string& password) const {
  const std::string& secret = password.empty() && user == "postgres" ? m_state->password : password;
  return fmt::format("postgresql://{}{}{}@127.0.0.1:{}/{}", encoded(user), secret.empty() ? "" : ":", encoded(secret),
                     port(), encoded(database));
}

std::expected<std::string, ClusterError> ThrowawayCluster::sql(const std::string& database, const std::string& text) {
  process::Command psql = clientProgram("psql", {port(), "postgres", password(), database});
  psql.arguments = {"-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"};
  auto result = process::run(psql, text);
  if (!result)
    return failure(result.error());
  if (result->exitCode != 0)
    return failure(result->errors);
  return result->output;
}

std::expected<void, ClusterError> ThrowawayCluster::start() {
  if (m_state->postmaster && !m_state->postmaster->wait(0ms))
    return {};
  m_state->postmaster.reset();
  // A port that was free a moment ago may be taken by now; once it has been ours we keep to it.
  const bool mayChoose = m_state->port == 0;
  for (int attempt = 1;; ++attempt) {
    if (mayChoose)
      m_state->port = freePort();
    bool portTaken = false;
    auto launched = m_state->launch(portTaken);
    if (launched || !portTaken || attempt == 5)
      return launched;
    std::this_thread::sleep_for(50ms);
  }
}

std::expected<void, ClusterError> ThrowawayCluster::stop(bool immediate) {
  if (!m_state->postmaster)
    return {};
  signalAll(SIGCONT);
  m_state->postmaster->signal(immediate ? SIGQUIT : SIGINT);
  const bool ended = m_state->postmaster->wait(stopLimit).has_value();
  if (!ended)
    signalAll(SIGKILL);
  m_state->postmaster.reset();
  if (!ended)
    return failure(fmt::format("PostgreSQL in {} did not stop and was killed.", dataFolder().string()));
  return {};
}

void ThrowawayCluster::signalAll(int signal) {
  if (!m_state->postmaster || m_state->postmaster->wait(0ms))
    return;
  const std::vector<pid_t> backends = childrenOf(m_state->postmaster->pid());
  m_state->postmaster->signal(signal);
  for (const pid_t backend : backends)
    ::kill(backend, signal);
  if (signal != SIGKILL)
    return;
  // Whoever starts it next must find nothing of it alive.
  m_state->postmaster->wait(stopLimit);
  for (const pid_t backend : backends)
    for (int i = 0; i < 500 && ::kill(backend, 0) == 0; ++i)
      std::this_thread::sleep_for(2ms);
}

} // namespace whichbase::demo
