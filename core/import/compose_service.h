// One service of a Compose file: what is written there, and how Compose merges it with what it extends or overrides
// (compose-spec: 13-merge.md, 05-services.md). Values are not resolved yet.
#pragma once

#include "import/yaml.h"

#include <optional>

namespace whichbase::imports {

struct ComposeEntry {
  std::string name;
  std::optional<Value> value; // nothing: taken from the environment
  std::string where;
  std::shared_ptr<const Source> source{};
  bool isRemoved = false; // !reset
};

struct ComposeEnvFile {
  std::filesystem::path path;
  std::string shown; // as written
  std::string where;
  bool isRequired = true;
  bool isRaw = false;
  std::shared_ptr<const Source> source{};
};

struct ComposeSecretUse {
  std::string secret; // the name at the top
  std::string target; // the path in the container
};

struct ComposeService {
  std::string name{};
  std::string image{};
  std::string where{};
  std::vector<ComposeEntry> environment{};
  std::vector<ComposeEnvFile> envFiles{};
  std::vector<ComposeSecretUse> secrets{};
  bool isWhole = false;             // it has an image, a build or what it extends: it is no mere override
  bool replacesEnvironment = false; // !override, !reset: nothing of what it is merged into stays
  bool replacesEnvFiles = false;
};

// Of the service's map, `extends` left aside.
std::expected<ComposeService, Error> readComposeService(const std::string& name, const Yaml& service);

// `over` is laid over `base`: environments merged by name, files appended, the rest replaced.
ComposeService merged(ComposeService base, const ComposeService& over);

// A text of the file with its ${NAME} put in.
Value valueOf(const Yaml& scalar);
// The same for what says where to look: a path, a service's name. An error where it is not known.
std::expected<std::string, Error> known(const Yaml& scalar);

} // namespace whichbase::imports
