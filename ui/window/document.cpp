#include "window/document.h"

#include "model/carried_proofs.h"
#include "model/moved_project.h"
#include "window/keep_as_before.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <utility>

namespace whichbase::ui {

namespace {

history::Event keptAsBeforeEvent(const topology::Snapshot& kept) {
  history::Event event;
  event.at = topology::now();
  event.kind = history::EventKind::keptAsBefore;
  event.side = topology::Side::before;
  event.text = "Kept as Before: the state of " + topology::toClockAndDay(kept.finishedAt) + ".";
  return event;
}

} // namespace

Document::Document(ProbeController& controller, QString keptFolder, QObject* parent)
    : QObject(parent), m_controller(controller), m_keptFolder(std::move(keptFolder)),
      m_routes(ProbeController::makeRoutes()) {
  connect(&m_watch, &ProjectWatch::changed, this, &Document::reload);
  connect(&m_controller, &ProbeController::finished, this, &Document::onFinished);
  connect(&m_controller, &ProbeController::updated, this, &Document::onUpdate);
  connect(&m_kept, &KeptPasswords::arrived, this, &Document::probe);
  connect(&m_kept, &KeptPasswords::noted, this, &Document::noted);
  connectHistory();
}

Document::~Document() {
  ProbeController::endRoutes(std::exchange(m_routes, nullptr));
}

void Document::reset() {
  cancel();
  setInterval(std::chrono::seconds(0));
  m_undo.clear();
  m_project.reset();
  m_onDisk.reset();
  m_file.clear();
  m_historyFile.clear();
  m_recorder.open({});
  m_replay.open({});
  m_watch.watch({});
  m_own = m_trusted = m_missingAccepted = m_asking = false;
  m_requests = m_agreed = {};
  m_typed.clear();
  m_fromKeychain.clear();
  m_looked.clear();
  m_typedPasswords.clear();
  m_passwordKeys.clear();
  m_watched = {};
  m_logins.clear();
  m_passwords.clear();
  m_source = nullptr;
  m_before = m_after = nullptr;
  m_proofs = {};
  m_written.clear();
  m_beforeRecorded = m_afterRecorded = false;
  m_view = {};
  ++m_showing;
}

void Document::open(const QString& file) {
  openFrom(file, nullptr);
}

void Document::openOwn(const QString& file, probe::SecretLookup source) {
  openFrom(file, std::move(source));
}

void Document::openFrom(const QString& file, probe::SecretLookup source) {
  const auto opening = ++m_opening;
  const QString path = QFileInfo(file).absoluteFilePath();
  m_controller.run([path, kept = m_keptFolder](const std::stop_token&) { return readFile(path, kept); },
                   [this, path, opening, source = std::move(source)](ReadProject read) {
                     if (opening != m_opening)
                       return;
                     if (!read.problem.isEmpty()) {
                       Q_EMIT problem(QStringLiteral("file"), Sign::bad, read.problem);
                       return; // what was open stays open
                     }
                     if (!read.project) {
                       openHistory(path);
                       return;
                     }
                     reset();
                     m_file = path;
                     m_source = source;
                     m_trusted = source != nullptr;
                     m_watch.watch(path);
                     apply(std::move(read), false);
                   });
}

void Document::reload() {
  if (m_file.isEmpty())
    return;
  const auto opening = ++m_opening;
  m_controller.run([path = m_file, kept = m_keptFolder](const std::stop_token&) { return readProject(path, kept); },
                   [this, opening](ReadProject read) {
                     if (opening != m_opening || m_writing)
                       return; // what is being written now is newer than what was read
                     if (!read.project) {
                       Q_EMIT problem(QStringLiteral("file"), Sign::bad,
                                      tr("%1 The last good version stays in use.").arg(read.problem));
                       return;
                     }
                     Q_EMIT problemGone(QStringLiteral("file"));
                     if (read.project != m_project)
                       apply(std::move(read), true);
                     Q_EMIT reloaded();
                   });
}

void Document::apply(ReadProject read, bool reloaded) {
  const bool wasTrusted = m_trusted && m_source; // the demo rewrites its own file
  const bool undoable = m_undo.count() > 0;
  m_undo.clear(); // a step back would take what was written there away again
  m_onDisk = read.project;
  m_project = std::move(read.project);
  m_open = true;
  m_trusted = wasTrusted;
  m_own = m_missingAccepted = false;
  if (!read.beforeProblem.isEmpty())
    Q_EMIT problem(QStringLiteral("before"), Sign::warning, read.beforeProblem);
  if (read.before || !m_project->hasBefore() || !reloaded) {
    m_before = read.before;
    m_beforeRecorded = read.beforeRecorded;
  }
  if (!reloaded) {
    m_after = read.after;
    m_afterRecorded = read.after != nullptr;
    m_proofs = m_after ? m_after->proofs : topology::Proofs{};
    m_view = {};
    startHistory();
    Q_EMIT opened();
  } else if (!m_source) {
    Q_EMIT noted(undoable ? tr("The project file changed on disk and was read again; what was done before that cannot "
                               "be undone any more")
                          : tr("The project file changed on disk and was read again"));
  }
  Q_EMIT projectChanged();
  show(m_before, m_after, m_view.stale);
  restartWatch();
}

void Document::adopt(const project::Project& project, const QString& file, const Secrets& secrets, bool own) {
  ++m_opening;
  reset();
  m_project = project;
  m_file = file;
  m_typed = secrets;
  m_own = m_trusted = own;
  m_open = true;
  if (!file.isEmpty()) {
    m_watch.watch(file);
    write();
  }
  startHistory();
  Q_EMIT opened();
  Q_EMIT projectChanged();
  show(nullptr, nullptr);
}

void Document::saveAs(const QString& file) {
  if (!m_project || file.isEmpty())
    return;
  const std::filesystem::path newFile = QFile::encodeName(QFileInfo(file).absoluteFilePath()).toStdString();
  m_project = movedProject(std::move(*m_project), folder(), newFile.parent_path());
  m_file = QFileInfo(file).absoluteFilePath();
  m_onDisk.reset(); // whoever chose the file was asked whether to replace it
  m_undo.clear();   // its steps have the paths as they were
  m_watch.watch(m_file);
  write();
  if (m_after && m_after->complete)
    keep(m_after, topology::Side::after);
  startHistory();
  if (!m_afterRecorded)
    record(m_before, m_after); // what was seen before it had a place
  Q_EMIT projectChanged();
}

std::filesystem::path Document::folder() const {
  return std::filesystem::path(QFile::encodeName(m_file).toStdString()).parent_path();
}

void Document::openRecordings(const QString& before, const QString& after) {
  const auto opening = ++m_opening;
  const auto read = [before, after](const std::stop_token&) {
    const auto one = [](const QString& file) { return file.isEmpty() ? ReadSnapshot{} : readSnapshot(file); };
    return std::pair(one(before), one(after));
  };
  m_controller.run(read, [this, opening](const std::pair<ReadSnapshot, ReadSnapshot>& sides) {
    if (opening != m_opening)
      return;
    const auto& [first, second] = sides;
    if (const QString text = first.problem.isEmpty() ? second.problem : first.problem; !text.isEmpty()) {
      Q_EMIT problem(QStringLiteral("file"), Sign::bad, text);
      return;
    }
    reset();
    m_open = true;
    m_before = first.snapshot;
    m_after = second.snapshot;
    m_beforeRecorded = m_afterRecorded = true;
    Q_EMIT opened();
    Q_EMIT projectChanged();
    show(m_before, m_after);
  });
}

void Document::openView(View view) {
  ++m_opening;
  reset();
  m_open = true;
  m_view = std::move(view);
  Q_EMIT opened();
  Q_EMIT viewChanged();
}

void Document::show(SnapshotPtr before, SnapshotPtr after, const QString& stale) {
  const auto showing = ++m_showing;
  m_replay.setPresent(after);
  m_controller.run([before = std::move(before), after = std::move(after),
                    proofs = m_proofs](const std::stop_token&) { return makeView(before, proven(after, proofs)); },
                   [this, showing, stale](View view) {
                     if (showing != m_showing)
                       return;
                     view.hasBefore = view.hasBefore || (m_project && m_project->hasBefore());
                     view.beforeRecorded = m_beforeRecorded;
                     view.afterRecorded = m_afterRecorded;
                     view.stale = stale;
                     m_view = std::move(view);
                     if (!m_replay.view())
                       Q_EMIT viewChanged(); // what is replayed stays
                   });
}

bool Document::canKeepAsBefore() const {
  return m_project && m_after && m_after->complete && !m_replay.active();
}

void Document::keepAsBefore() {
  if (!canKeepAsBefore())
    return;
  if (m_file.isEmpty()) {
    Q_EMIT fileNeeded();
    return;
  }
  auto kept = std::make_shared<topology::Snapshot>(*proven(m_after, m_proofs));
  kept->side = topology::Side::before;
  const QString file = newBeforeFile(m_file, topology::now());
  const auto opening = m_opening;
  m_controller.run([kept, file](const std::stop_token&) { return writeSnapshot(*kept, file); },
                   [this, kept, file, opening, after = m_after](const QString& error) {
                     if (opening != m_opening)
                       return;
                     if (!error.isEmpty()) {
                       Q_EMIT problem(QStringLiteral("save"), Sign::bad, error);
                       return;
                     }
                     m_recorder.record(kept, nullptr, false);
                     m_recorder.add(keptAsBeforeEvent(*kept));
                     m_recorder.keepMoment(kept->finishedAt, QStringLiteral("kept as Before"));
                     const BeforeSide next{QFileInfo(file).fileName().toStdString(), kept, true};
                     m_undo.push(
                         new KeepAsBefore(*this, {m_project->beforeSnapshot, m_before, m_beforeRecorded}, next));
                     Q_EMIT noted(tr("Kept as Before in %1").arg(QFileInfo(file).fileName()));
                     Q_EMIT keptAsBefore(file);
                     if (m_fingerprinting)
                       fingerprintUsers(after);
                   });
}

void Document::setBefore(const BeforeSide& side) {
  m_project->beforeSnapshot = side.file;
  m_before = side.snapshot;
  m_beforeRecorded = side.recorded;
  write();
  Q_EMIT projectChanged();
  show(m_before, m_after, m_view.stale);
  restartWatch();
}

QString Document::configuredUrl(const QString& server, topology::Side side) const {
  if (m_project)
    for (const auto& each : m_project->servers)
      if (each.name == server.toStdString()) {
        const auto& spec = side == topology::Side::before ? each.before : each.present;
        return spec ? QString::fromStdString(spec->url) : QString();
      }
  return {};
}

} // namespace whichbase::ui
