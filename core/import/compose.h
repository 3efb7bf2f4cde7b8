// Compose files as Compose reads them: several files, extends, include, .env, env_file and secrets.
#pragma once

#include "import/compose_service.h"

namespace whichbase::imports {

struct ComposeSecret {
  std::filesystem::path file{}; // one of these two, or neither: made elsewhere
  std::string variable{};
  std::string where{};
  std::shared_ptr<const Source> source{};
};

struct Compose {
  std::vector<ComposeService> services; // in order of appearance
  std::vector<std::pair<std::string, ComposeSecret>> secrets;
  std::shared_ptr<const Source> source;       // of the first file
  std::vector<std::filesystem::path> drawnIn; // files that are included or extended
};

// The first file's folder is the project's: .env is looked for there, and relative paths of every file start there. An
// error names file and line.
std::expected<Compose, Error> loadCompose(const std::vector<std::string>& files, const std::filesystem::path& folder,
                                          const Lookup& lookup);

// The environment that a service's container is started with. What cannot be known is a problem of its variable; what
// Compose itself would refuse is an error. Variables that name a Compose secret's file (POSTGRES_PASSWORD_FILE) bring
// the variable that the file stands for.
std::expected<Variables, Error> environmentOf(const Compose& compose, const ComposeService& service,
                                              const std::filesystem::path& folder);

// loadCompose() and environmentOf(), and where there is no such service, which ones there are.
std::expected<Variables, Error> readCompose(const std::vector<std::string>& files, const std::string& service,
                                            const std::filesystem::path& folder, const Lookup& lookup);

} // namespace whichbase::imports
