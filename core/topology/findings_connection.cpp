#include "topology/findings.h"
#include "topology/standpoint.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace whichbase::topology {

namespace {

constexpr std::size_t shown = 4;

struct Alike {
  std::string text;
  std::vector<const Server*> servers;
};

// Servers by what `textOf` says of them; those of which it says nothing are left out.
std::vector<Alike> alikeBy(const View& view, const std::function<std::string(const Server&)>& textOf) {
  std::vector<Alike> groups;
  for (const Server& server : view.snapshot().servers) {
    const std::string text = textOf(server);
    if (text.empty())
      continue;
    auto at = std::ranges::find(groups, text, &Alike::text);
    if (at == groups.end())
      at = groups.insert(groups.end(), {text, {}});
    at->servers.push_back(&server);
  }
  return groups;
}

std::string withStop(std::string sentence) {
  if (!sentence.empty() && sentence.back() != '.')
    sentence += '.';
  return sentence;
}

void addReadDifferently(Findings& findings, const View& view) {
  for (const Alike& each : alikeBy(view, [](const Server& server) { return server.connection.readDifferently; }))
    findings.push_back(
        {"url-read-differently", Severity::warning, View::names(each.servers), "Drivers read the URL differently",
         fmt::format("{} Configured for {}.", withStop(each.text), someOf(View::names(each.servers), shown)),
         "Copy the safe URL from Connections into the configuration: user name and password are escaped in it."});
}

void addIncomplete(Findings& findings, const View& view) {
  for (const Alike& each : alikeBy(view, [](const Server& server) { return inWords(server.connection.lacks); })) {
    const auto names = View::names(each.servers);
    findings.push_back({"incomplete-connection-string", Severity::warning, names,
                        fmt::format("The connection string of {} leaves open: {}", someOf(names, 2), each.text),
                        "What it leaves open comes from each machine's own environment, so that one string may lead to "
                        "different databases.",
                        fmt::format("Write {} into the connection string.", each.text)});
  }
}

void addPasswordInFile(Findings& findings, const View& view) {
  for (const Alike& each : alikeBy(view, [](const Server& server) -> std::string {
         return server.connection.passwordInProjectFile ? "yes" : "";
       })) {
    const auto names = View::names(each.servers);
    findings.push_back(
        {"password-in-project-file", Severity::warning, names, "A password stands in the project file",
         fmt::format("The connection string of {} holds its password in plain text.", someOf(names, shown)),
         "Replace it by a variable such as ${PASSWORD}, and change the password if the file was shared."});
  }
}

void addUnencrypted(Findings& findings, const View& view) {
  for (const Alike& each : alikeBy(view, [](const Server& server) -> std::string {
         return server.reached() && !server.encrypted && !staysOnItsMachine(server.connection.host) ? "yes" : "";
       })) {
    const auto names = View::names(each.servers);
    findings.push_back({"unencrypted", Severity::info, names, fmt::format("{} connected without TLS", someOf(names, 2)),
                        "Whoever listens on the way reads what is sent.",
                        "Turn TLS on in PostgreSQL and set sslmode=verify-full in the connection string."});
  }
}

} // namespace

void addConnectionFindings(Findings& findings, const View& view) {
  addReadDifferently(findings, view);
  addIncomplete(findings, view);
  addPasswordInFile(findings, view);
  addUnencrypted(findings, view);
}

} // namespace whichbase::topology
