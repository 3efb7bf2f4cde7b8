#include "window/dropped.h"

#include "window/recordings.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <vector>

namespace whichbase::ui {

namespace {

constexpr qint64 headBytes = 65536;

QString tr(const char* text) {
  return QCoreApplication::translate("Dropped", text);
}

enum class Kind { project, history, snapshot, comparison, import, other, unreadable };

Kind kindOf(const QString& path) {
  if (QFileInfo(path).isDir())
    return Kind::import;
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return Kind::unreadable;
  const QByteArray head = file.read(headBytes);
  if (head.startsWith("SQLite format 3") || path.endsWith(QStringLiteral(".whichbase"), Qt::CaseInsensitive))
    return Kind::history;
  if (head.contains('\0'))
    return Kind::other;
  if (path.endsWith(QStringLiteral(".toml"), Qt::CaseInsensitive))
    return Kind::project;
  if (head.contains("whichbase/snapshot"))
    return head.contains("whichbase/comparison") ? Kind::comparison : Kind::snapshot;
  return head.contains("whichbase/comparison") ? Kind::comparison : Kind::import;
}

QString nameOf(const QString& path) {
  return QFileInfo(path).fileName();
}

Dropped problem(const QString& text) {
  Dropped dropped;
  dropped.problem = text;
  return dropped;
}

Dropped oneSnapshot(const QString& path) {
  const auto read = readSnapshot(path);
  if (!read.snapshot)
    return problem(read.problem);
  Dropped dropped;
  (read.snapshot->side == topology::Side::before ? dropped.before : dropped.after) = path;
  return dropped;
}

Dropped twoSnapshots(const QStringList& paths) {
  const auto first = readSnapshot(paths[0]), second = readSnapshot(paths[1]);
  for (const auto& read : {first, second})
    if (!read.snapshot)
      return problem(read.problem);
  const bool swapped = first.snapshot->side != second.snapshot->side
                           ? second.snapshot->side == topology::Side::before
                           : second.snapshot->finishedAt < first.snapshot->finishedAt;
  Dropped dropped;
  dropped.before = paths[swapped ? 1 : 0];
  dropped.after = paths[swapped ? 0 : 1];
  return dropped;
}

// All of one kind; what that means.
Dropped meaningOf(Kind kind, const QStringList& paths) {
  Dropped dropped;
  switch (kind) {
  case Kind::project:
  case Kind::history:
    if (paths.size() > 1)
      return problem(tr("One project or history at a time: %1 were dropped.").arg(paths.size()));
    dropped.open = paths.front();
    return dropped;
  case Kind::snapshot:
    if (paths.size() > 2)
      return problem(tr("Two recorded snapshots can be compared, and not %1.").arg(paths.size()));
    return paths.size() == 2 ? twoSnapshots(paths) : oneSnapshot(paths.front());
  case Kind::comparison:
    return problem(tr("%1 is the outcome of a comparison. Drop the two recorded snapshots that were compared.")
                       .arg(nameOf(paths.front())));
  case Kind::import:
    dropped.imports = paths;
    return dropped;
  case Kind::other:
    return problem(tr("%1 is nothing that Whichbase reads. It takes a project, a history, recorded snapshots, .env, "
                      "Compose and Kubernetes files, and folders with such files.")
                       .arg(nameOf(paths.front())));
  case Kind::unreadable:
    return problem(tr("%1 cannot be read: look whether it is still there, and who may read it.").arg(paths.front()));
  }
  return dropped;
}

} // namespace

Dropped recognise(const QStringList& paths) {
  if (paths.isEmpty())
    return problem(tr("Nothing was dropped that is a file."));
  std::vector<Kind> kinds;
  for (const auto& path : paths)
    kinds.push_back(kindOf(path));
  for (qsizetype i = 0; i < paths.size(); ++i)
    if (const Kind kind = kinds[static_cast<std::size_t>(i)]; kind == Kind::other || kind == Kind::unreadable)
      return meaningOf(kind, {paths[i]});
  for (qsizetype i = 1; i < paths.size(); ++i)
    if (kinds[static_cast<std::size_t>(i)] != kinds.front())
      return problem(tr("%1 and %2 are of different kinds: drop one after the other.")
                         .arg(nameOf(paths.front()), nameOf(paths[i])));
  return meaningOf(kinds.front(), paths);
}

} // namespace whichbase::ui
