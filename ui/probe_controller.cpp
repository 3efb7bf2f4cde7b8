#include "probe_controller.h"

#include "connection/password_file.h"
#include "topology/continuity.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

namespace whichbase::ui {

namespace {

std::atomic<int> ending{0};
constexpr std::chrono::milliseconds shortestBetweenConfigurations{10'000};

std::shared_ptr<const topology::Snapshot> visit(const ProbeController::Request& request, topology::Side side,
                                                const topology::Snapshot* before, const std::stop_token& stop,
                                                const probe::OnObservation& onObservation,
                                                ProbeController::PasswordKeys& keys) {
  auto sources = ProbeController::sourcesOf(request, stop);
  sources.onPlan = [&keys, side](const probe::Plan& plan) {
    for (const auto& [server, key] : plan.passwordKeys)
      keys[{side, server}] = key;
  };
  return std::make_shared<const topology::Snapshot>(
      probe::probeSide(request.project, side, sources, before, request.options, stop, onObservation));
}

// With the letters of what was known, and where an endpoint leads elsewhere than it did.
std::shared_ptr<const topology::Snapshot> followed(const ProbeController::Request& request,
                                                   const topology::Snapshot* before,
                                                   const std::shared_ptr<const topology::Snapshot>& after) {
  topology::Continuity continuity(before);
  if (request.recalled)
    continuity.recall(*request.recalled);
  return std::make_shared<const topology::Snapshot>(continuity.follow(*after));
}

void endLater(std::function<void()> work) {
  ++ending;
  std::thread([work = std::move(work)]() mutable {
    work();
    work = nullptr;
    --ending;
  }).detach();
}

} // namespace

probe::Sources ProbeController::sourcesOf(const Request& request, const std::stop_token& stop) {
  probe::Sources sources;
  sources.secret = [&request](const std::string& name) -> std::optional<std::string> {
    const auto found = request.secrets.find(name);
    return found == request.secrets.end() ? std::nullopt : std::optional(found->second);
  };
  sources.folder = request.folder;
  sources.passwordFile = connection::passwordFile();
  if (request.keychain)
    sources.keychain = [&request, stop](const probe::PasswordKey& key) -> std::optional<std::string> {
      // What was typed is newer than what was kept.
      return request.typed.contains(key) ? std::nullopt : request.keychain(key, stop);
    };
  sources.typed = request.typed;
  sources.routes = request.routes;
  sources.agreed = request.agreed;
  return sources;
}

ProbeController::ProbeController(QObject* parent) : QObject(parent), m_mailbox(std::make_shared<Mailbox>(this)) {}

ProbeController::~ProbeController() {
  m_stop.request_stop();
  m_probeStop.request_stop();
  m_mailbox->close();
}

std::shared_ptr<route::Routes> ProbeController::makeRoutes() {
  return {new route::Routes, [](route::Routes* routes) { endLater([routes] { delete routes; }); }};
}

void ProbeController::endRoutes(std::shared_ptr<route::Routes> routes) {
  endLater([routes = std::move(routes)]() mutable {
    routes->stop();
    routes->endLogins();
    routes = nullptr;
  });
}

int ProbeController::routesEnding() {
  return ending.load();
}

quint64 ProbeController::begin() {
  m_probeStop.request_stop();
  m_probeStop = std::stop_source();
  m_controls = nullptr;
  return ++m_generation;
}

void ProbeController::start(Request request) {
  const auto generation = begin();
  const auto report = [this, generation](int done, int total) {
    if (generation == m_generation)
      Q_EMIT progressed(done, total);
  };
  const auto deliver = [this, generation](const Result& result) {
    if (generation != m_generation)
      return; // a newer probe was started, or this one was cancelled
    setRunning(false);
    Q_EMIT finished(result);
  };
  setRunning(true);
  launchThread([stop = m_probeStop.get_token(), mailbox = m_mailbox, request = std::move(request), report, deliver] {
    const auto onObservation = [&](const probe::Progress& progress, const topology::Observation&) {
      mailbox->post([report, done = static_cast<int>(progress.done), total = static_cast<int>(progress.total)] {
        report(done, total);
      });
    };
    Result result{request.before, nullptr, {}};
    if (request.probeBefore)
      result.before = visit(request, topology::Side::before, nullptr, stop, onObservation, result.passwordKeys);
    if (!stop.stop_requested())
      result.after = followed(
          request, result.before.get(),
          visit(request, topology::Side::after, result.before.get(), stop, onObservation, result.passwordKeys));
    mailbox->post([deliver, result = std::move(result)] { deliver(result); });
  });
}

void ProbeController::watch(Request request, std::chrono::milliseconds interval) {
  const auto generation = begin();
  m_controls = std::make_shared<live::Controls>();
  const auto deliver = [this, generation](const live::Update& update) {
    if (generation != m_generation)
      return; // another watch, or none
    if (update.swept)
      setRunning(false);
    Q_EMIT updated(update);
  };
  setRunning(true);
  launchThread([stop = m_probeStop.get_token(), mailbox = m_mailbox, controls = m_controls,
                request = std::move(request), interval, deliver] {
    live::Request watched;
    watched.project = request.project;
    watched.sources = ProbeController::sourcesOf(request, stop);
    watched.before = request.probeBefore ? nullptr : request.before;
    watched.recalled = request.recalled;
    watched.options.interval = interval;
    // A changed file is to be seen soon, and a command that prints one is not to be run every second.
    watched.options.configurationEvery = std::clamp<std::chrono::milliseconds>(interval, shortestBetweenConfigurations,
                                                                               watched.options.configurationEvery);
    watched.options.sweep = request.options;
    live::watch(watched, *controls, stop,
                [&](const live::Update& update) { mailbox->post([deliver, update] { deliver(update); }); });
  });
}

void ProbeController::sweepNow() {
  if (!m_controls)
    return;
  setRunning(true);
  m_controls->sweep();
}

void ProbeController::cancel() {
  if (!m_running && !m_controls)
    return;
  begin();
  setRunning(false);
}

void ProbeController::setRunning(bool running) {
  if (m_running == running)
    return;
  m_running = running;
  Q_EMIT runningChanged(running);
}

} // namespace whichbase::ui
