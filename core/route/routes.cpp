#include "route/routes.h"

#include "process/job.h"
#include "route/link.h"
#include "route/loopback_tunnel.h"
#include "route/reasons.h"
#include "route/ssh_commands.h"
#include "route/ssh_master.h"
#include "route/surroundings.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>

namespace whichbase::route {
namespace {

constexpr int runsPerHost = 4; // sshd's MaxSessions is 10 by default, and others use the login, too
constexpr std::size_t mostShown = 60;

// The parts of a command that is nothing but "ssh OPTIONS HOST COMMAND…", for which a master connection can be used.
std::optional<SshParts> plainSsh(const std::string& command) {
  auto words = shellWords(command);
  if (!words || words->empty() || words->front() != "ssh")
    return std::nullopt;
  words->erase(words->begin());
  auto parts = sshParts(*words);
  if (!parts || parts->remote.empty())
    return std::nullopt;
  return std::move(*parts);
}

Via viaOf(const SshParts& parts) {
  Via via;
  via.kind = Via::Kind::ssh;
  via.sshWords = parts.options;
  via.sshWords.push_back(parts.destination);
  return via;
}

std::expected<std::string, Problem> answerOf(const process::BoundedResult& result, const std::string& name,
                                             std::size_t atMost) {
  using End = process::BoundedResult::End;
  switch (result.end) {
  case End::stopped:
    return std::unexpected(cancelledProblem());
  case End::timedOut:
    return std::unexpected(lateProblem("\"" + name + "\"", result.errors));
  case End::flooded:
    return std::unexpected(Problem{fmt::format("\"{}\" printed more than {} kB", name, atMost >> 10U),
                                   "It should print only what is asked for.",
                                   {}});
  case End::exited:
    break;
  }
  if (result.exitCode != 0)
    return std::unexpected(commandProblem(name, result.exitCode, result.errors));
  return result.output;
}

} // namespace

struct Routes::State {
  std::mutex mutex;
  std::condition_variable_any freed;
  std::map<std::vector<std::string>, std::shared_ptr<SshMaster>> masters;
  std::map<std::vector<std::string>, int> runs; // commands that run now, by host
  std::list<std::stop_source> operations;       // what waits or runs
  bool stopped = false;

  std::shared_ptr<SshMaster> masterFor(const Via& via);
  bool takeTurn(const std::vector<std::string>& host, TimePoint deadline, const std::stop_token& stop);
  void giveTurn(const std::vector<std::string>& host);
  void requestStops(bool forGood);
  std::expected<std::string, Problem> runThere(const SshParts& parts, const std::string& name,
                                               const process::RunLimits& limits);
};

namespace {

// Something that waits or runs: stopped by its caller, by interrupt() and by stop().
template <class State>
class Operation {
public:
  Operation(State& state, std::stop_token callers)
      : m_state(state), m_callers(std::move(callers), [this] { m_source.request_stop(); }) {
    const std::lock_guard lock(state.mutex);
    m_place = state.operations.insert(state.operations.end(), m_source);
    if (state.stopped)
      m_source.request_stop();
  }
  ~Operation() {
    const std::lock_guard lock(m_state.mutex);
    m_state.operations.erase(m_place);
  }
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;
  std::stop_token token() const { return m_source.get_token(); }

private:
  State& m_state;
  std::stop_source m_source;
  std::stop_callback<std::function<void()>> m_callers;
  std::list<std::stop_source>::iterator m_place;
};

std::string shortened(const std::string& command) {
  return nameOf(Via{Via::Kind::command, {}, command.substr(0, std::min(command.size(), 4 * mostShown))});
}

} // namespace

std::shared_ptr<SshMaster> Routes::State::masterFor(const Via& via) {
  const std::lock_guard lock(mutex);
  auto& master = masters[via.sshWords];
  if (!master)
    master = std::make_shared<SshMaster>(via);
  return master;
}

bool Routes::State::takeTurn(const std::vector<std::string>& host, TimePoint deadline, const std::stop_token& stop) {
  std::unique_lock lock(mutex);
  if (!freed.wait_until(lock, stop, deadline, [&] { return runs[host] < runsPerHost; }))
    return false;
  ++runs[host];
  return true;
}

void Routes::State::giveTurn(const std::vector<std::string>& host) {
  const std::lock_guard lock(mutex);
  --runs[host];
  freed.notify_all();
}

void Routes::State::requestStops(bool forGood) {
  std::list<std::stop_source> sources;
  {
    const std::lock_guard lock(mutex);
    stopped = stopped || forGood;
    sources = operations;
  }
  for (auto& source : sources) // outside of the lock: what is woken takes it
    source.request_stop();
}

std::expected<std::string, Problem> Routes::State::runThere(const SshParts& parts, const std::string& name,
                                                            const process::RunLimits& limits) {
  const Via via = viaOf(parts);
  const auto master = masterFor(via);
  const auto socket = master->ready(limits.deadline, limits.stop);
  if (!socket)
    return std::unexpected(socket.error());
  if (!takeTurn(via.sshWords, limits.deadline, limits.stop))
    return std::unexpected(limits.stop.stop_requested() ? cancelledProblem() : lateProblem("\"" + name + "\"", ""));
  const auto result = process::runWithin(inOurWords("ssh", remoteArguments(parts, socket->path)), limits);
  giveTurn(via.sshWords);
  if (!result)
    return std::unexpected(startProblem(nameOf(via), result.error()));
  return answerOf(*result, name, limits.output);
}

Routes::Routes() : m_state(std::make_unique<State>()) {}

Routes::~Routes() {
  stop();
}

std::expected<std::unique_ptr<Tunnel>, Problem> Routes::open(const Via& via, const std::string& host, int port,
                                                             TimePoint deadline, std::stop_token stop) {
  if (via.kind == Via::Kind::command) {
    auto command = expanded(via.command, host, port);
    if (!command)
      return std::unexpected(Problem{command.error(), "Write the address into the command itself.", {}});
    return LoopbackTunnel::open(std::make_unique<CommandLink>(std::move(*command), shortened(via.command)), deadline);
  }
  if (via.kind != Via::Kind::ssh)
    return std::unexpected(Problem{"no route is stated", "Write via = \"ssh HOST\" or \"command …\".", {}});
  if (host.starts_with('/'))
    return std::unexpected(Problem{fmt::format("ssh cannot reach the Unix socket in {}", host),
                                   "Use a program there: via = \"command ssh HOST nc -U %h/.s.PGSQL.%p\".",
                                   {}});
  if (const auto prepared = prepare(via, deadline, std::move(stop)); !prepared)
    return std::unexpected(prepared.error());
  return LoopbackTunnel::open(std::make_unique<SshLink>(m_state->masterFor(via), host, port), deadline);
}

std::expected<void, Problem> Routes::prepare(const Via& via, TimePoint deadline, std::stop_token stop) {
  if (via.kind != Via::Kind::ssh)
    return {};
  const Operation operation(*m_state, std::move(stop));
  const auto socket = m_state->masterFor(via)->ready(deadline, operation.token());
  if (!socket)
    return std::unexpected(socket.error());
  return {};
}

std::expected<std::string, Problem> Routes::run(const std::string& command, TimePoint deadline, std::size_t atMost,
                                                std::stop_token stop) {
  const Operation operation(*m_state, std::move(stop));
  const process::RunLimits limits{deadline, operation.token(), atMost};
  const std::string name = shortened(command);
  if (const auto parts = plainSsh(command))
    return m_state->runThere(*parts, name, limits);
  const auto result = process::runWithin(inOurWords("/bin/sh", {"-c", command}), limits);
  if (!result)
    return std::unexpected(startProblem(name, result.error()));
  return answerOf(*result, name, atMost);
}

void Routes::stop() {
  m_state->requestStops(true);
  std::map<std::vector<std::string>, std::shared_ptr<SshMaster>> masters;
  {
    const std::lock_guard lock(m_state->mutex);
    masters.swap(m_state->masters);
  }
  for (const auto& [words, master] : masters)
    master->end();
}

void Routes::interrupt() {
  m_state->requestStops(false);
}

void Routes::endLogins() {
  std::vector<std::shared_ptr<SshMaster>> masters;
  {
    const std::lock_guard lock(m_state->mutex);
    for (const auto& [words, master] : m_state->masters)
      masters.push_back(master);
  }
  for (const auto& master : masters)
    master->endLogin();
}

} // namespace whichbase::route
