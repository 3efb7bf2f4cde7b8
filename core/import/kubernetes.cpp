#include "import/kubernetes.h"

#include "connection/characters.h"
#include "project/nearest_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace whichbase::imports {

namespace {

// kubectl's short names.
std::string kindOf(std::string kind) {
  kind = connection::lowered(kind);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> shortNames{{{"deploy", "deployment"},
                                                                                     {"sts", "statefulset"},
                                                                                     {"ds", "daemonset"},
                                                                                     {"rs", "replicaset"},
                                                                                     {"po", "pod"},
                                                                                     {"cj", "cronjob"}}};
  for (const auto& [word, whole] : shortNames) {
    if (kind == word || kind == std::string(whole) + "s") {
      return std::string(whole);
    }
  }
  return kind == "jobs" ? "job" : kind;
}

struct Wanted {
  std::string space, kind, name, container;
};

Wanted wantedIn(const std::string& text) {
  Wanted wanted;
  const auto colon = text.find(':');
  wanted.container = colon == std::string::npos ? std::string() : text.substr(colon + 1);
  const auto path = text.substr(0, colon);
  const auto last = path.rfind('/');
  const auto first = path.find('/');
  wanted.name = path.substr(last + 1);
  wanted.kind = kindOf(first == last ? path.substr(0, first) : path.substr(first + 1, last - first - 1));
  wanted.space = first == last ? std::string() : path.substr(0, first);
  return wanted;
}

Error noSuchWorkload(const Manifests& manifests, const std::string& workload) {
  std::vector<std::string> names;
  for (const auto& object : manifests.objects) {
    if (!containersOf(object).empty()) {
      names.push_back(fmt::format("{}/{}", object.kind, object.name));
    }
  }
  auto text = fmt::format("{}: there is no {}.", manifests.shown, workload);
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto nearest = project::nearestName(workload, known);
  if (!nearest.empty() && project::editDistance(workload, nearest) <= 1 + workload.size() / 3) {
    text += fmt::format(" Did you mean {}?", nearest);
  } else if (!names.empty()) {
    names.resize(std::min<std::size_t>(names.size(), 10));
    text += fmt::format(" There is: {}.", fmt::join(names, ", "));
  }
  if (!manifests.unread.empty()) {
    text += fmt::format(" Not read: {}", manifests.unread.front().text);
  }
  return {text};
}

std::expected<const Manifest*, Error> theWorkload(const Manifests& manifests, const Wanted& wanted,
                                                  const std::string& workload) {
  const Manifest* found = nullptr;
  for (const auto& object : manifests.objects) {
    if (object.kind != wanted.kind || object.name != wanted.name || containersOf(object).empty() ||
        (!wanted.space.empty() && object.space != wanted.space)) {
      continue;
    }
    if (found != nullptr && found->object != object.object) {
      const auto spaces = fmt::format("{0}/{1}", found->space.empty() ? "NAMESPACE" : found->space, workload);
      return std::unexpected(
          errorAt(*object.object, found->space != object.space
                                      ? fmt::format("there is another {} at {}: say whose is meant: {}.", workload,
                                                    found->object->where(), spaces)
                                      : fmt::format("there is another {} at {}: name the files that belong together.",
                                                    workload, found->object->where())));
    }
    found = &object;
  }
  if (found == nullptr) {
    return std::unexpected(noSuchWorkload(manifests, workload));
  }
  return found;
}

bool hasDatabase(const Variables& variables) {
  return std::ranges::any_of(findDatabases(variables), [](const Found& found) { return found.hasHost; });
}

std::expected<Variables, Error> ofTheContainer(const Manifests& manifests, const Manifest& workload,
                                               const std::string& shown) {
  const auto containers = containersOf(workload);
  std::optional<Variables> first;
  std::vector<std::string> names;
  std::string url;
  for (const auto& container : containers) {
    auto variables = environmentOf(manifests, workload, container);
    if (!hasDatabase(variables)) {
      continue;
    }
    const auto found = findDatabases(variables).front();
    if (names.empty() || found.url != url || !found.problem.empty()) {
      names.push_back(container.name);
    }
    url = found.url;
    first = first ? std::move(first) : std::optional(std::move(variables));
  }
  if (names.size() > 1) {
    return std::unexpected(
        errorAt(*workload.object, fmt::format("several containers of {} have a database: say which is meant: {}:{}.",
                                              shown, shown, fmt::join(names, fmt::format(" or {}:", shown)))));
  }
  return first ? std::move(*first) : environmentOf(manifests, workload, containers.front());
}

} // namespace

std::vector<KubernetesContainer> containersOf(const Manifest& object) {
  const auto* spec = object.object->at("spec");
  if (const auto* job = spec == nullptr ? nullptr : spec->at("jobTemplate"); job != nullptr) {
    spec = job->at("spec");
  }
  if (const auto* pod = spec == nullptr ? nullptr : spec->at("template"); pod != nullptr) {
    spec = pod->at("spec");
  }
  const auto* list = spec == nullptr ? nullptr : spec->at("containers");
  std::vector<KubernetesContainer> containers;
  for (const auto& item : list == nullptr ? std::vector<YamlPointer>() : list->items) {
    if (item->kind == Yaml::Kind::map) {
      containers.push_back({item->textAt("name"), item->textAt("image"), item.get()});
    }
  }
  return containers;
}

std::expected<Variables, Error> readKubernetes(const std::vector<std::string>& paths, const std::string& workload,
                                               const std::filesystem::path& folder) {
  const auto manifests = loadManifests(paths, folder);
  if (!manifests) {
    return std::unexpected(manifests.error());
  }
  return environmentIn(*manifests, workload);
}

std::expected<Variables, Error> environmentIn(const Manifests& manifests, const std::string& workload) {
  const auto wanted = wantedIn(workload);
  const auto found = theWorkload(manifests, wanted, workload);
  if (!found) {
    return std::unexpected(found.error());
  }
  if (wanted.container.empty()) {
    return ofTheContainer(manifests, **found, workload);
  }
  const auto containers = containersOf(**found);
  const auto container = std::ranges::find(containers, wanted.container, &KubernetesContainer::name);
  if (container == containers.end()) {
    std::vector<std::string> names;
    std::ranges::transform(containers, std::back_inserter(names), &KubernetesContainer::name);
    return std::unexpected(errorAt(*(*found)->object, fmt::format("there is no container {} in it. There is: {}.",
                                                                  wanted.container, fmt::join(names, ", "))));
  }
  return environmentOf(manifests, **found, *container);
}

} // namespace whichbase::imports
