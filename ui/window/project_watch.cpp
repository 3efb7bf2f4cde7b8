#include "window/project_watch.h"

#include <QDateTime>
#include <QFileInfo>

#include <chrono>

namespace whichbase::ui {

namespace {
qint64 modifiedAt(const QFileInfo& info) {
  return info.exists() ? info.lastModified().toMSecsSinceEpoch() : 0;
}
} // namespace

ProjectWatch::ProjectWatch(QObject* parent) : QObject(parent) {
  m_settle.setSingleShot(true);
  m_settle.setInterval(std::chrono::milliseconds(150));
  connect(&m_settle, &QTimer::timeout, this, &ProjectWatch::look);
  const auto later = [this] { m_settle.start(); };
  connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, later);
  connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, later);
}

void ProjectWatch::watch(const QString& file) {
  if (const auto watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
    m_watcher.removePaths(watched);
  m_file = file;
  if (file.isEmpty())
    return;
  const QFileInfo info(file);
  m_modified = modifiedAt(info);
  m_size = info.size();
  // The folder, too: a rename over the file ends the watch on the file itself.
  m_watcher.addPath(info.absolutePath());
  if (info.exists())
    m_watcher.addPath(file);
}

void ProjectWatch::look() {
  const QFileInfo info(m_file);
  if (m_file.isEmpty() || (modifiedAt(info) == m_modified && info.size() == m_size))
    return; // something else in the folder
  watch(m_file);
  Q_EMIT changed();
}

} // namespace whichbase::ui
