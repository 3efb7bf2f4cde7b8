#include "model/environment_words.h"

namespace whichbase::ui {

std::map<std::string, std::string> environmentWords(const View& view, const EnvironmentLooks& looks) {
  std::map<std::string, std::string> words;
  for (const auto& side : {view.before, view.after})
    if (side)
      for (const auto& server : side->servers)
        if (!server.environment.empty())
          words.try_emplace(server.environment, wordOf(looks, server.environment));
  return words;
}

} // namespace whichbase::ui
