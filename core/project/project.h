// The project file: what an engineer says about servers and their databases. Values, read from and written to TOML.
#pragma once

#include "topology/snapshot.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whichbase::project {

// A sentence that names file, line, column and what was expected: "tovplay.whichbase.toml:7:1: unknown key …".
struct Error {
  std::string text;
  bool operator==(const Error&) const = default;
};

// How a server is configured on one side, everything as written. Either `url` or `from` says what its connection
// string is.
struct ConnectionSpec {
  std::string url; // holds ${NAME} as written; nothing is substituted here
  std::string via; // a route (route/via.h): empty, "direct", "ssh HOST" or "command …"
  // Where the configuration lives (import/from.h): "env-file PATH", "compose FILE… SERVICE", "kubernetes PATH
  // WORKLOAD", "service NAME" or "command …"; paths are relative to the project file.
  std::string from{};
  std::string variable{};        // with `from`: the name of the variable, where it is not one of the usual ones
  std::string resolve{};         // a command that prints the address to use for the string's host
  std::string passwordCommand{}; // password_command: prints the password as its first line
  bool operator==(const ConnectionSpec&) const = default;
};

struct Server {
  std::string name;
  std::string address;
  std::string environment;
  topology::Role role = topology::Role::unstated;
  std::optional<ConnectionSpec> present; // the after side
  std::optional<ConnectionSpec> before;
  std::vector<std::string> client;
  bool operator==(const Server&) const = default;
};

struct Project {
  std::string title;
  std::string symptom;
  std::string users; // the relation counted, as written; empty: looked for
  std::vector<Server> servers;
  std::vector<topology::Label> labels;
  std::string beforeSnapshot; // path as written, relative to the file; empty: none
  // It has a before side: some server has one, or a snapshot is named.
  bool hasBefore() const;
  bool operator==(const Project&) const = default;
};

std::expected<Project, Error> parse(std::string_view toml, const std::string& fileName);
std::expected<Project, Error> load(const std::filesystem::path& file);

// TOML that parse() reads back to an equal project, in the order and form of the contract's example.
std::string toToml(const Project& project);
// Writes by rename, so that the old file stays whole when the disk is full.
std::expected<void, Error> save(const Project& project, const std::filesystem::path& file);

// The text with each ${NAME} replaced by `lookup(NAME)`. The error names the first one that has no value.
//
// A ${NAME} is a value, not syntax, where a value stands: as (a part of) the user name or password of a URL it is
// always percent-encoded, so give the plain password, whatever characters it holds; in a key/value string it is escaped
// as libpq wants it. Elsewhere in a URL (host, port, database, parameters but the secret ones), and where it is the
// whole string (${DATABASE_URL}), it is taken as it is. Values are not looked into for more ${NAME}.
std::expected<std::string, Error>
substitute(std::string_view text, const std::function<std::optional<std::string>(const std::string&)>& lookup);
// The names in ${NAME}, in order, each once.
std::vector<std::string> variables(std::string_view text);

} // namespace whichbase::project
