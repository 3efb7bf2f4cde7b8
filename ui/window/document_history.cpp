// What is recorded of the open project, and what is replayed.
#include "model/typed_note.h"
#include "window/document.h"

#include <QFile>
#include <QFileInfo>

namespace whichbase::ui {

void Document::connectHistory() {
  const auto problem = [this](const QString& text) {
    Q_EMIT this->problem(QStringLiteral("history"), Sign::warning, text);
  };
  connect(&m_recorder, &Recorder::failed, this, problem);
  connect(&m_recorder, &Recorder::mended, this, [this] { Q_EMIT problemGone(QStringLiteral("history")); });
  connect(&m_recorder, &Recorder::recorded, &m_replay, &Replay::refresh);
  connect(&m_recorder, &Recorder::setAside, this, [this](const QString& text) {
    Q_EMIT this->problem(QStringLiteral("history-damaged"), Sign::warning, text);
    Q_EMIT problemGone(QStringLiteral("history"));
    m_replay.open(historyFile()); // the new one
  });
  connect(&m_replay, &Replay::failed, this, problem);
  connect(&m_replay, &Replay::shown, this, &Document::viewChanged);
  connect(&m_replay, &Replay::moved, this, &Document::replayMoved);
  connect(&m_replay, &Replay::overviewChanged, this, [this] {
    if (const auto& last = m_replay.last(); isHistory() && last) {
      m_before = last->before;
      m_after = last->after;
      show(m_before, m_after);
    }
    Q_EMIT historyChanged();
  });
}

QString Document::historyFile() const {
  if (isHistory())
    return m_historyFile;
  return m_file.isEmpty() ? QString()
                          : QFile::decodeName(history::historyFileOf(QFile::encodeName(m_file).toStdString()).c_str());
}

void Document::startHistory() {
  m_recorder.open(historyFile());
  m_replay.open(historyFile());
  m_begins = true;
  Q_EMIT historyChanged();
}

void Document::openHistory(const QString& file) {
  reset();
  m_open = true;
  m_historyFile = file;
  m_beforeRecorded = m_afterRecorded = true;
  m_replay.open(file);
  Q_EMIT opened();
  Q_EMIT projectChanged();
  Q_EMIT historyChanged();
}

void Document::record(const SnapshotPtr& before, const SnapshotPtr& after) {
  m_recorder.record(before, after, std::exchange(m_begins, m_interval.count() == 0));
}

void Document::addNote(const QString& text) {
  if (text.trimmed().isEmpty() || historyFile().isEmpty())
    return;
  if (!m_recorder.isOpen())
    m_recorder.open(historyFile()); // of a history that was only read so far
  m_recorder.add(noteOf(text, m_replay.at().value_or(topology::now())));
}

} // namespace whichbase::ui
