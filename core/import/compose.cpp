#include "import/compose.h"

#include "import/env_file.h"
#include "import/merge_asked.h"
#include "import/text_file.h"
#include "project/nearest_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

namespace whichbase::imports {

namespace {

namespace fs = std::filesystem;
using Kind = Yaml::Kind;

constexpr std::size_t mostFiles = 100; // included or extended, all together
constexpr std::size_t deepest = 50;
constexpr std::size_t mostValues = 1000000; // that are merged, all together

// One file of the project, or included by one.
struct File {
  fs::path path;
  YamlPointer root;
};

class Loader {
public:
  Loader(const fs::path& folder, const Lookup& lookup) : m_folder(folder), m_lookup(lookup) {}

  std::expected<Compose, Error> load(const std::vector<std::string>& files) {
    std::vector<fs::path> paths;
    for (const auto& file : files) {
      paths.push_back(m_folder / file);
    }
    const auto base = paths.front().parent_path();
    auto environment = environmentIn(base / ".env", {});
    if (!environment) {
      return std::unexpected(environment.error());
    }
    if (auto loaded = loadAll(paths, base, *environment, 0); !loaded) {
      return std::unexpected(loaded.error());
    }
    return std::move(m_compose);
  }

private:
  using Done = std::expected<void, Error>;

  std::vector<std::string> askedFor(const fs::path& file) const {
    if (isBelow(file, m_folder)) {
      return {};
    }
    return {fmt::format("files in {}", file.lexically_normal().parent_path().string())};
  }

  // The variables of the shell, then those of `outer`, then those of the file, which may be absent.
  std::expected<Scope, Error> environmentIn(const fs::path& file, const Scope& outer) {
    Scope around = [lookup = m_lookup, outer](const std::string& name) {
      auto answer = askedOf(lookup, name);
      if (answer.isSet || !outer) {
        return answer;
      }
      return outer(name);
    };
    std::error_code error;
    if (!fs::exists(file, error)) {
      return around;
    }
    const auto shown = shownName(file, m_folder);
    const auto text = readTextFile(file, shown);
    if (!text) {
      return std::unexpected(text.error());
    }
    auto variables = parseEnvFile(*text, {.shown = shown, .asked = askedFor(file), .syntax = Syntax::compose}, around);
    if (!variables) {
      return std::unexpected(variables.error());
    }
    std::map<std::string, Variable> known;
    for (auto& variable : *variables) {
      known.emplace(variable.name, variable);
    }
    return [around, known = std::move(known)](const std::string& name) {
      auto answer = around(name);
      const auto found = known.find(name);
      if (answer.isSet || found == known.end()) {
        return answer;
      }
      auto own = answerOf(found->second);
      mergeAsked(own.value.asked, answer.value.asked);
      return own;
    };
  }

  std::expected<File, Error> open(const fs::path& path, const fs::path& base, const Scope& environment) {
    const auto shown = shownName(path, m_folder);
    const auto key = path.lexically_normal().string() + '\n' + base.string();
    if (const auto known = m_files.find(key); known != m_files.end()) {
      return known->second;
    }
    if (m_files.size() >= mostFiles) {
      return std::unexpected(Error{fmt::format("{}: more than {} files belong together here.", shown, mostFiles)});
    }
    const auto text = readTextFile(path, shown);
    if (!text) {
      return std::unexpected(text.error());
    }
    auto source = std::make_shared<const Source>(Source{shown, base, askedFor(path), environment});
    m_compose.source = m_compose.source ? m_compose.source : source;
    const auto documents = parseYaml(*text, source);
    if (!documents) {
      return std::unexpected(documents.error());
    }
    if (documents->size() > 1) {
      return std::unexpected(errorAt(*documents->at(1), "a Compose file is one document; a second one starts here."));
    }
    if (documents->empty() || documents->front()->kind != Kind::map) {
      return std::unexpected(Error{fmt::format("{}:1: a Compose file is a map with services in it.", shown)});
    }
    return m_files.emplace(key, File{path, documents->front()}).first->second;
  }

  Done loadAll(const std::vector<fs::path>& paths, const fs::path& base, const Scope& environment, std::size_t depth) {
    for (const auto& path : paths) {
      if (depth > 0) {
        m_compose.drawnIn.push_back(path);
      }
      const auto file = open(path, base, environment);
      if (!file) {
        return std::unexpected(file.error());
      }
      if (auto included = include(*file, base, environment, depth); !included) {
        return included;
      }
      if (auto added = addServices(*file); !added) {
        return added;
      }
      if (auto added = addSecrets(*file->root); !added) {
        return added;
      }
    }
    return {};
  }

  Done include(const File& file, const fs::path& base, const Scope& environment, std::size_t depth) {
    const auto* list = file.root->at("include");
    if (list == nullptr || list->kind == Kind::null) {
      return {};
    }
    if (list->kind != Kind::list) {
      return std::unexpected(errorAt(*list, "include takes a list of files."));
    }
    for (const auto& item : list->items) {
      if (depth >= deepest) {
        return std::unexpected(errorAt(*item, "files include each other without an end."));
      }
      if (auto included = includeOne(*item, base, environment, depth); !included) {
        return included;
      }
    }
    return {};
  }

  std::expected<std::vector<fs::path>, Error> pathsIn(const Yaml* value, const fs::path& base) {
    std::vector<fs::path> paths;
    std::vector<const Yaml*> items;
    if (value != nullptr && value->kind == Kind::list) {
      for (const auto& item : value->items) {
        items.push_back(item.get());
      }
    } else if (value != nullptr && value->kind == Kind::scalar) {
      items.push_back(value);
    }
    for (const auto* item : items) {
      const auto text = known(*item);
      if (!text) {
        return std::unexpected(text.error());
      }
      if (text->find("://") != std::string::npos || text->starts_with("git@")) {
        return std::unexpected(errorAt(*item, "this file is not on this computer: fetch it, and name the copy."));
      }
      paths.push_back(base / *text);
    }
    return paths;
  }

  Done includeOne(const Yaml& item, const fs::path& base, const Scope& environment, std::size_t depth) {
    const auto paths = pathsIn(item.kind == Kind::map ? item.at("path") : &item, base);
    if (!paths) {
      return std::unexpected(paths.error());
    }
    if (paths->empty()) {
      return std::unexpected(errorAt(item, "include takes a path here."));
    }
    auto folder = paths->front().parent_path();
    if (const auto* own = item.at("project_directory"); own != nullptr) {
      const auto text = known(*own);
      if (!text) {
        return std::unexpected(text.error());
      }
      folder = base / *text;
    }
    auto files = pathsIn(item.at("env_file"), base);
    if (!files) {
      return std::unexpected(files.error());
    }
    if (files->empty()) {
      files->push_back(folder / ".env");
    }
    Scope scope = environment;
    for (const auto& file : *files) {
      auto inner = environmentIn(file, scope);
      if (!inner) {
        return std::unexpected(inner.error());
      }
      scope = std::move(*inner);
    }
    return loadAll(*paths, folder, scope, depth + 1);
  }

  Done addServices(const File& file) {
    const auto* services = file.root->at("services");
    if (services == nullptr || services->kind == Kind::null) {
      return {};
    }
    if (services->kind != Kind::map) {
      return std::unexpected(errorAt(*services, "services takes a map of services by their names."));
    }
    for (const auto& [name, value] : services->entries) {
      if (value->tag == "!reset") {
        std::erase_if(m_compose.services, [&](const ComposeService& service) { return service.name == name; });
      }
      if (name.starts_with("x-") || value->tag == "!reset") {
        continue;
      }
      std::vector<std::string> chain;
      auto service = resolved(file, name, *value, chain);
      if (!service) {
        return std::unexpected(service.error());
      }
      const auto found = std::ranges::find(m_compose.services, name, &ComposeService::name);
      if (found == m_compose.services.end()) {
        m_compose.services.push_back(std::move(*service));
      } else {
        *found = value->tag == "!override" ? std::move(*service) : merged(std::move(*found), *service);
      }
    }
    return {};
  }

  // With what it extends.
  std::expected<ComposeService, Error> resolved(const File& file, const std::string& name, const Yaml& value,
                                                std::vector<std::string>& chain) {
    auto own = readComposeService(name, value);
    const auto* extends = value.at("extends");
    if (!own || extends == nullptr || extends->kind == Kind::null) {
      return own;
    }
    chain.push_back(file.path.lexically_normal().string() + '\n' + name);
    if (std::ranges::count(chain, chain.back()) > 1 || chain.size() > deepest) {
      return std::unexpected(
          errorAt(*extends, fmt::format("{} extends itself, over {} steps.", name, chain.size() - 1)));
    }
    auto base = extended(file, *extends, chain);
    if (!base) {
      return base;
    }
    m_values += base->environment.size() + own->environment.size();
    if (m_values > mostValues) {
      return std::unexpected(errorAt(value, "with all that is extended, there are more than 1,000,000 variables."));
    }
    return merged(std::move(*base), *own);
  }

  std::expected<ComposeService, Error> extended(const File& file, const Yaml& extends,
                                                std::vector<std::string>& chain) {
    const auto* named = extends.kind == Kind::map ? extends.at("service") : &extends;
    if (named == nullptr || named->kind != Kind::scalar) {
      return std::unexpected(errorAt(extends, "extends names a service."));
    }
    const auto name = known(*named);
    if (!name) {
      return std::unexpected(name.error());
    }
    const auto* other = extends.at("file");
    if (other == nullptr || other->kind == Kind::null) {
      return baseIn(file, *name, *named, chain);
    }
    // Paths start where the file's own folder is, unlike in a file that is merged.
    const auto paths = pathsIn(other, extends.source->base);
    if (!paths) {
      return std::unexpected(paths.error());
    }
    if (paths->empty()) {
      return std::unexpected(errorAt(*other, "expected a path."));
    }
    m_compose.drawnIn.push_back(paths->front());
    const auto opened = open(paths->front(), paths->front().parent_path(), extends.source->environment);
    return opened ? baseIn(*opened, *name, *named, chain)
                  : std::unexpected(Error{fmt::format("{}: extends: {}", other->where(), opened.error().text)});
  }

  std::expected<ComposeService, Error> baseIn(const File& file, const std::string& name, const Yaml& asked,
                                              std::vector<std::string>& chain) {
    const auto* services = file.root->at("services");
    if (const auto* value = services == nullptr ? nullptr : services->at(name); value != nullptr) {
      return resolved(file, name, *value, chain);
    }
    // A file that overrides may extend what the files before it have.
    const auto found = std::ranges::find(m_compose.services, name, &ComposeService::name);
    if (found != m_compose.services.end()) {
      return *found;
    }
    return std::unexpected(
        errorAt(asked, fmt::format("there is no service {} in {}.", name, file.root->source->shown)));
  }

  Done addSecrets(const Yaml& root) {
    const auto* secrets = root.at("secrets");
    if (secrets == nullptr) {
      return {};
    }
    for (const auto& [name, value] : secrets->entries) {
      ComposeSecret secret{.where = value->where(), .source = value->source};
      if (const auto* file = value->at("file"); file != nullptr) {
        const auto path = known(*file);
        if (!path) {
          return std::unexpected(path.error());
        }
        secret.file = value->source->base / *path;
      }
      secret.variable = value->textAt("environment");
      std::erase_if(m_compose.secrets, [&](const auto& other) { return other.first == name; });
      m_compose.secrets.emplace_back(name, std::move(secret));
    }
    return {};
  }

  const fs::path& m_folder;
  const Lookup& m_lookup;
  Compose m_compose;
  std::map<std::string, File> m_files; // by path, and by the folder that paths in it start from
  std::size_t m_values = 0;
};

Error noSuchService(const Compose& compose, const std::string& service) {
  std::vector<std::string_view> names;
  for (const auto& each : compose.services) {
    names.push_back(each.name);
  }
  const auto& file = compose.source->shown;
  if (names.empty()) {
    return {fmt::format("{}: there is no service in it.", file)};
  }
  const auto nearest = project::nearestName(service, names);
  if (project::editDistance(service, nearest) <= 1 + service.size() / 3) {
    return {fmt::format("{}: there is no service {}. Did you mean {}?", file, service, nearest)};
  }
  names.resize(std::min<std::size_t>(names.size(), 10));
  return {fmt::format("{}: there is no service {}. There is: {}.", file, service, fmt::join(names, ", "))};
}

} // namespace

std::expected<Compose, Error> loadCompose(const std::vector<std::string>& files, const fs::path& folder,
                                          const Lookup& lookup) {
  return Loader(folder, lookup).load(files);
}

std::expected<Variables, Error> readCompose(const std::vector<std::string>& files, const std::string& service,
                                            const fs::path& folder, const Lookup& lookup) {
  const auto compose = loadCompose(files, folder, lookup);
  if (!compose) {
    return std::unexpected(compose.error());
  }
  const auto found = std::ranges::find(compose->services, service, &ComposeService::name);
  if (found == compose->services.end()) {
    return std::unexpected(noSuchService(*compose, service));
  }
  return environmentOf(*compose, *found, folder);
}

} // namespace whichbase::imports
