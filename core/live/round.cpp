#include "live/round.h"

namespace whichbase::live {

std::vector<Answer> askAll(const std::vector<Question>& questions, const pg::Watchdog&) {
  std::vector<Answer> answers(questions.size());
  for (std::size_t at = 0; at < questions.size(); ++at)
    questions[at].session->query(questions[at].sql, questions[at].deadline, answers[at].rows, answers[at].error);
  return answers;
}

} // namespace whichbase::live
