// Something that may take long, done beside the loop that wants it.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace whichbase::live {

// Runs `work` on a thread of its own and calls `onDone` there when it has ended. Destroying it asks the work to stop
// and waits for it.
template <class T>
class Task {
public:
  Task(std::function<T(std::stop_token)> work, std::function<void()> onDone)
      : m_thread([this, work = std::move(work), onDone = std::move(onDone)](const std::stop_token& stop) {
          m_result.emplace(work(stop));
          m_done = true;
          onDone();
        }) {}

  bool isDone() const { return m_done; }
  void requestStop() { m_thread.request_stop(); }
  T take() { // once, when it is done
    m_thread.join();
    return std::move(*m_result);
  }

private:
  std::optional<T> m_result;
  std::atomic<bool> m_done{false};
  std::jthread m_thread; // declared last: it uses the rest
};

} // namespace whichbase::live
