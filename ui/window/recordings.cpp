#include "window/recordings.h"

#include "history/history.h"
#include "report/json.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>

#include <algorithm>
#include <utility>

namespace whichbase::ui {

namespace {

std::filesystem::path pathOf(const QString& file) {
  return QFile::encodeName(file).toStdString();
}

QString baseName(const QString& projectFile) {
  QString name = QFileInfo(projectFile).fileName();
  for (const auto* ending : {".toml", ".whichbase"})
    if (name.endsWith(QLatin1String(ending)))
      name.chop(static_cast<qsizetype>(qstrlen(ending)));
  return name;
}

} // namespace

QString keptRecording(const QString& folder, const QString& projectFile, topology::Side side) {
  const auto path = QFileInfo(projectFile).absoluteFilePath().toUtf8();
  const auto hash = QCryptographicHash::hash(path, QCryptographicHash::Sha1).toHex();
  return QStringLiteral("%1/%2.%3.snapshot.json")
      .arg(folder, QString::fromLatin1(hash), QString::fromStdString(topology::toString(side)));
}

QString newBeforeFile(const QString& projectFile, topology::UtcTime now) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const QString stamp =
      QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::utc()).toString(QStringLiteral("yyyyMMdd-HHmmss"));
  const QDir folder = QFileInfo(projectFile).absoluteDir();
  for (int number = 1;; ++number) {
    const QString name =
        QStringLiteral("%1.before-%2%3.snapshot.json")
            .arg(baseName(projectFile), stamp, number == 1 ? QString() : QStringLiteral("-%1").arg(number));
    if (!folder.exists(name))
      return folder.filePath(name);
  }
}

namespace {

// What the project's history knows last of the after side.
SnapshotPtr lastRecorded(const QString& projectFile) {
  const auto file = history::historyFileOf(pathOf(projectFile));
  if (!history::isHistoryFile(file))
    return nullptr;
  const auto opened = history::History::open(file, history::History::Mode::read);
  if (!opened)
    return nullptr; // the message line says so when it is read for the strip
  const auto state = (*opened)->at(topology::now());
  return state && *state ? (*state)->after : nullptr;
}

} // namespace

ReadSnapshot readSnapshot(const QString& file) {
  auto snapshot = report::loadSnapshot(pathOf(file));
  if (!snapshot)
    return {nullptr, QString::fromStdString(snapshot.error().text)};
  return {std::make_shared<const topology::Snapshot>(std::move(*snapshot)), {}};
}

QString writeSnapshot(const topology::Snapshot& snapshot, const QString& file) {
  QDir().mkpath(QFileInfo(file).absolutePath());
  const auto saved = report::saveText(report::toJson(snapshot), pathOf(file));
  return saved ? QString() : QString::fromStdString(saved.error().text);
}

ReadProject readProject(const QString& projectFile, const QString& keptFolder) {
  ReadProject read;
  auto project = project::load(pathOf(projectFile));
  if (!project) {
    read.problem = QString::fromStdString(project.error().text);
    return read;
  }
  const auto kept = [&](topology::Side side) {
    const QString file = keptRecording(keptFolder, projectFile, side);
    return QFile::exists(file) ? readSnapshot(file).snapshot : nullptr; // a damaged one is as good as none
  };
  if (!project->beforeSnapshot.empty()) {
    const QDir folder = QFileInfo(projectFile).absoluteDir();
    auto before = readSnapshot(folder.absoluteFilePath(QString::fromStdString(project->beforeSnapshot)));
    read.before = std::move(before.snapshot);
    read.beforeProblem = std::move(before.problem);
    read.beforeRecorded = read.before != nullptr;
  } else if (project->hasBefore()) {
    read.before = kept(topology::Side::before);
  }
  read.after = kept(topology::Side::after);
  if (const auto last = lastRecorded(projectFile); last && last->complete &&
                                                   std::ranges::any_of(last->servers, &topology::Server::reached) &&
                                                   (!read.after || read.after->finishedAt < last->finishedAt))
    read.after = last; // newer than the last complete one
  read.project = std::move(*project);
  return read;
}

ReadProject readFile(const QString& file, const QString& keptFolder) {
  if (!file.endsWith(QStringLiteral(".whichbase")) && !history::isHistoryFile(pathOf(file)))
    return readProject(file, keptFolder);
  ReadProject read;
  if (const auto opened = history::History::open(pathOf(file), history::History::Mode::read); !opened)
    read.problem = QString::fromStdString(opened.error().text);
  return read;
}

} // namespace whichbase::ui
