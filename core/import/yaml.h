// YAML as values that remember where they stand: aliases and merge keys followed, and bounded, whatever a file makes of
// them.
#pragma once

#include "import/interpolation.h"

#include <filesystem>
#include <memory>

namespace whichbase::imports {

// The file that a value stands in, and what counts for all in it.
struct Source {
  std::string shown{};              // how it is called in errors
  std::filesystem::path base{};     // where relative paths in it start
  std::vector<std::string> asked{}; // what each value from it asks for: "files in FOLDER"
  Scope environment{};              // what ${NAME} in it stands for
};

struct Yaml;
using YamlPointer = std::shared_ptr<const Yaml>;

struct YamlEntry {
  std::string key;
  YamlPointer value; // never null
};

struct Yaml {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  int line = 0;
  bool isPlain = false;             // a scalar without quotes: true, 5432
  std::string tag{};                // "!reset", "!override"; empty for the usual ones
  std::string text{};               // of a scalar
  std::vector<YamlPointer> items{}; // of a list
  std::vector<YamlEntry> entries{}; // of a map: each key once, those of merge keys behind the map's own
  std::shared_ptr<const Source> source{};

  // The value of a key; nullptr where there is none, and where this is no map.
  const Yaml* at(std::string_view key) const;
  // The scalar that stands there; empty where none does.
  std::string textAt(std::string_view key) const;
  std::string where() const; // "docker-compose.yml:12"
};

// The documents of a text. Errors: what is no YAML, an anchor inside itself, a key twice, more than 200,000 values.
std::expected<std::vector<YamlPointer>, Error> parseYaml(const std::string& text,
                                                         const std::shared_ptr<const Source>& source);

// A plain scalar that YAML reads as another number than is written: 0123, 0x1f, 1_000, 1e3, 1.0.
bool isOtherNumber(const Yaml& value);

Error errorAt(const Yaml& value, std::string_view what);

} // namespace whichbase::imports
