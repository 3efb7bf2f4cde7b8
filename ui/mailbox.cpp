#include "mailbox.h"

#include <QObject>

#include <atomic>
#include <thread>
#include <utility>

namespace whichbase::ui {

namespace {
std::atomic<int> alive{0};
}

void Mailbox::post(std::function<void()> what) {
  const std::lock_guard lock(m_mutex);
  if (m_receiver)
    QMetaObject::invokeMethod(m_receiver, std::move(what), Qt::QueuedConnection);
}

void Mailbox::close() {
  const std::lock_guard lock(m_mutex);
  m_receiver = nullptr;
}

void launchThread(std::function<void()> body) {
  ++alive;
  std::thread([body = std::move(body)]() mutable {
    body();
    body = nullptr; // what it holds must be gone before this thread counts as ended
    --alive;
  }).detach();
}

int threadsLaunched() {
  return alive.load();
}

} // namespace whichbase::ui
