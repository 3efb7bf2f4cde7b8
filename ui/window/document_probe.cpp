// Probing, by hand and live, and what a failed sweep leaves standing.
#include "topology/assemble.h"
#include "window/document.h"

#include <algorithm>

namespace whichbase::ui {

namespace {

bool reachedAny(const topology::Snapshot& snapshot) {
  return std::ranges::any_of(snapshot.servers, &topology::Server::reached);
}

} // namespace

void Document::probe() {
  if (!m_project || m_project->servers.empty() || m_controller.running())
    return;
  m_asking = m_asking || sender() != &m_live;
  const auto opening = m_opening;
  m_controller.run(
      [project = *m_project, folder = folder(), own = m_own, demo = m_source != nullptr](const std::stop_token&) {
        const auto requests = project::requestsOf(project, folder);
        if (own && !demo)
          (void)project::remember(requests, project::trustFile()); // where it cannot, m_agreed holds for this run
        const bool agreed = own || demo;
        return std::pair(requests, agreed ? project::Requests{} : project::untrusted(requests, project::trustFile()));
      },
      [this, opening, project = *m_project](const std::pair<project::Requests, project::Requests>& asked) {
        if (opening != m_opening || m_controller.running())
          return;
        if (project != *m_project)
          probe(); // it was changed meanwhile
        else
          onRequests(asked.first, asked.second);
      });
}

void Document::onRequests(const project::Requests& requests, const project::Requests& unknown) {
  m_requests = requests;
  auto asked = unknown;
  std::erase_if(asked.commands, [&](const auto& each) { return std::ranges::count(m_agreed.commands, each) > 0; });
  std::erase_if(asked.secrets, [&](const auto& each) { return std::ranges::count(m_agreed.secrets, each) > 0; });
  if (!asked.empty()) {
    m_trusted = false;
    Q_EMIT agreementNeeded(asked);
    return;
  }
  m_agreed = requests;
  m_trusted = true;
  m_own = false;
  const auto missing = missingSecrets();
  if (missing.isEmpty() || m_missingAccepted)
    launch();
  else if (std::ranges::all_of(missing, [&](const QString& name) { return m_looked.contains(name); }))
    Q_EMIT secretsMissing(missing);
  else
    readKept(missing);
}

void Document::agree() {
  if (!m_project)
    return;
  m_agreed = m_requests;
  m_controller.run(
      [requests = m_requests](const std::stop_token&) -> QString {
        const auto saved = project::remember(requests, project::trustFile());
        return saved ? QString() : QString::fromStdString(saved.error().text);
      },
      [this](const QString& error) {
        if (!error.isEmpty())
          Q_EMIT problem(QStringLiteral("trust"), Sign::warning, error);
      });
  probe();
}

void Document::decline() {
  setInterval(std::chrono::seconds(0));
}

void Document::useRoutes(std::shared_ptr<route::Routes> routes) {
  m_routes = std::move(routes); // those before end by themselves
}

void Document::launch() {
  m_live.stop();
  ProbeController::Request request;
  request.project = *m_project;
  request.folder = folder();
  request.secrets = knownSecrets();
  request.typed = m_typedPasswords;
  request.routes = m_routes;
  request.agreed = m_agreed.secrets;
  if (m_asking)
    m_kept.refresh();
  request.keychain = m_kept.lookup();
  const bool hasBeforeServers =
      std::ranges::any_of(m_project->servers, [](const auto& server) { return server.before.has_value(); });
  // A recorded before side stands as it is; one that was probed already is not asked again while one watches.
  request.probeBefore = hasBeforeServers && m_project->beforeSnapshot.empty() && (!m_before || m_interval.count() == 0);
  request.before = m_before;
  m_controller.start(std::move(request));
}

void Document::cancel() {
  m_controller.cancel();
  m_live.stop();
  if (m_interval.count() > 0)
    setInterval(std::chrono::seconds(0));
}

void Document::onFinished(const ProbeController::Result& result) {
  if (m_interval.count() > 0)
    m_live.start(m_interval);
  if (!result.after || !m_project)
    return;
  m_passwordKeys = result.passwordKeys;
  askFor(result);
  if (result.before != m_before && result.before) {
    m_before = result.before;
    m_beforeRecorded = false;
    keep(m_before, topology::Side::before);
  }
  if (!reachedAny(*result.after) && m_after && reachedAny(*m_after)) {
    const auto& failed = *result.after;
    const auto& why = failed.servers.front().failure;
    show(m_before, m_after,
         tr("Last known state, from %1. The probe at %2 reached none of the %3 servers: %4.")
             .arg(QString::fromStdString(topology::toShortClock(m_after->finishedAt, failed.finishedAt)),
                  QString::fromStdString(topology::toShortClock(failed.finishedAt, failed.finishedAt)))
             .arg(failed.servers.size())
             .arg(why ? QString::fromStdString(why->text) : tr("unknown")));
    return;
  }
  if (m_after) { // what was seen of a ghost since the recording is newer than the recording
    auto remembering = std::make_shared<topology::Snapshot>(*result.after);
    topology::rememberFrom(*remembering, *m_after);
    m_after = std::move(remembering);
  } else {
    m_after = result.after;
  }
  m_afterRecorded = false;
  if (m_after->complete)
    keep(m_after, topology::Side::after);
  show(m_before, m_after);
}

void Document::keep(const SnapshotPtr& snapshot, topology::Side side) {
  if (m_file.isEmpty() || !snapshot->complete || m_source)
    return; // the demo's own file goes with the demo
  m_controller.run([snapshot, file = keptRecording(m_keptFolder, m_file, side)](
                       const std::stop_token&) { return writeSnapshot(*snapshot, file); },
                   [this](const QString& error) {
                     if (!error.isEmpty())
                       Q_EMIT problem(QStringLiteral("keep"), Sign::warning, error);
                   });
}

void Document::setInterval(std::chrono::seconds interval) {
  if (interval == m_interval)
    return;
  m_interval = interval;
  if (interval.count() == 0)
    m_live.stop();
  else if (!m_controller.running())
    m_live.start(interval);
  Q_EMIT intervalChanged();
}

std::optional<std::chrono::seconds> Document::nextProbeIn() const {
  if (!m_live.isActive())
    return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(m_live.remainingTimeAsDuration());
}

} // namespace whichbase::ui
