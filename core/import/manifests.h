// Kubernetes manifests: the objects in files and folders, Kustomize's plain bases and generators included.
#pragma once

#include "import/yaml.h"

namespace whichbase::imports {

struct Manifest {
  std::string kind; // in lower case: "deployment"
  std::string name;
  std::string space; // its namespace; empty where it is given on applying
  YamlPointer object{};
};

struct Manifests {
  std::vector<Manifest> objects;
  std::vector<Error> unread; // files in the folders that could not be followed
  std::string shown;         // how the paths are called in errors
  int filesRead = 0;

  // Of a kind and name, as seen from a namespace.
  const Manifest* find(std::string_view kind, std::string_view name, std::string_view space) const;
};

// Files as they are; folders with what is below them (*.yaml, *.yml, *.json), a kustomization.yaml in one saying what
// belongs to it. An error names the file among `paths` that cannot be read at all.
std::expected<Manifests, Error> loadManifests(const std::vector<std::string>& paths,
                                              const std::filesystem::path& folder);

} // namespace whichbase::imports
