// What a survey's text becomes: candidates, and sentences on what is none.
#pragma once

#include "connection/connection_string.h"
#include "import/ssh_host.h"
#include "import/survey.h"
#include "import/survey_text.h"

namespace whichbase::imports {

// Of one container or process: more is no configuration.
inline constexpr std::size_t mostDatabases = 8;

// How a session gets from this computer to the address in a connection string, as its server would.
struct Way {
  std::string via;
  std::string resolve;
  std::vector<std::string> client;
  std::string note;
};

// From where ssh logs in: localhost is that computer.
Way wayFromHost(const SshHost& host, const connection::Parameters& parameters);
// As the container sees it: its localhost, the names on its networks, the names added to it.
Way wayFromContainer(const SshHost& host, const Engine& engine, const Container& container,
                     const connection::Parameters& parameters);

// What a server says of itself: its name, where its environment is read, and the way of a string found there.
struct Place {
  Candidate::Kind kind = Candidate::Kind::container;
  std::string name;
  std::string from;
  std::string note;
};
Candidate candidateOf(const SshHost& host, const Place& place, const Found& found, Way way);

// Without control characters, and short.
std::string shownText(std::string_view text);

void addContainers(const SurveyText& seen, const SshHost& host, Survey& survey);
void addProcesses(const SurveyText& seen, const SshHost& host, Survey& survey);

} // namespace whichbase::imports
