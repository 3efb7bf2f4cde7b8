// Probing by hand and watching live, and what a failed sweep leaves standing.
#include "model/carried_proofs.h"
#include "window/document.h"

#include <algorithm>

namespace whichbase::ui {

namespace {

// Whether a watch for one would do all that one for the other does.
bool watchesTheSame(const ProbeController::Request& one, const ProbeController::Request& other) {
  return one.project == other.project && one.folder == other.folder && one.secrets == other.secrets &&
         one.typed == other.typed && one.routes == other.routes && one.agreed == other.agreed;
}

bool reachedAny(const topology::Snapshot& snapshot) {
  return std::ranges::any_of(snapshot.servers, &topology::Server::reached);
}

} // namespace

void Document::probe() {
  if (!m_project || m_project->servers.empty() || (m_controller.running() && !m_controller.watching()))
    return;
  m_asking = true;
  const auto probing = ++m_probing;
  const auto opening = m_opening;
  m_controller.run(
      [project = *m_project, folder = folder(), own = m_own, demo = m_source != nullptr](const std::stop_token&) {
        const auto requests = project::requestsOf(project, folder);
        if (own && !demo)
          (void)project::remember(requests, project::trustFile()); // where it cannot, m_agreed holds for this run
        const bool agreed = own || demo;
        return std::pair(requests, agreed ? project::Requests{} : project::untrusted(requests, project::trustFile()));
      },
      [this, opening, probing, project = *m_project](const std::pair<project::Requests, project::Requests>& asked) {
        if (opening != m_opening || probing != m_probing || !m_project)
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

// To look at the project as it is now, with all that is known for it.
ProbeController::Request Document::request() {
  ProbeController::Request request;
  request.project = *m_project;
  request.folder = folder();
  request.secrets = knownSecrets();
  request.typed = m_typedPasswords;
  request.routes = m_routes;
  request.agreed = m_agreed.secrets;
  request.keychain = m_kept.lookup();
  request.options.deadline = m_defaults.deadline;
  request.options.probeDeadline = m_defaults.probeDeadline;
  if (request.project.users.empty())
    request.project.users = m_defaults.usersRelation;
  return request;
}

void Document::setDefaults(const Defaults& defaults) {
  if (defaults == m_defaults)
    return;
  m_defaults = defaults;
  restartWatch();
}

void Document::launch() {
  if (m_asking)
    m_kept.refresh();
  auto request = this->request();
  const bool live = m_interval.count() > 0;
  const bool hasBeforeServers =
      std::ranges::any_of(m_project->servers, [](const auto& server) { return server.before.has_value(); });
  // A recorded before side stands as it is; one that was probed already is not asked again while one watches.
  request.probeBefore = hasBeforeServers && m_project->beforeSnapshot.empty() && (!m_before || !live);
  request.before = m_before;
  request.recalled = m_after;
  if (!live) {
    m_controller.start(std::move(request));
  } else if (m_controller.watching() && watchesTheSame(m_watched, request)) {
    m_controller.sweepNow();
  } else {
    m_begins = m_begins || !m_controller.watching();
    m_watched = request;
    m_links.clear();
    m_controller.watch(std::move(request), m_interval);
    if (m_paused)
      m_controller.controls()->pause(true);
  }
}

void Document::restartWatch() {
  if (m_interval.count() == 0)
    return;
  const bool asking = m_asking;
  m_controller.cancel(); // nothing that it still says is of this project
  probe();
  m_asking = asking;
}

void Document::cancel() {
  m_controller.cancel();
  if (m_interval.count() > 0)
    setInterval(std::chrono::seconds(0));
}

void Document::onFinished(const ProbeController::Result& result) {
  if (!result.after || !m_project)
    return;
  record(result.before, result.after);
  take(result);
  if (m_interval.count() > 0) { // chosen while it ran
    probe();
    m_asking = false;
  }
}

void Document::onUpdate(const live::Update& update) {
  if (!m_project || !update.after)
    return;
  m_links = update.links;
  m_nextAt = update.nextAt;
  record(update.before, update.after);
  ProbeController::Result result{update.before, update.after, m_passwordKeys};
  for (const auto& [server, key] : update.passwordKeys)
    for (const auto side : {topology::Side::before, topology::Side::after})
      result.passwordKeys[{side, server}] = key;
  take(result);
  Q_EMIT linksChanged();
  if (update.swept)
    checkRequests();
}

// A file that the project reads may ask for more by now. The watch refuses that until somebody agreed.
void Document::checkRequests() {
  m_controller.run([project = *m_project,
                    folder = folder()](const std::stop_token&) { return project::requestsOf(project, folder); },
                   [this, watched = m_probing](const project::Requests& requests) {
                     if (watched == m_probing && m_controller.watching() && requests != m_requests)
                       probe();
                   });
}

bool Document::keepsLast(const topology::Snapshot& found) {
  if (reachedAny(found) || !m_after || !reachedAny(*m_after) || found.servers.empty())
    return false;
  const auto& why = found.servers.front().failure;
  show(m_before, m_after,
       tr("Last known state, from %1. The probe at %2 reached none of the %L3 servers: %4.")
           .arg(QString::fromStdString(topology::toShortClock(m_after->finishedAt, found.finishedAt)),
                QString::fromStdString(topology::toShortClock(found.finishedAt, found.finishedAt)))
           .arg(found.servers.size())
           .arg(why ? QString::fromStdString(why->text) : tr("unknown")));
  return true;
}

void Document::take(const ProbeController::Result& result) {
  m_passwordKeys = result.passwordKeys;
  askFor(result);
  if (result.before != m_before && result.before) {
    m_before = result.before;
    m_beforeRecorded = false;
    keep(m_before, topology::Side::before);
  }
  if (keepsLast(*result.after))
    return;
  if (m_after && !m_afterRecorded && m_after->verdict.kind != result.after->verdict.kind)
    Q_EMIT verdictChanged(QString::fromStdString(result.after->verdict.text));
  carryProofs(result.after);
  m_after = result.after;
  m_afterRecorded = false;
  if (m_after->complete)
    keep(m_after, topology::Side::after);
  show(m_before, m_after);
}

void Document::keep(const SnapshotPtr& snapshot, topology::Side side) {
  if (m_file.isEmpty() || !snapshot->complete || m_source)
    return; // the demo's own file goes with the demo
  m_controller.run([snapshot, file = keptRecording(m_keptFolder, m_file, side),
                    proofs = side == topology::Side::after ? m_proofs : topology::Proofs{}](
                       const std::stop_token&) { return writeSnapshot(*proven(snapshot, proofs), file); },
                   [this](const QString& error) {
                     if (!error.isEmpty())
                       Q_EMIT problem(QStringLiteral("keep"), Sign::warning, error);
                   });
}

void Document::setInterval(std::chrono::seconds interval) {
  if (interval == m_interval)
    return;
  m_interval = interval;
  m_paused = false;
  m_nextAt.reset();
  if (interval.count() == 0) {
    m_links.clear();
    m_begins = true;
    if (m_controller.watching())
      m_controller.cancel();
  } else if (auto* controls = m_controller.controls()) {
    controls->pause(false);
    controls->setInterval(interval);
  } else {
    probe(); // becomes a watch
  }
  Q_EMIT intervalChanged();
}

void Document::setPaused(bool paused) {
  if (m_interval.count() == 0 || paused == m_paused)
    return;
  m_paused = paused;
  m_nextAt.reset();
  m_begins = m_begins || !paused; // nobody watched meanwhile
  if (auto* controls = m_controller.controls())
    controls->pause(paused);
  Q_EMIT linksChanged();
}

void Document::step() {
  if (auto* controls = m_controller.controls())
    controls->step();
}

} // namespace whichbase::ui
