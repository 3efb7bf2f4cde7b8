#include "live/round.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace whichbase::live {
namespace {

// A server that hangs holds one of them up until its deadline.
constexpr std::size_t threadsAtMost = 16;

} // namespace

std::vector<Answer> askAll(const std::vector<Question>& questions) {
  std::vector<Answer> answers(questions.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t at = next++; at < questions.size(); at = next++)
      questions[at].session->query(questions[at].sql, questions[at].deadline, answers[at].rows, answers[at].error);
  };
  std::vector<std::jthread> threads;
  for (std::size_t more = 1; more < std::min(threadsAtMost, questions.size()); ++more)
    threads.emplace_back(work);
  work();
  threads.clear();
  return answers;
}

} // namespace whichbase::live
