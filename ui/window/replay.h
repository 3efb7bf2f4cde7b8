// Plays a history back: reads it on a thread of its own, makes the view of any moment there, and knows where the
// scrubber is. While it is active the window shows a moment of the past and not the present.
#pragma once

#include "history/history.h"
#include "model/view.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace whichbase::ui {

class ReplaySession;

class Replay : public QObject {
  Q_OBJECT
public:
  explicit Replay(QObject* parent = nullptr);
  ~Replay() override; // waits for nothing

  // Reads that file as soon as it is there, and again whenever somebody wrote into it; empty: none.
  void open(const QString& historyFile);
  void refresh(); // somebody has just written into it

  // Null until the file was read.
  const std::shared_ptr<const history::Overview>& overview() const { return m_overview; }
  const std::optional<history::State>& last() const { return m_last; } // the newest state in it
  // What was written into the report, by the prompts' keys.
  const std::map<std::string, std::string>& written() const { return m_written; }

  bool active() const { return m_at || m_beforeAt; }
  std::optional<topology::UtcTime> at() const { return m_at; } // nothing: the present
  const View* view() const { return active() && m_view ? &*m_view : nullptr; }
  bool playing() const { return m_clock.isActive(); }

  void scrubTo(topology::UtcTime at); // as often as somebody likes: the latest wins
  void step(int direction);           // to the next event, or the one before
  void play(bool playing);
  void setSpeed(double speed) { m_speed = speed; } // seconds of the history a second
  // That moment stands as Before until leave(), or is shown as After, which is the same as scrubbing there.
  void choose(topology::UtcTime at, topology::Side side);
  void leave(); // back to the present
  // What stands as After while only Before was chosen.
  void setPresent(std::shared_ptr<const topology::Snapshot> after);

Q_SIGNALS:
  void overviewChanged();
  void failed(const QString& text); // the file cannot be read
  void mended();                    // it can, again
  void shown();                     // view() is another one; also when the present is back
  void moved();                     // at(), or whether it plays

private:
  void ask(); // for the view of what is wished for now, at most 30 times a second
  void deliver(const View& view);
  void advance();
  topology::UtcTime clamped(topology::UtcTime at) const;
  topology::UtcTime end() const; // of what is recorded

  std::shared_ptr<ReplaySession> m_session;
  std::shared_ptr<const history::Overview> m_overview;
  std::optional<history::State> m_last;
  std::map<std::string, std::string> m_written;
  std::optional<topology::UtcTime> m_at, m_beforeAt;
  std::shared_ptr<const topology::Snapshot> m_present;
  std::optional<View> m_view;
  QTimer m_pace;
  QTimer m_clock; // of playing
  QElapsedTimer m_sinceTick;
  double m_speed = 1;
};

} // namespace whichbase::ui
