// Threads that nobody waits for, and where their results go: to the GUI thread, while somebody there wants them.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

class QObject;

namespace whichbase::ui {

class Mailbox {
public:
  explicit Mailbox(QObject* receiver) : m_receiver(receiver) {}
  // Called on any thread; `what` runs on the receiver's, or never where that is gone.
  void post(std::function<void()> what);
  void close(); // by the receiver's destructor

private:
  std::mutex m_mutex;
  QObject* m_receiver;
};

// Runs on a thread of its own, which ends by itself and keeps only what `body` holds.
void launchThread(std::function<void()> body);
int threadsLaunched(); // that have not ended yet

} // namespace whichbase::ui
