// One history that is being replayed: its file, open for reading on a thread of its own. The latest wish wins.
#pragma once

#include "history/history.h"
#include "mailbox.h"
#include "model/view.h"

#include <QString>

#include <condition_variable>

namespace whichbase::ui {

class ReplaySession {
public:
  struct Reading {
    std::shared_ptr<const history::Overview> overview;
    std::optional<history::State> last;
    std::map<std::string, std::string> written; // into the report, by the prompts' keys
  };
  // Which moment to show. Without `at` it is `presentAfter`, with another moment as Before.
  struct Wish {
    std::optional<topology::UtcTime> at;
    std::optional<topology::UtcTime> beforeAt;
    std::shared_ptr<const topology::Snapshot> presentAfter;
  };
  // Called on the receiver's thread.
  struct Receiver {
    std::function<void(const Reading&)> read;
    std::function<void(const QString&)> failed; // once, until something else is wrong
    std::function<void()> mended;               // it can be read again
    std::function<void(const View&)> made;
  };

  static std::shared_ptr<ReplaySession> start(std::filesystem::path file, QObject* object, Receiver receiver);
  void close(); // nothing is called any more; waits for nothing
  void refresh();
  void wish(Wish wish);

private:
  ReplaySession(std::filesystem::path file, QObject* object, Receiver receiver);
  void work();
  bool openFile(); // false while it is not there or cannot be read
  void read();
  void fail(const std::string& text);
  void make(const Wish& wish);
  std::optional<history::State> stateAt(topology::UtcTime at);

  const std::filesystem::path m_file;
  const std::shared_ptr<Mailbox> m_mailbox;
  const std::shared_ptr<const Receiver> m_receiver;

  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::optional<Wish> m_wish;
  bool m_refresh = true, m_closing = false;

  // Of the thread alone.
  std::unique_ptr<history::History> m_history;
  std::optional<std::int64_t> m_version; // of m_history, as far as it was read
  std::string m_problem;
  std::chrono::steady_clock::time_point m_nextReading;
  std::optional<std::pair<topology::UtcTime, std::shared_ptr<const topology::Snapshot>>> m_before; // chosen last
};

} // namespace whichbase::ui
