#include "import/manifests.h"

#include "connection/characters.h"
#include "import/text_file.h"

#include <fmt/format.h>

#include <array>
#include <set>

namespace whichbase::imports {

namespace {

namespace fs = std::filesystem;
using Kind = Yaml::Kind;

constexpr std::size_t mostFiles = 2000;
constexpr int deepest = 8;

class Loader {
public:
  explicit Loader(const fs::path& folder) : m_folder(folder) {}

  std::expected<Manifests, Error> load(const std::vector<std::string>& paths) {
    for (const auto& path : paths) {
      m_manifests.shown += (m_manifests.shown.empty() ? "" : ", ") + path;
      if (auto error = add(m_folder / path, 0)) {
        return std::unexpected(*error);
      }
    }
    return std::move(m_manifests);
  }

private:
  using Problem = std::optional<Error>;

  std::string shown(const fs::path& file) const { return shownName(file, m_folder); }

  Problem add(const fs::path& path, int depth) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      return addFile(path);
    }
    if (depth > deepest) {
      return Error{fmt::format("{}: folders lie in each other more than {} deep.", shown(path), deepest)};
    }
    for (const char* name : {"kustomization.yaml", "kustomization.yml", "Kustomization"}) {
      if (fs::exists(path / name, error)) {
        return addKustomization(path / name, depth);
      }
    }
    return addFolder(path, depth);
  }

  // What cannot be followed in a folder may not matter.
  Problem addFolder(const fs::path& path, int depth) {
    std::error_code error;
    std::set<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(path, fs::directory_options::skip_permission_denied, error)) {
      const auto extension = entry.path().extension();
      const bool isManifest = extension == ".yaml" || extension == ".yml" || extension == ".json";
      const bool isHidden = entry.path().filename().string().starts_with('.');
      if (!isHidden && !entry.is_symlink(error) && (isManifest || entry.is_directory(error))) {
        entries.insert(entry.path());
      }
    }
    for (const auto& entry : entries) {
      if (auto problem = add(entry, depth + 1)) {
        m_manifests.unread.push_back(std::move(*problem));
      }
    }
    return {};
  }

  std::expected<std::vector<YamlPointer>, Error> documentsOf(const fs::path& file) {
    if (++m_files > mostFiles) {
      return std::unexpected(
          Error{fmt::format("{}: more than {} files belong together here.", shown(file), mostFiles)});
    }
    const auto text = readTextFile(file, shown(file));
    if (!text) {
      return std::unexpected(text.error());
    }
    auto source = std::make_shared<Source>(Source{.shown = shown(file), .base = file.parent_path()});
    if (!isBelow(file, m_folder)) {
      source->asked = {fmt::format("files in {}", file.lexically_normal().parent_path().string())};
    }
    auto documents = parseYaml(*text, source);
    if (const auto braces = text->find("{{"); !documents && braces != std::string::npos) {
      const auto line = 1 + std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(braces), '\n');
      return std::unexpected(Error{fmt::format("{}:{}: this is a template: render it first (helm template … > "
                                               "rendered.yaml), and name what that printed.",
                                               shown(file), line)});
    }
    m_manifests.filesRead += documents ? 1 : 0;
    return documents;
  }

  Problem addFile(const fs::path& file) {
    if (!m_known.insert(file.lexically_normal()).second) {
      return {};
    }
    const auto documents = documentsOf(file);
    if (!documents) {
      return documents.error();
    }
    for (const auto& document : *documents) {
      addObject(document, 0);
    }
    return {};
  }

  void addObject(const YamlPointer& object, int depth) {
    const auto kind = connection::lowered(object->textAt("kind"));
    if (kind.empty()) {
      return;
    }
    if (const auto* items = object->at("items"); kind.ends_with("list") && items != nullptr && depth < 2) {
      for (const auto& item : items->items) {
        addObject(item, depth + 1);
      }
      return;
    }
    const auto* metadata = object->at("metadata");
    if (metadata == nullptr || metadata->textAt("name").empty()) {
      return;
    }
    m_manifests.objects.push_back({kind, metadata->textAt("name"), metadata->textAt("namespace"), object});
  }

  // Its plain parts; one that changes what it lists is Kustomize's own business.
  Problem addKustomization(const fs::path& file, int depth) {
    const auto documents = documentsOf(file);
    if (!documents) {
      return documents.error();
    }
    if (documents->empty()) {
      return {};
    }
    const auto& root = *documents->front();
    constexpr std::array<std::string_view, 10> changing{"patches",
                                                        "patchesStrategicMerge",
                                                        "patchesJson6902",
                                                        "namePrefix",
                                                        "nameSuffix",
                                                        "helmCharts",
                                                        "components",
                                                        "replacements",
                                                        "vars",
                                                        "transformers"};
    for (const auto& [key, value] : root.entries) {
      if (std::ranges::find(changing, key) != changing.end()) {
        return errorAt(*value, fmt::format("{} is not followed: let Kustomize render it (kubectl kustomize {} > "
                                           "rendered.yaml), and name what that printed.",
                                           key, shown(file.parent_path())));
      }
    }
    for (const char* key : {"resources", "bases"}) {
      if (auto problem = addResources(root.at(key), depth)) {
        return problem;
      }
    }
    generate(root, "configMapGenerator", "configmap");
    generate(root, "secretGenerator", "secret");
    return {};
  }

  Problem addResources(const Yaml* resources, int depth) {
    for (const auto& item : resources == nullptr ? std::vector<YamlPointer>() : resources->items) {
      if (item->text.find("://") != std::string::npos || item->text.starts_with("github.com")) {
        return errorAt(*item, "this is not on this computer: fetch it, and name the copy.");
      }
      if (auto problem = add(item->source->base / item->text, depth + 1)) {
        return problem;
      }
    }
    return {};
  }

  // A ConfigMap or Secret of what a generator is given.
  void generate(const Yaml& root, std::string_view generator, std::string_view kind) {
    const auto* list = root.at(generator);
    for (const auto& item : list == nullptr ? std::vector<YamlPointer>() : list->items) {
      auto data = std::make_shared<Yaml>(Yaml{.kind = Kind::map, .line = item->line, .source = item->source});
      if (const auto* literals = item->at("literals"); literals != nullptr) {
        for (const auto& literal : literals->items) {
          addLine(*literal, literal->text, *data);
        }
      }
      for (const char* key : {"envs", "env"}) {
        addEnvFiles(item->at(key), *data);
      }
      auto object = std::make_shared<Yaml>(Yaml{.kind = Kind::map, .line = item->line, .source = item->source});
      object->entries.push_back({kind == "secret" ? "stringData" : "data", std::move(data)});
      m_manifests.objects.push_back({std::string(kind), item->textAt("name"), item->textAt("namespace"), object});
    }
  }

  static void addLine(const Yaml& place, std::string_view line, Yaml& data) {
    const auto sign = line.find('=');
    if (sign == std::string_view::npos || line.starts_with('#')) {
      return;
    }
    auto text = line.substr(sign + 1);
    const bool isQuoted =
        text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    text = isQuoted ? text.substr(1, text.size() - 2) : text;
    data.entries.push_back(
        {std::string(line.substr(0, sign)),
         std::make_shared<const Yaml>(
             Yaml{.kind = Kind::scalar, .line = place.line, .text = std::string(text), .source = place.source})});
  }

  void addEnvFiles(const Yaml* files, Yaml& data) {
    std::vector<YamlPointer> items = files == nullptr ? std::vector<YamlPointer>() : files->items;
    if (files != nullptr && files->kind == Kind::scalar) {
      items.push_back(std::make_shared<const Yaml>(*files));
    }
    for (const auto& item : items) {
      const auto path = item->source->base / item->text;
      const auto text = readTextFile(path, shown(path));
      if (!text) {
        m_manifests.unread.push_back(text.error());
        continue;
      }
      for (std::size_t at = 0; at < text->size();) {
        const auto end = std::min(text->find('\n', at), text->size());
        addLine(*item, std::string_view(*text).substr(at, end - at), data);
        at = end + 1;
      }
    }
  }

  const fs::path& m_folder;
  Manifests m_manifests;
  std::set<fs::path> m_known;
  std::size_t m_files = 0;
};

} // namespace

const Manifest* Manifests::find(std::string_view kind, std::string_view name, std::string_view space) const {
  const auto fits = [&](const Manifest& object) {
    return object.kind == kind && object.name == name &&
           (object.space.empty() || space.empty() || object.space == space);
  };
  // The one that says the namespace is meant before one that does not.
  const Manifest* found = nullptr;
  for (const auto& object : objects) {
    if (fits(object) && (found == nullptr || (found->space != space && object.space == space))) {
      found = &object;
    }
  }
  return found;
}

std::expected<Manifests, Error> loadManifests(const std::vector<std::string>& paths, const fs::path& folder) {
  return Loader(folder).load(paths);
}

} // namespace whichbase::imports
