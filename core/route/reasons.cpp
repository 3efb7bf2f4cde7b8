#include "route/reasons.h"

#include "connection/connection_string.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace whichbase::route {
namespace {

constexpr std::size_t mostLines = 3;
constexpr std::size_t mostCharacters = 400;

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// What ssh says beside the reason, and frames drawn with @.
bool isNoise(std::string_view line) {
  static constexpr std::array noise{"Warning: Permanently added", "Pseudo-terminal will not be", "@@@@@@"};
  return line.empty() || std::ranges::any_of(noise, [&](const char* part) { return line.starts_with(part); });
}

std::string cleaned(std::string_view line) {
  std::string text;
  for (const char c : line)
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
      text += c;
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos)
    return {};
  text = text.substr(first, text.find_last_not_of(' ') - first + 1);
  // "/bin/sh: 1: nc: not found": which shell stumbled says nothing to the reader.
  for (const std::string_view shell : {"/bin/sh: ", "sh: "}) {
    if (!text.starts_with(shell))
      continue;
    text.erase(0, shell.size());
    if (const auto number = text.find(": ");
        number < 14 && (text.starts_with("line ") || (text[0] >= '0' && text[0] <= '9')))
      text.erase(0, number + 2);
  }
  return text;
}

std::string keyRemedy(const Via& via) {
  return fmt::format("If it is the right machine, log in once and accept its key: {}", Routes::loginCommand(via));
}

Problem changedKey(const std::string& name) {
  return {fmt::format("{}: its host key is not the one that is known: this may be another machine, or an attack", name),
          "Ask whoever runs that machine whether its key was changed. Only then remove the old key with ssh-keygen -R.",
          {},
          false};
}

Problem unknownKey(const Via& via, const std::string& name, const std::string& errors) {
  if (holds(errors, "you have requested strict checking"))
    return {fmt::format("{}: its host key is not known here, and ssh is told to accept no new one", name),
            "Put the machine's key into ~/.ssh/known_hosts.",
            {},
            false};
  return {fmt::format("{}: its host key is not known here", name), keyRemedy(via), Routes::loginCommand(via), false};
}

Problem loginRefused(const Via& via, const std::string& name, const std::string& errors) {
  std::string text = fmt::format("{}: {}", name, lastWords(errors));
  if (holds(errors, "UNPROTECTED PRIVATE KEY FILE"))
    return {
        std::move(text), "Others may read the private key, so ssh does not use it: chmod 600 that file.", {}, false};
  return {std::move(text),
          fmt::format("Check user and key. If it asks for a passphrase, a password or a second factor, log in once: {}",
                      Routes::loginCommand(via)),
          Routes::loginCommand(via), false};
}

std::string loginRemedy(const std::string& errors) {
  if (holds(errors, "Could not resolve hostname"))
    return "Check the host's name, and the Host entry in ~/.ssh/config.";
  if (holds(errors, "Connection refused") || holds(errors, "timed out") || holds(errors, "No route to host") ||
      holds(errors, "Network is unreachable"))
    return "Is the machine up, is its ssh server running, and is the way there (VPN, firewall) open?";
  if (holds(errors, "kex_exchange_identification") || holds(errors, "Connection reset") ||
      holds(errors, "Connection closed"))
    return "Its ssh server takes no new login at the moment, or none from here. Try again, or look into its log.";
  if (holds(errors, "Too many authentication failures"))
    return "ssh offered too many keys: set IdentityFile and IdentitiesOnly yes for this host in ~/.ssh/config.";
  return "Try the same by hand: ssh with what the route says.";
}

} // namespace

std::string lastWords(std::string_view errors) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= errors.size();) {
    const std::size_t end = std::min(errors.find_first_of("\r\n", at), errors.size());
    std::string line = cleaned(errors.substr(at, end - at));
    if (!isNoise(line) && (lines.empty() || lines.back() != line))
      lines.push_back(std::move(line));
    at = end + 1;
  }
  std::string text;
  for (std::size_t i = lines.size() - std::min(lines.size(), mostLines); i < lines.size(); ++i)
    text += (text.empty() ? "" : "; ") + lines[i];
  text = connection::redact(text);
  if (text.size() <= mostCharacters)
    return text;
  std::size_t begin = text.size() - mostCharacters;
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U)
    ++begin;
  return "…" + text.substr(begin);
}

Problem loginProblem(const Via& via, int exitCode, const std::string& errors) {
  const std::string name = nameOf(via);
  if (holds(errors, "REMOTE HOST IDENTIFICATION HAS CHANGED") || holds(errors, "REVOKED HOST KEY"))
    return changedKey(name);
  if (holds(errors, "Host key verification failed"))
    return unknownKey(via, name, errors);
  if (holds(errors, "Permission denied ("))
    return loginRefused(via, name, errors);
  const std::string words = lastWords(errors);
  return {words.empty() ? fmt::format("{} ended without a word (exit code {})", name, exitCode)
                        : fmt::format("{}: {}", name, words),
          loginRemedy(errors),
          {},
          false};
}

Problem forwardProblem(const Via& via, const std::string& host, int port, const std::string& reason) {
  const std::string name = nameOf(via);
  const std::string at = fmt::format("{}:{}", host, port);
  Problem problem;
  if (holds(reason, "administratively prohibited")) {
    problem.text = fmt::format("{}: its ssh server forbids forwarding to {}", name, at);
    problem.remedy = fmt::format("Allow it there (AllowTcpForwarding, PermitOpen), or use a program there: via = "
                                 "\"command ssh {} nc %h %p\"",
                                 name.substr(name.find(' ') + 1));
    return problem;
  }
  problem.where = Problem::Where::address;
  problem.remedy = "Is PostgreSQL running there, and is the port right?";
  if (holds(reason, "Connection refused")) {
    problem.text = fmt::format("connection refused by {} through {}", at, name);
  } else if (holds(reason, "not known") || holds(reason, "resol") || holds(reason, "No address associated")) {
    problem.where = Problem::Where::name;
    problem.text = fmt::format("no such host where {} leads: {}", name, host);
    problem.remedy = "Names are looked up there. Check the name; one that only a container network knows needs "
                     "resolve = \"…\", a command that prints its address.";
  } else if (reason.empty()) {
    problem.text = fmt::format("{}: its ssh server did not connect to {}", name, at);
  } else {
    problem.text = fmt::format("{} cannot be reached through {}: {}", at, name, lastWords(reason));
    problem.remedy = "Check the address: it is reached from there, not from this computer.";
  }
  return problem;
}

Problem commandProblem(const std::string& name, int exitCode, const std::string& errors) {
  const std::string words = lastWords(errors);
  std::string text = words.empty() ? fmt::format("\"{}\" ended without a word (exit code {})", name, exitCode)
                                   : fmt::format("\"{}\" ended: {}", name, words);
  constexpr int commandNotFound = 127;
  return {connection::redact(text),
          exitCode == commandNotFound ? "Is the program installed where the command runs it?"
                                      : "Run the command by hand to see why.",
          {},
          false};
}

Problem startProblem(const std::string& name, const std::string& sentence) {
  if (name.starts_with("ssh ") && holds(sentence, "not on PATH"))
    return {"ssh is not installed here, or not on PATH", "Install OpenSSH's client (openssh-client).", {}, false};
  return {connection::redact(sentence), "Check that the program can be run here.", {}, false};
}

Problem lateProblem(const std::string& name, const std::string& errors) {
  const std::string words = lastWords(errors);
  Problem problem;
  problem.text = connection::redact(words.empty() ? fmt::format("{} did not answer in time", name)
                                                  : fmt::format("{} did not answer in time; it said: {}", name, words));
  problem.remedy = "Run the same by hand: does it wait for somebody, or is the way there closed?";
  problem.timedOut = true;
  return problem;
}

Problem cancelledProblem() {
  return {"cancelled", "Probe again.", {}, true};
}

} // namespace whichbase::route
