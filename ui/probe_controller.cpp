#include "probe_controller.h"

#include "connection/password_file.h"

#include <atomic>

namespace whichbase::ui {

namespace {

std::atomic<int> alive{0};
std::atomic<int> ending{0};

probe::Sources sourcesOf(const ProbeController::Request& request, const std::stop_token& stop) {
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

std::shared_ptr<const topology::Snapshot> visit(const ProbeController::Request& request, topology::Side side,
                                                const topology::Snapshot* before, const std::stop_token& stop,
                                                const probe::OnObservation& onObservation,
                                                ProbeController::PasswordKeys& keys) {
  auto sources = sourcesOf(request, stop);
  sources.onPlan = [&keys, side](const probe::Plan& plan) {
    for (const auto& [server, key] : plan.passwordKeys)
      keys[{side, server}] = key;
  };
  return std::make_shared<const topology::Snapshot>(
      probe::probeSide(request.project, side, sources, before, request.options, stop, onObservation));
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

ProbeController::ProbeController(QObject* parent) : QObject(parent), m_mailbox(std::make_shared<Mailbox>()) {
  m_mailbox->receiver = this;
}

ProbeController::~ProbeController() {
  m_stop.request_stop();
  m_probeStop.request_stop();
  const std::lock_guard lock(m_mailbox->mutex);
  m_mailbox->receiver = nullptr;
}

void ProbeController::Mailbox::post(std::function<void()> what) {
  const std::lock_guard lock(mutex);
  if (receiver)
    QMetaObject::invokeMethod(receiver, std::move(what), Qt::QueuedConnection);
}

void ProbeController::launch(std::stop_token stop, std::function<void(const std::stop_token&)> body) {
  ++alive;
  std::thread([stop = std::move(stop), body = std::move(body)]() mutable {
    body(stop);
    body = nullptr; // what it holds must be gone before this thread counts as ended
    --alive;
  }).detach();
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

int ProbeController::threadsAlive() {
  return alive.load();
}

void ProbeController::start(Request request) {
  m_probeStop.request_stop();
  m_probeStop = std::stop_source();
  const auto generation = ++m_generation;
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
  launch(m_probeStop.get_token(),
         [mailbox = m_mailbox, request = std::move(request), report, deliver](const std::stop_token& stop) {
           const auto onObservation = [&](const probe::Progress& progress, const topology::Observation&) {
             mailbox->post([report, done = static_cast<int>(progress.done), total = static_cast<int>(progress.total)] {
               report(done, total);
             });
           };
           Result result{request.before, nullptr, {}};
           if (request.probeBefore)
             result.before = visit(request, topology::Side::before, nullptr, stop, onObservation, result.passwordKeys);
           if (!stop.stop_requested())
             result.after =
                 visit(request, topology::Side::after, result.before.get(), stop, onObservation, result.passwordKeys);
           mailbox->post([deliver, result = std::move(result)] { deliver(result); });
         });
}

void ProbeController::cancel() {
  if (!m_running)
    return;
  m_probeStop.request_stop();
  ++m_generation;
  setRunning(false);
}

void ProbeController::setRunning(bool running) {
  if (m_running == running)
    return;
  m_running = running;
  Q_EMIT runningChanged(running);
}

} // namespace whichbase::ui
