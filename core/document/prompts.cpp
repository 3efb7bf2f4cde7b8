#include "document/prompts.h"

#include <algorithm>
#include <array>

namespace whichbase::document {
namespace {

struct Question {
  std::string_view key;
  std::string_view text;
};

// In the order of the report. The keys are in written reports and in incidents' files: they never change.
constexpr std::array questions{
    Question{"impact", "Who was affected, what could they not do, and how did they notice?"},
    Question{"causes", "What else contributed: how did the configurations come to differ, and what hid it?"},
    Question{"went-well", "What went well, and where was it luck?"},
    Question{"lessons", "What would have shown this sooner, and what would have made it harmless?"},
    Question{"actions", "What will be done? One action a line, with its owner, its ticket and a date."},
};

} // namespace

Prompt promptOf(std::string_view key, const Incident& incident) {
  const auto* question = std::ranges::find(questions, key, &Question::key);
  const auto written = incident.written.find(std::string(key));
  return {std::string(key), question == questions.end() ? std::string() : std::string(question->text),
          written == incident.written.end() ? std::string() : written->second};
}

std::vector<Prompt> promptsOf(const Incident& incident) {
  std::vector<Prompt> prompts;
  for (const Question& question : questions)
    prompts.push_back(promptOf(question.key, incident));
  return prompts;
}

} // namespace whichbase::document
