// Snapshots on disk: those that a project names, and the last complete one that is kept by itself. These functions
// block: they run off the GUI thread.
#pragma once

#include "project/project.h"
#include "topology/snapshot.h"

#include <QString>

#include <memory>
#include <optional>

namespace whichbase::ui {

using SnapshotPtr = std::shared_ptr<const topology::Snapshot>;

// Where the last complete snapshots of that project are kept: a file in `folder` named after the project's path.
QString keptRecording(const QString& folder, const QString& projectFile, topology::Side side);

// "tovplay.before-20260101-140211.snapshot.json" beside the project file; never one that exists already.
QString newBeforeFile(const QString& projectFile, topology::UtcTime now);

struct ReadSnapshot {
  SnapshotPtr snapshot; // null where it could not be read
  QString problem;      // why
};
ReadSnapshot readSnapshot(const QString& file);
// Empty, or what is wrong.
QString writeSnapshot(const topology::Snapshot& snapshot, const QString& file);

// All that opening a project reads.
struct ReadProject {
  std::optional<project::Project> project;
  QString problem; // of the project file
  SnapshotPtr before, after;
  bool beforeRecorded = false; // by the file that the project names; else kept from the last run
  QString beforeProblem;       // of the snapshot that the project names
};
ReadProject readProject(const QString& projectFile, const QString& keptFolder);
// Likewise; without a project and without a problem the file is a history that can be read.
ReadProject readFile(const QString& file, const QString& keptFolder);

} // namespace whichbase::ui
