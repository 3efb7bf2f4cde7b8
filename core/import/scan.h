// Finds the servers that configuration files speak of, and makes a project of them: one server per service that has a
// database configured, its passwords left as ${NAME}.
#pragma once

#include "import/variables.h"
#include "project/project.h"

#include <filesystem>
#include <stop_token>

namespace whichbase::imports {

// One server found.
struct Item {
  project::Server
      server; // `from` and `variable` set, or, where the password is not to be read from there, `url` with ${NAME}
  std::string masked; // its connection string, masked
  std::string origin; // "docker-compose.yml: service backend, DATABASE_URL"
  std::string note; // what to mend before it can be probed: "postgres is a name of Compose's own network: add via"; may
                    // be empty
  bool operator==(const Item&) const = default;
};

struct Scan {
  std::vector<Item> items;
  std::vector<std::string> problems; // files that could not be followed: sentences with file and line
  int filesRead = 0;
};

// Files are read whatever their names; folders are walked (no .git, node_modules and the like; at most 10,000 files and
// 8 levels) for .env files, Compose files, Kubernetes manifests and pg_service.conf. Paths in the items are relative to
// `projectFolder` where they can be.
Scan scan(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& projectFolder,
          std::stop_token stop = {});

// The project of the items; names are made unique.
project::Project projectOf(const std::vector<Item>& items, const std::string& title);

} // namespace whichbase::imports
