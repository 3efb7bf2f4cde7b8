// What is recorded of the open project, and what is replayed.
#include "model/carried_proofs.h"
#include "model/typed_note.h"
#include "window/document.h"

#include <QFile>
#include <QFileInfo>

#include <type_traits>

namespace whichbase::ui {

void Document::connectHistory() {
  const auto tell = [this](auto* source, const QString& topic) {
    using Source = std::remove_pointer_t<decltype(source)>;
    connect(source, &Source::failed, this,
            [this, topic](const QString& text) { Q_EMIT problem(topic, Sign::warning, text); });
    connect(source, &Source::mended, this, [this, topic] { Q_EMIT problemGone(topic); });
  };
  // Either may fail while the other works.
  tell(&m_recorder, QStringLiteral("history"));
  tell(&m_replay, QStringLiteral("history-read"));
  connect(&m_recorder, &Recorder::recorded, &m_replay, &Replay::refresh);
  connect(&m_recorder, &Recorder::mended, this, &Document::writeTexts);
  connect(&m_recorder, &Recorder::setAside, this, [this](const QString& text) {
    Q_EMIT problem(QStringLiteral("history-damaged"), Sign::warning, text);
    Q_EMIT problemGone(QStringLiteral("history"));
    Q_EMIT problemGone(QStringLiteral("history-read"));
    m_replay.open(historyFile()); // the new one
  });
  connect(&m_replay, &Replay::shown, this, &Document::viewChanged);
  connect(&m_replay, &Replay::moved, this, &Document::replayMoved);
  connect(&m_replay, &Replay::overviewChanged, this, [this] {
    if (const auto& last = m_replay.last(); isHistory() && last) {
      m_before = last->before;
      m_after = last->after;
      show(m_before, m_after);
    } else if (last && last->after && m_after) {
      // Also what was proven without this window.
      auto all = newerOf(m_proofs, carried(last->after->proofs, *last->after, *m_after));
      if (all != m_proofs) {
        m_proofs = std::move(all);
        show(m_before, m_after, m_view.stale);
      }
    }
    forgetKeptTexts();
    Q_EMIT historyChanged();
    Q_EMIT writtenChanged();
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
  writeTexts();
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
  // Before it becomes m_after.
  const bool isNext = after && m_after && after != m_after && !m_proofs.empty();
  m_recorder.record(before, after, std::exchange(m_begins, m_interval.count() == 0),
                    isNext ? carried(m_proofs, *m_after, *after) : m_proofs);
}

void Document::addNote(const QString& text) {
  if (text.trimmed().isEmpty() || historyFile().isEmpty())
    return;
  if (!m_recorder.isOpen())
    m_recorder.open(historyFile()); // of a history that was only read so far
  m_recorder.add(noteOf(text, m_replay.at().value_or(topology::now())));
}

} // namespace whichbase::ui
