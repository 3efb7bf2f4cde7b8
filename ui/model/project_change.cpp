#include "model/project_change.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <vector>

namespace whichbase::ui {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("ProjectChange", text);
}

const project::Server* named(const project::Project& project, const std::string& name) {
  const auto found = std::ranges::find(project.servers, name, &project::Server::name);
  return found == project.servers.end() ? nullptr : &*found;
}

using Servers = std::vector<const project::Server*>;

// Those of `project` that the other one does not have by that name, or (`changed`) has otherwise.
Servers unlike(const project::Project& project, const project::Project& other, bool changed) {
  Servers found;
  for (const auto& server : project.servers) {
    const auto* twin = named(other, server.name);
    if (changed ? twin && *twin != server : !twin)
      found.push_back(&server);
  }
  return found;
}

QString name(const Servers& servers) {
  return QString::fromStdString(servers.front()->name);
}

} // namespace

QString changeText(const project::Project& from, const project::Project& to) {
  const auto added = unlike(to, from, false);
  const auto removed = unlike(from, to, false);
  const auto changed = unlike(to, from, true);
  const auto touched = std::max(added.size(), removed.size()) + changed.size();
  if (touched > 1)
    return tr("change of %1 servers").arg(touched);
  if (!changed.empty())
    return tr("change of %1").arg(name(changed));
  if (!added.empty() && !removed.empty()) // renamed
    return tr("change of %1").arg(name(added));
  if (!added.empty())
    return tr("addition of %1").arg(name(added));
  if (!removed.empty())
    return tr("removal of %1").arg(name(removed));
  if (from.servers != to.servers)
    return tr("new order of the servers");
  const bool others = from.symptom != to.symptom || from.users != to.users;
  return from.title != to.title && !others ? tr("change of the title") : tr("change of the project");
}

} // namespace whichbase::ui
