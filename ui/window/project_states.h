// How each project was left, in the settings: by the hash of its file's path, the last fifty of them. Names of servers
// and letters of databases are in it, and nothing that a connection or a password could be told from.
#pragma once

#include "window/workspace_state.h"

#include <chrono>

class QSettings;
class QString;

namespace whichbase::ui {

struct ProjectState {
  WorkspaceState workspace;
  std::chrono::seconds interval{0}; // that live took last; 0: none. Opening a project never starts it
  bool operator==(const ProjectState&) const = default;
};

constexpr int mostProjectStates = 50;

// `file` is the project's or history's; the same one by any path that leads to it.
void keepState(QSettings& settings, const QString& file, const ProjectState& state);
// Nothing where it was not open yet, or too long ago.
std::optional<ProjectState> keptState(QSettings& settings, const QString& file);

} // namespace whichbase::ui
