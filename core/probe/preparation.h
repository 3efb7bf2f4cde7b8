// One connection of a project made ready: its configuration read, its password and its address found.
#pragma once

#include "probe/plan.h"
#include "probe/run_commands.h"
#include "project/configured.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace whichbase::probe {

// What to visit for one connection, and what to show of it.
struct Prepared {
  Target target;
  topology::MaskedConnection shown;
  bool lookedFromHere = false;
  PasswordKey key; // empty where the target may not be visited
};

// The commands that have to be run before the connection can be made ready.
std::set<std::string> commandsFor(const project::ConnectionSpec& spec, const SecretLookup& secret);

// Makes connections ready, for one side and one moment: files are read once, and what the commands printed is given.
class Preparation {
public:
  Preparation(const Sources& sources, std::map<std::string, Printed> printed)
      : m_sources(sources), m_printed(std::move(printed)) {}

  Prepared prepare(const project::ConnectionSpec& spec, const std::string& server);

  // Every password seen so far.
  const std::vector<std::string>& secrets() const { return m_secrets; }

private:
  using Text = std::expected<project::Configured, topology::Failure>;
  Text textOf(const project::ConnectionSpec& spec);
  Text printedText(const project::ConnectionSpec& spec, const imports::From& from);
  Text textInFiles(const project::ConnectionSpec& spec, const imports::From& from);
  std::optional<topology::Failure> notAgreed(const std::vector<project::SecretUse>& uses,
                                             const project::ConnectionSpec& spec) const;
  std::optional<topology::Failure> aim(const project::ConnectionSpec& spec, const std::string& server,
                                       const connection::ConnectionString& connection, Prepared& prepared);
  std::optional<topology::Failure> complete(const project::ConnectionSpec& spec, bool masked, Prepared& prepared);
  std::optional<topology::Failure> findPassword(const project::ConnectionSpec& spec, Prepared& prepared);
  bool usePasswordFile(const project::ConnectionSpec& spec, Prepared& prepared);
  void usePassword(Prepared& prepared, const std::string& password, const std::string& from);
  std::optional<topology::Failure> resolve(const project::ConnectionSpec& spec, Prepared& prepared) const;
  const Printed& printedBy(const std::string& command) const;

  const Sources& m_sources;
  std::map<std::string, Printed> m_printed;
  std::map<std::tuple<std::string, std::string, std::string>, Text> m_files; // by from, variable and via
  std::vector<std::string> m_secrets;
};

} // namespace whichbase::probe
