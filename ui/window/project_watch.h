// Tells that the project file changed on disk, however it was written: in place, or replaced by a rename.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace whichbase::ui {

class ProjectWatch : public QObject {
  Q_OBJECT
public:
  explicit ProjectWatch(QObject* parent = nullptr);
  void watch(const QString& file); // empty: nothing

Q_SIGNALS:
  void changed();

private:
  void look();

  QFileSystemWatcher m_watcher;
  QTimer m_settle; // editors write in several steps
  QString m_file;
  qint64 m_modified = 0;
  qint64 m_size = 0;
};

} // namespace whichbase::ui
