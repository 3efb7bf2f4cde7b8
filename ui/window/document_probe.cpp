// Probing, by hand and live, and what a failed sweep leaves standing.
#include "project/trust.h"
#include "topology/assemble.h"
#include "window/document.h"

#include <algorithm>

namespace whichbase::ui {

namespace {

// An empty variable supplies nothing.
std::optional<std::string> fromEnvironment(const std::string& name) {
  const QByteArray value = qgetenv(name.c_str());
  return value.isEmpty() ? std::nullopt : std::optional(value.toStdString());
}

bool reachedAny(const topology::Snapshot& snapshot) {
  return std::ranges::any_of(snapshot.servers, &topology::Server::reached);
}

QStringList namesIn(const project::Project& project) {
  QStringList names;
  const auto add = [&](const std::optional<project::ConnectionSpec>& spec) {
    if (spec)
      for (const auto& name : project::variables(spec->url))
        if (!names.contains(QString::fromStdString(name)))
          names << QString::fromStdString(name);
  };
  for (const auto& server : project.servers) {
    add(server.present);
    add(server.before);
  }
  return names;
}

} // namespace

std::optional<std::string> Document::secret(const std::string& name) const {
  if (const auto typed = m_typed.find(name); typed != m_typed.end())
    return typed->second;
  if (m_source)
    if (auto value = m_source(name))
      return value;
  return fromEnvironment(name);
}

QStringList Document::missingSecrets() const {
  QStringList missing;
  for (const auto& name : namesIn(*m_project))
    if (!secret(name.toStdString()))
      missing << name;
  return missing;
}

void Document::probe() {
  if (!m_project || m_project->servers.empty() || m_controller.running())
    return;
  if (m_trusted) {
    if (const auto missing = missingSecrets(); !missing.isEmpty() && !m_missingAccepted)
      Q_EMIT secretsMissing(missing);
    else
      launch();
    return;
  }
  const auto opening = m_opening;
  m_controller.run(
      [project = *m_project, folder = folder()](const std::stop_token&) {
        return project::untrusted(project::requestsOf(project, folder), project::trustFile());
      },
      [this, opening](const project::Requests& unknown) {
        if (opening != m_opening)
          return;
        if (unknown.empty()) {
          m_trusted = true;
          probe();
          return;
        }
        QStringList lines;
        for (const auto& use : unknown.secrets)
          lines << QString::fromStdString(project::toText(use));
        Q_EMIT agreementNeeded(lines);
      });
}

void Document::agree() {
  if (!m_project)
    return;
  m_trusted = true;
  m_controller.run(
      [project = *m_project, folder = folder()](const std::stop_token&) -> QString {
        const auto saved = project::remember(project::requestsOf(project, folder), project::trustFile());
        return saved ? QString() : QString::fromStdString(saved.error().text);
      },
      [this](const QString& error) {
        if (!error.isEmpty())
          Q_EMIT problem(QStringLiteral("trust"), Sign::warning, error);
      });
  probe();
}

void Document::supply(const Secrets& secrets, bool probeAnyway) {
  for (const auto& [name, value] : secrets)
    m_typed[name] = value;
  m_missingAccepted = probeAnyway;
  probe();
}

void Document::launch() {
  m_live.stop();
  ProbeController::Request request;
  request.project = *m_project;
  request.folder = folder();
  for (const auto& name : namesIn(*m_project))
    if (auto value = secret(name.toStdString()))
      request.secrets[name.toStdString()] = std::move(*value);
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
