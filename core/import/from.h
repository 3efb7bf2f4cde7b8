// What a project's `from` says: where a server's configuration lives. Read anew at every sweep.
#pragma once

#include "import/variables.h"

#include <filesystem>

namespace whichbase::imports {

struct From {
  enum class Kind { envFile, compose, kubernetes, service, command };
  Kind kind = Kind::envFile;
  std::vector<std::string>
      paths{};           // as written: one env file; one or more Compose files; files or folders of manifests
  std::string name{};    // Compose's service, Kubernetes' "deployment/backend", pg_service.conf's service
  std::string command{}; // for /bin/sh
  bool operator==(const From&) const = default;
};

// "env-file backend/.env" | "compose docker-compose.yml override.yml backend" | "kubernetes manifests/
// deployment/backend" | "service mydb" | "service /etc/pg_service.conf mydb" | "command ssh prod docker exec backend
// printenv"; paths with spaces in quotes. The error is a sentence without a file's name.
std::expected<From, std::string> parseFrom(std::string_view text);
// What parseFrom() reads back to the same parts.
std::string toText(const From& from);

// What the files say. Relative paths start at `folder`. A command is not run here: see read(From, printed).
struct Reading {
  Variables variables{};            // empty for a service
  std::string keyValues{};          // service: the libpq key/value string that the service stands for
  std::vector<std::string> asked{}; // what the variables' `asked` has, of those that tell of a database
};
std::expected<Reading, Error> read(const From& from, const std::filesystem::path& folder, const Lookup& lookup);

// The environment that a command printed: lines as of printenv, `export X='…'`, docker's JSON list, or NUL-separated as
// /proc/PID/environ is.
std::expected<Reading, Error> readPrinted(const From& from, std::string_view printed);

// The database that a reading tells of; `variable` may be empty.
std::expected<Found, Error> databaseOf(const Reading& reading, const From& from, std::string_view variable);

// Where pg_service.conf is looked for: ~/.pg_service.conf, then the system's. PGSERVICEFILE plays no part.
std::vector<std::filesystem::path> serviceFiles();

} // namespace whichbase::imports
