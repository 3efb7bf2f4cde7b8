// The answer for people and for programs.
#include "verify/can_stop.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace whichbase::verify {
namespace {

using nlohmann::ordered_json;

void addList(std::string& text, const std::string& head, const std::vector<std::string>& lines) {
  if (lines.empty())
    return;
  text += "\n" + head + "\n";
  for (const std::string& line : lines)
    text += "  - " + line + "\n";
}

std::vector<std::string> textsOf(const std::vector<StopReason>& reasons) {
  std::vector<std::string> texts;
  texts.reserve(reasons.size());
  for (const StopReason& reason : reasons)
    texts.push_back(reason.text);
  return texts;
}

std::string headline(const StopAnswer& answer) {
  if (!answer.asked)
    return fmt::format("Not known: {} could not be asked ({}).", answer.database, answer.notAsked);
  return answer.against.empty() ? "Nothing was found against it." : "No.";
}

ordered_json listOf(const std::vector<StopReason>& reasons) {
  ordered_json list = ordered_json::array();
  for (const StopReason& reason : reasons)
    list.push_back({{"code", reason.code}, {"text", reason.text}});
  return list;
}

} // namespace

std::string toText(const StopAnswer& answer) {
  std::string text = fmt::format("Can {} be switched off? {}\n", answer.name, headline(answer));
  const std::string known =
      answer.asked ? "Against it:" : "Against it, as far as it was recorded and as the other databases say now:";
  addList(text, known, textsOf(answer.against));
  addList(text, "To know before:", textsOf(answer.beside));
  addList(text, "Looked at:", answer.lookedAt);
  addList(text, "Could not be looked at:", answer.couldNotLook);
  if (!answer.dumpCommand.empty()) {
    text += fmt::format("\nTake this dump first; Whichbase does not run it:\n  {}\n", answer.dumpCommand);
    for (const std::string& note : answer.dumpNotes)
      text += "  - " + note + "\n";
  }
  return text;
}

std::string toJson(const StopAnswer& answer) {
  ordered_json json;
  json["format"] = "whichbase/can-stop";
  json["version"] = 1;
  json["database"] = answer.database;
  json["name"] = answer.name;
  json["at"] = topology::toIso8601(answer.at);
  json["answer"] = !answer.asked ? "not-asked" : answer.against.empty() ? "nothing-found" : "no";
  json["not_asked"] = answer.asked ? ordered_json() : ordered_json(answer.notAsked);
  json["against"] = listOf(answer.against);
  json["beside"] = listOf(answer.beside);
  json["looked_at"] = answer.lookedAt;
  json["could_not_look"] = answer.couldNotLook;
  json["dump"] = answer.dumpCommand.empty()
                     ? ordered_json()
                     : ordered_json{{"command", answer.dumpCommand}, {"notes", answer.dumpNotes}};
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace whichbase::verify
