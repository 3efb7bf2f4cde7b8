#include "import/ssh_host.h"

#include "route/ssh_words.h"
#include "route/via.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace whichbase::imports {
namespace {

// "me@prod" and "ssh://me@prod:22" are shown as "prod".
std::string shownName(std::string_view destination) {
  constexpr std::string_view scheme = "ssh://";
  const bool isUrl = destination.starts_with(scheme);
  destination.remove_prefix(isUrl ? scheme.size() : 0);
  const auto at = destination.rfind('@');
  destination.remove_prefix(at == std::string_view::npos ? 0 : at + 1);
  return std::string(destination.substr(0, isUrl ? destination.find_first_of(":/") : destination.size()));
}

} // namespace

std::expected<SshHost, std::string> readSshHost(const std::string& typed) {
  const auto wrong = [](std::string_view why) {
    return std::unexpected(
        fmt::format("{}: type what you would type behind \"ssh\", such as prod or \"-p 2222 me@prod\".", why));
  };
  auto text = std::string_view(typed).substr(std::min(typed.find_first_not_of(' '), typed.size()));
  text.remove_prefix(text.starts_with("ssh ") ? 4 : 0);
  if (std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return wrong("An ssh host holds no control characters");
  const auto via = route::parseVia(fmt::format("ssh {}", text));
  if (!via)
    return wrong(via.error());
  const auto parts = route::sshParts(via->sshWords);
  if (!parts)
    return wrong(parts.error());
  SshHost host{{}, shownName(parts->destination)};
  for (const auto& word : via->sshWords)
    host.words += (host.words.empty() ? "" : " ") + route::shellQuoted(word);
  return host;
}

std::string onHost(const SshHost& host, std::string_view remote) {
  // Double quotes where they change nothing: people read these lines.
  const bool readable =
      remote.find('\'') != std::string_view::npos && remote.find_first_of("\"\\$`") == std::string_view::npos;
  return fmt::format("ssh {} {}", host.words, readable ? fmt::format("\"{}\"", remote) : route::shellQuoted(remote));
}

} // namespace whichbase::imports
