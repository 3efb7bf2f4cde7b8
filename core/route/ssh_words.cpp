#include "route/ssh_words.h"

#include <fmt/format.h>

#include <string_view>

namespace whichbase::route {
namespace {

constexpr std::string_view flags = "46aACgkKTtnXxYy";
constexpr std::string_view withValue = "BbceFIiJlmop";

struct Walk {
  const std::vector<std::string>& words;
  std::size_t at = 0;
  SshParts parts{};

  // One word of options, as getopt reads it: "-4C", "-p22" or "-p" and the next word.
  std::expected<void, std::string> option() {
    const std::string& word = words[at++];
    parts.options.push_back(word);
    for (std::size_t i = 1; i < word.size(); ++i) {
      const char letter = word[i];
      if (flags.find(letter) != std::string_view::npos)
        continue;
      if (withValue.find(letter) == std::string_view::npos)
        return std::unexpected(fmt::format("ssh's option -{} cannot be used in a route", letter));
      if (i + 1 < word.size())
        return {};
      if (at >= words.size())
        return std::unexpected(fmt::format("ssh's option -{} wants a value", letter));
      parts.options.push_back(words[at++]);
      return {};
    }
    return {};
  }
};

} // namespace

std::expected<SshParts, std::string> sshParts(const std::vector<std::string>& words) {
  Walk walk{words};
  // Like ssh itself: options may stand on both sides of the host.
  while (walk.at < words.size()) {
    const std::string& word = words[walk.at];
    if (word.size() > 1 && word.front() == '-' && word != "--") {
      if (const auto taken = walk.option(); !taken)
        return std::unexpected(taken.error());
      continue;
    }
    if (!walk.parts.destination.empty())
      break;
    if (word == "--" || word.empty() || word == "-")
      return std::unexpected(fmt::format("\"{}\" is no host for ssh", word));
    walk.parts.destination = word;
    ++walk.at;
  }
  if (walk.parts.destination.empty())
    return std::unexpected("\"ssh\" wants a host: \"ssh prod\"");
  walk.parts.remote.assign(words.begin() + static_cast<std::ptrdiff_t>(walk.at), words.end());
  return std::move(walk.parts);
}

} // namespace whichbase::route
