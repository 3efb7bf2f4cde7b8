#include "import/survey_candidates.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace whichbase::imports {
namespace {

// The variables that give PostgreSQL's image its first database name no host: they are the database's, not a server's.
bool isOfDatabaseItself(const Container& container, const Found& found) {
  if (!container.isPostgres)
    return false;
  const auto parsed = connection::parse(found.url);
  const auto endpoints =
      parsed.value ? connection::endpoints(parsed.value->parameters) : std::vector<connection::Endpoint>{};
  return endpoints.empty() || (endpoints.front().host.empty() && endpoints.front().hostaddr.empty());
}

void addContainer(const SshHost& host, const Engine& engine, const Container& container, Survey& survey) {
  Place place{Candidate::Kind::container,
              container.name,
              "command " + onHost(host, fmt::format("{} container inspect -f '{{{{json .Config.Env}}}}' {}",
                                                    engine.program, container.name)),
              {}};
  std::size_t count = 0;
  for (const auto& found : findDatabases(container.variables)) {
    if (isOfDatabaseItself(container, found) || ++count > mostDatabases)
      continue;
    const auto parsed = connection::parse(found.url);
    place.name = count == 1 ? container.name : container.name + " " + found.variable;
    auto way = parsed.value ? wayFromContainer(host, engine, container, parsed.value->parameters)
                            : Way{"ssh " + host.words, {}, {}, shownText(parsed.error.text)};
    survey.candidates.push_back(candidateOf(host, place, found, std::move(way)));
  }
}

std::string refusal(const Engine& engine, const SshHost& host) {
  return fmt::format(
      "{} on {} does not answer to this user: {} To see its containers, log in there as somebody who may "
      "use it: a member of its group, or root.",
      engine.program, host.name, shownText(connection::redact(engine.refused)));
}

} // namespace

void addContainers(const SurveyText& seen, const SshHost& host, Survey& survey) {
  std::vector<std::string> databases;
  int stopped = 0;
  for (const auto& engine : seen.engines) {
    if (!engine.refused.empty())
      survey.notes.push_back(refusal(engine, host));
    for (const auto& container : engine.containers) {
      if (container.isRunning && container.isPostgres)
        databases.push_back(container.name);
      if (container.isRunning)
        addContainer(host, engine, container, survey);
      else
        stopped += findDatabases(container.variables).empty() || container.isPostgres ? 0 : 1;
    }
  }
  std::ranges::sort(survey.candidates, {}, &Candidate::name);
  if (!databases.empty())
    survey.notes.push_back(fmt::format("PostgreSQL itself runs in {} there: {}.",
                                       databases.size() == 1 ? "a container" : "containers",
                                       fmt::join(databases, ", ")));
  if (stopped > 0)
    survey.notes.push_back(fmt::format("{} with a database variable {} not running and {} left out.",
                                       stopped == 1 ? "A container" : fmt::format("{} containers", stopped),
                                       stopped == 1 ? "is" : "are", stopped == 1 ? "was" : "were"));
  if (seen.engines.empty())
    survey.notes.push_back(fmt::format("There is neither docker nor podman on {}.", host.name));
  if (seen.unreadable > 0)
    survey.notes.push_back(fmt::format("{} could not be read and {} left out.",
                                       seen.unreadable == 1
                                           ? "The description of a container"
                                           : fmt::format("The descriptions of {} containers", seen.unreadable),
                                       seen.unreadable == 1 ? "was" : "were"));
  if (seen.moreContainers)
    survey.notes.emplace_back("There are more than 500 containers: only the first were looked at.");
}

} // namespace whichbase::imports
