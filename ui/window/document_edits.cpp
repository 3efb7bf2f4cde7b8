// What is changed in the window: steps that can be undone, written to the project's file.
#include "window/add_servers.h"
#include "window/document.h"
#include "window/edit_project.h"

#include <QFile>

#include <utility>

namespace whichbase::ui {

namespace {

struct Written {
  QString problem;
  bool changedOutside = false;
  std::optional<project::Project> onDisk; // afterwards, as it is read there
};

// Nothing is written over what somebody else wrote there since it was read: `known` is what was there last.
Written writeOver(const std::filesystem::path& file, const std::optional<project::Project>& known,
                  const project::Project& project) {
  std::error_code error;
  if (known && std::filesystem::exists(file, error)) {
    const auto there = project::load(file);
    if (!there || *there != *known)
      return {
          Document::tr("The project file was changed outside meanwhile: it stays as it is there, and the last change "
                       "made here was not written. Make it again."),
          true,
          {}};
  }
  if (const auto saved = project::save(project, file); !saved)
    return {QString::fromStdString(saved.error().text), false, known};
  auto there = project::load(file);
  return {{}, false, there ? std::optional(std::move(*there)) : std::nullopt};
}

} // namespace

void Document::edit(const project::Project& project, const Secrets& secrets) {
  if (!m_open || !m_project) {
    adopt(project, {}, secrets);
    return;
  }
  for (const auto& [name, value] : secrets)
    m_typed[name] = value;
  m_missingAccepted = false;
  if (project != *m_project)
    m_undo.push(new EditProject(*this, {*m_project, {m_project->beforeSnapshot, m_before, m_beforeRecorded}}, project));
  else
    restartWatch(); // with the secrets that were typed
}

void Document::setProject(const project::Project& project, const BeforeSide& before) {
  m_missingAccepted = false;
  m_own = m_trusted; // what was changed in it was entered here
  m_project = project;
  m_before = project.hasBefore() ? before.snapshot : nullptr;
  m_beforeRecorded = before.recorded;
  write();
  Q_EMIT projectChanged();
  show(m_before, m_after, m_view.stale);
  restartWatch();
}

void Document::addServers(std::vector<project::Server> servers, bool own) {
  if (!m_project || servers.empty())
    return;
  if (own && !m_trusted) { // agreed to by adding them; the rest of the project is still to be looked at
    project::Project added;
    added.servers = servers;
    const auto requests = project::requestsOf(added, folder());
    m_agreed.commands.insert(m_agreed.commands.end(), requests.commands.begin(), requests.commands.end());
    m_agreed.secrets.insert(m_agreed.secrets.end(), requests.secrets.begin(), requests.secrets.end());
  }
  m_own = own && m_trusted;
  m_trusted = m_own;
  m_undo.push(new AddServers(*this, std::move(servers)));
}

void Document::setServers(std::vector<project::Server> servers) {
  m_project->servers = std::move(servers);
  write();
  Q_EMIT projectChanged();
  show(m_before, m_after, m_view.stale);
  restartWatch();
}

void Document::write() {
  if (m_file.isEmpty() || !m_project)
    return;
  if (std::exchange(m_writing, true)) {
    m_writeAgain = true; // one at a time, so that an older state never lands last
    return;
  }
  m_controller.run(
      [project = *m_project, file = m_file, own = m_own && !m_source,
       known = m_source ? std::nullopt : m_onDisk](const std::stop_token&) -> Written {
        const std::filesystem::path path = QFile::encodeName(file).toStdString();
        if (own) // made here: opening it again must not ask
          (void)project::remember(project::requestsOf(project, path.parent_path()), project::trustFile());
        return writeOver(path, known, project);
      },
      [this, file = m_file](const Written& written) {
        m_writing = false;
        const bool again = std::exchange(m_writeAgain, false);
        if (file == m_file && !written.changedOutside)
          m_onDisk = written.onDisk;
        if (file == m_file && written.changedOutside) {
          Q_EMIT problem(QStringLiteral("save"), Sign::warning, written.problem);
          reload();
        } else if (again) {
          write();
        } else if (!written.problem.isEmpty()) {
          Q_EMIT problem(QStringLiteral("save"), Sign::bad, written.problem);
        } else {
          Q_EMIT problemGone(QStringLiteral("save"));
        }
      });
}

} // namespace whichbase::ui
