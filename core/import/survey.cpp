#include "import/survey.h"

#include "import/survey_candidates.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::imports {
namespace {

constexpr std::size_t mostShown = 300; // characters

std::string joined(const std::string& one, const std::string& other) {
  return one + (one.empty() || other.empty() ? "" : " ") + other;
}

bool isTaken(const project::Project& project, const std::string& name) {
  return std::ranges::find(project.servers, name, &project::Server::name) != project.servers.end();
}

} // namespace

std::string shownText(std::string_view text) {
  std::string shown(text.substr(0, mostShown));
  std::ranges::replace_if(shown, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  return shown.size() < text.size() ? shown + "…" : shown;
}

Way wayFromHost(const SshHost& host, const connection::Parameters& parameters) {
  Way way{"ssh " + host.words, {}, {}, {}};
  const auto endpoints = connection::endpoints(parameters);
  const bool hasHost = !endpoints.empty() && !(endpoints.front().host + endpoints.front().hostaddr).empty();
  if (!hasHost || (endpoints.front().hostaddr.empty() && endpoints.front().host.find_first_of("/@") == 0))
    way.note =
        fmt::format("It leads to a Unix socket on {}, which ssh does not reach: where that PostgreSQL listens on "
                    "TCP too, give the server a url with that address.",
                    host.name);
  return way;
}

Candidate candidateOf(const SshHost& host, const Place& place, const Found& found, Way way) {
  Candidate candidate;
  candidate.kind = place.kind;
  candidate.name = place.name;
  candidate.variable = found.variable;
  candidate.masked = shownText(connection::mask(found.url));
  candidate.note = joined(joined(way.note, place.note), shownText(joined(found.problem, found.passwordProblem)));
  candidate.server.name = place.name;
  candidate.server.address = host.name;
  candidate.server.client = std::move(way.client);
  candidate.server.present = project::ConnectionSpec{{}, std::move(way.via)};
  candidate.server.present->from = place.from;
  candidate.server.present->variable = found.variable;
  candidate.server.present->resolve = std::move(way.resolve);
  return candidate;
}

std::expected<Survey, std::string> readSurvey(std::string_view printed, const std::string& sshWords) {
  const auto host = readSshHost(sshWords);
  if (!host)
    return std::unexpected(host.error());
  const auto seen = readSurveyText(printed);
  if (!seen)
    return std::unexpected(
        fmt::format("{} did not run the survey: it needs a POSIX shell there. See what \"ssh {} sh\" does.", host->name,
                    host->words));
  Survey survey;
  survey.host = host->name;
  addContainers(*seen, *host, survey);
  addProcesses(*seen, *host, survey);
  if (seen->isCut)
    survey.notes.emplace_back("The answer was cut short: there may be more than is listed.");
  return survey;
}

std::vector<std::string> addServers(project::Project& project, const std::vector<Candidate>& chosen) {
  std::vector<std::string> sentences;
  for (const auto& candidate : chosen) {
    auto server = candidate.server;
    const auto same = std::ranges::find_if(project.servers, [&](const project::Server& other) {
      return other.present && other.present->from == server.present->from &&
             other.present->variable == server.present->variable;
    });
    if (same != project.servers.end()) {
      sentences.push_back(
          fmt::format("{} is in the project already, as {}; it was left as it is.", server.name, same->name));
      continue;
    }
    const auto name = server.name;
    for (int i = 1; isTaken(project, server.name); ++i)
      server.name = fmt::format("{} on {}{}", name, server.address, i == 1 ? "" : fmt::format(" ({})", i));
    if (server.name != name)
      sentences.push_back(fmt::format("The project has another {}: this one is called {}.", name, server.name));
    project.servers.push_back(std::move(server));
  }
  return sentences;
}

} // namespace whichbase::imports
