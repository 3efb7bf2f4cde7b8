// Writes what is seen of a project into its history, on one thread of its own, in the order in which it was seen.
// Never blocks the window; a slow disk only lets states that were followed at once by newer ones fall away.
#pragma once

#include "history/history.h"
#include "mailbox.h"

#include <QObject>

namespace whichbase::ui {

class Recorder : public QObject {
  Q_OBJECT
public:
  explicit Recorder(QObject* parent = nullptr);
  ~Recorder() override; // what waits is still written; waits for that, 2 s at most

  // Records into that file from now on; empty: nowhere. The file is made with the first thing to write, and what was
  // open before is written to its end.
  void open(const QString& historyFile);
  bool isOpen() const { return m_session != nullptr; }

  using SnapshotPtr = std::shared_ptr<const topology::Snapshot>;
  // Either may be null. `begins`: nobody watched between the last sighting and this one. `proofs`: with the letters of
  // `after`, what was proven beyond the sweep; kept with that state, and so told again when it is replayed.
  void record(const SnapshotPtr& before, const SnapshotPtr& after, bool begins, const topology::Proofs& proofs = {});
  void add(const history::Event& event);
  void keepMoment(topology::UtcTime at, const QString& reason);
  // Of the report; written as often as somebody types, only the latest one counts.
  void setText(const std::string& key, const std::string& text);

Q_SIGNALS:
  void recorded();                  // the file says something new
  void failed(const QString& text); // once, until something else is wrong
  void mended();                    // writing works again
  void setAside(const QString& text);

private:
  struct Session;
  struct Job;
  static void work(const std::shared_ptr<Session>& session);
  void queue(Job job);

  std::shared_ptr<Mailbox> m_mailbox;
  std::shared_ptr<Session> m_session;
};

} // namespace whichbase::ui
