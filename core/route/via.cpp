#include "route/via.h"

#include "route/ssh_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::route {
namespace {

constexpr std::string_view forms =
    R"("direct", "ssh HOST" or "command PROGRAM …", which joins its standard input and output to the database)";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// "ssh" and what stands behind it, where the text begins with that word.
bool takeWord(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word) || (text.size() > word.size() && text[word.size()] != ' ' && text[word.size()] != '\t'))
    return false;
  text = trimmed(text.substr(word.size()));
  return true;
}

std::expected<Via, std::string> parseSsh(std::string_view text) {
  auto words = shellWords(text);
  if (!words)
    return std::unexpected(fmt::format("\"ssh\" wants options and one host, in plain words: {}", words.error()));
  const auto parts = sshParts(*words);
  if (!parts)
    return std::unexpected(parts.error());
  if (!parts->remote.empty())
    return std::unexpected(fmt::format("\"ssh {}\" wants a host and nothing behind it; a command that runs there is "
                                       "written \"command ssh …\"",
                                       text));
  return Via{Via::Kind::ssh, std::move(*words), {}};
}

// A shell must take the host for one word, and no program for an option.
bool isOneWord(const std::string& host) {
  return !host.empty() && host.front() != '-' && shellQuoted(host) == host;
}

} // namespace

std::expected<Via, std::string> parseVia(std::string_view text) {
  std::string_view rest = trimmed(text);
  if (rest.empty())
    return Via{};
  if (rest.find('\0') != std::string_view::npos || rest.find('\n') != std::string_view::npos)
    return std::unexpected("a route is one line of text");
  if (rest == "direct")
    return Via{Via::Kind::direct, {}, {}};
  if (takeWord(rest, "ssh"))
    return parseSsh(rest);
  if (takeWord(rest, "command")) {
    if (rest.empty())
      return std::unexpected("\"command\" wants the command that joins its standard input and output to the database");
    if (const auto tried = expanded(rest, "host", 1); !tried)
      return std::unexpected(tried.error());
    return Via{Via::Kind::command, {}, std::string(rest)};
  }
  return std::unexpected(fmt::format("a route is {}", forms));
}

std::expected<std::string, std::string> expanded(std::string_view command, const std::string& host, int port) {
  std::string result;
  for (std::size_t at = 0; at < command.size(); ++at) {
    if (command[at] != '%') {
      result += command[at];
      continue;
    }
    const char what = ++at < command.size() ? command[at] : ' ';
    if (what == '%') {
      result += '%';
    } else if (what == 'p') {
      result += std::to_string(port);
    } else if (what == 'h' && isOneWord(host)) {
      result += host;
    } else if (what == 'h') {
      return std::unexpected(fmt::format("the host {} cannot stand in a command line", shellQuoted(host)));
    } else {
      return std::unexpected("in a command %h is the host, %p the port and %% a percent sign; any other % is refused");
    }
  }
  return result;
}

std::string nameOf(const Via& via) {
  constexpr std::size_t most = 60;
  switch (via.kind) {
  case Via::Kind::ssh: {
    const auto parts = sshParts(via.sshWords);
    return "ssh " + (parts ? parts->destination : std::string("?"));
  }
  case Via::Kind::command: {
    if (via.command.size() <= most)
      return via.command;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(via.command[end]) & 0xC0U) == 0x80U)
      --end; // never through the middle of a UTF-8 character
    return via.command.substr(0, end) + "…";
  }
  default:
    return "direct";
  }
}

} // namespace whichbase::route
