#include "import/scan.h"

#include "connection/connection_string.h"
#include "import/compose.h"
#include "import/env_file.h"
#include "import/from.h"
#include "import/kubernetes.h"
#include "import/scan_files.h"
#include "import/service_file.h"
#include "import/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace whichbase::imports {

namespace {

namespace fs = std::filesystem;
using Kind = From::Kind;

// What is asked of this computer's environment stays open: it is asked for when the project is probed.
const Lookup nothingSet = [](const std::string&) { return std::nullopt; };

class Scanner {
public:
  Scanner(fs::path projectFolder, std::stop_token stop) : m_folder(std::move(projectFolder)), m_stop(std::move(stop)) {}

  Scan of(const std::vector<fs::path>& paths) {
    auto files = gather(paths, m_folder, m_stop);
    m_scan.filesRead = files.filesRead;
    for (const auto& [folder, composeFiles] : files.compose) {
      if (!m_stop.stop_requested()) {
        compose(folder, composeFiles);
      }
    }
    for (const auto& path : files.manifests) {
      if (!m_stop.stop_requested()) {
        kubernetes(path);
      }
    }
    for (const auto& file : files.envFiles) {
      envFile(file);
    }
    for (const auto& file : files.services) {
      serviceFile(file);
    }
    std::ranges::move(files.problems, std::back_inserter(m_scan.problems));
    tellApart();
    return std::move(m_scan);
  }

private:
  // As the project names it: relative to its folder, where there is a way from there.
  std::string written(const fs::path& path) const {
    const auto relative = fs::absolute(path).lexically_normal().lexically_relative(m_folder);
    return relative.empty() ? fs::absolute(path).string() : relative.string();
  }

  // One item for each database that the variables may mean. False where there is none.
  bool add(const From& from, const Variables& variables, const std::string& name, const std::string& origin,
           const std::string& environment) {
    auto found = likelyDatabases(variables);
    std::erase_if(found, [](const Found& each) { return !each.hasHost; });
    const bool isQuestion = likelyDatabases(variables).size() > 1;
    for (const auto& each : found) {
      Item item;
      item.server.name = found.size() == 1 ? name : fmt::format("{} ({})", name, each.variable);
      item.server.environment = environment;
      item.server.present = project::ConnectionSpec{
          .url = {}, .via = {}, .from = toText(from), .variable = isQuestion ? each.variable : std::string()};
      item.masked = each.url.empty() ? std::string() : connection::mask(each.url);
      item.origin = fmt::format("{}, {}", origin, each.variable);
      item.note = noteOn(each, from);
      m_scan.items.push_back(std::move(item));
    }
    if (found.empty()) {
      const auto gap = std::ranges::find(variables, "", &Variable::name);
      if (gap != variables.end()) {
        m_scan.problems.push_back(gap->problem);
      }
    }
    return !found.empty();
  }

  static std::string noteOn(const Found& found, const From& from) {
    if (!found.problem.empty()) {
      return found.problem;
    }
    const auto read = connection::parse(found.url);
    if (!read.value) {
      return fmt::format("{} {}", read.error.text, read.error.remedy);
    }
    const auto endpoints = connection::endpoints(read.value->parameters);
    const auto host = endpoints.empty() ? std::string() : endpoints.front().host;
    const auto way = wayTo(host, from);
    return way + (way.empty() || found.passwordProblem.empty() ? "" : " ") + found.passwordProblem;
  }

  // What a name means only from where the server stands.
  static std::string wayTo(const std::string& host, const From& from) {
    const bool isLocal = connection::isThisComputer(host);
    const bool isOfCluster =
        from.kind == Kind::kubernetes &&
        (connection::isSingleLabel(host) || host.ends_with(".svc") || host.ends_with(".svc.cluster.local"));
    if (from.kind == Kind::kubernetes && (isLocal || isOfCluster)) {
      return fmt::format("{} is {}: add via = \"command kubectl exec -i {} -- nc %h %p\" or the like.", host,
                         isLocal ? "the pod itself" : "a name of the cluster's own network", from.name);
    }
    if (from.kind == Kind::compose && (isLocal || connection::isSingleLabel(host))) {
      return fmt::format("{} is {}: add via = \"command docker compose exec -T {} nc %h %p\" or the like, or add the "
                         "server from ssh.",
                         host, isLocal ? "the container itself" : "a name of Compose's own network", from.name);
    }
    return isLocal
               ? fmt::format("{} is the server itself: add via = \"ssh HOST\", or via = \"direct\" where this is it.",
                             host.empty() ? "a string without a host" : host)
               : std::string();
  }

  // A project of Compose: its main file with the override that Compose takes by itself, and then each file that goes
  // over it, or stands alone.
  void compose(const fs::path& folder, const std::vector<fs::path>& files) {
    std::vector<fs::path> main;
    std::vector<fs::path> others;
    for (const auto& file : files) {
      const auto stem = file.stem().string();
      if (m_used.contains(fs::weakly_canonical(file))) {
        continue;
      }
      const bool isMain = stem == "compose" || stem == "docker-compose";
      const bool isOverride = stem == "compose.override" || stem == "docker-compose.override";
      (isMain || isOverride ? main : others).push_back(file);
    }
    // Of several main ones Compose takes compose.yaml first; an override comes behind.
    std::ranges::sort(main, {}, [](const fs::path& file) {
      return std::pair(file.stem().string().size() > 14, file.filename().string());
    });
    const auto before = m_scan.items.size();
    if (!main.empty()) {
      composeProject(main, {});
    }
    for (const auto& file : others) {
      if (!m_used.contains(fs::weakly_canonical(file))) {
        composeVariant(main, file);
      }
    }
    if (m_scan.items.size() > before) {
      m_used.insert(fs::weakly_canonical(folder / ".env"));
    }
  }

  void composeVariant(const std::vector<fs::path>& main, const fs::path& file) {
    const auto alone = loadCompose({written(file)}, m_folder, nothingSet);
    const auto under =
        main.empty() ? std::unexpected(Error{}) : loadCompose({written(main.front())}, m_folder, nothingSet);
    const bool standsAlone = alone && std::ranges::all_of(alone->services, &ComposeService::isWhole) &&
                             (!under || alone->services.size() >= under->services.size());
    std::vector<fs::path> files;
    if (!standsAlone && !main.empty()) {
      files.push_back(main.front());
    }
    files.push_back(file);
    composeProject(files, environmentIn(file.stem().string()));
  }

  void composeProject(const std::vector<fs::path>& files, const std::string& environment) {
    From from{.kind = Kind::compose};
    std::ranges::transform(files, std::back_inserter(from.paths), [&](const fs::path& file) { return written(file); });
    const auto loaded = loadCompose(from.paths, m_folder, nothingSet);
    if (!loaded) {
      m_scan.problems.push_back(loaded.error().text);
      return;
    }
    m_scan.filesRead += static_cast<int>(files.size());
    for (const auto& file : loaded->drawnIn) {
      m_used.insert(fs::weakly_canonical(file));
    }
    for (const auto& service : loaded->services) {
      for (const auto& file : service.envFiles) {
        m_used.insert(fs::weakly_canonical(file.path));
      }
      const auto variables = environmentOf(*loaded, service, m_folder);
      if (!variables) {
        m_scan.problems.push_back(variables.error().text);
        continue;
      }
      from.name = service.name;
      add(from, *variables, service.name, fmt::format("{}: service {}", from.paths.back(), service.name), environment);
      dropRepeated(service.name, files);
    }
  }

  // A file over another says nothing new of the services that it leaves as they are.
  void dropRepeated(const std::string& service, const std::vector<fs::path>& files) {
    const auto& last = m_scan.items.empty() ? Item{} : m_scan.items.back();
    const auto isSame = [&](const Item& item) {
      const auto from = parseFrom(item.server.present->from);
      return from && from->kind == Kind::compose && from->name == service && item.masked == last.masked &&
             fs::path(from->paths.front()).parent_path() == fs::path(written(files.front())).parent_path();
    };
    if (files.size() > 1 && m_scan.items.size() > 1 &&
        std::ranges::any_of(m_scan.items.begin(), m_scan.items.end() - 1, isSame)) {
      m_scan.items.pop_back();
    }
  }

  void kubernetes(const fs::path& path) {
    From from{.kind = Kind::kubernetes, .paths = {written(path)}};
    const auto manifests = loadManifests(from.paths, m_folder);
    if (!manifests) {
      m_scan.problems.push_back(manifests.error().text);
      return;
    }
    m_scan.filesRead += manifests->filesRead;
    for (const auto& problem : manifests->unread) {
      m_scan.problems.push_back(problem.text);
    }
    auto environment = environmentIn(path.stem().string());
    environment =
        environment.empty() ? environmentIn(fs::absolute(path).parent_path().filename().string()) : environment;
    std::set<std::string> known;
    for (const auto& object : manifests->objects) {
      from.name = workloadOf(*manifests, object);
      if (from.name.empty() || !known.insert(from.name).second) {
        continue;
      }
      const auto variables = environmentIn(*manifests, from.name);
      if (!variables) {
        m_scan.problems.push_back(variables.error().text);
        continue;
      }
      add(from, *variables, object.name, fmt::format("{} in {}", from.name, from.paths.front()), environment);
    }
  }

  // With its namespace where another has the same name; empty where it runs nothing.
  static std::string workloadOf(const Manifests& manifests, const Manifest& object) {
    if (containersOf(object).empty()) {
      return {};
    }
    const bool isTwice = std::ranges::any_of(manifests.objects, [&](const Manifest& other) {
      return other.kind == object.kind && other.name == object.name && other.space != object.space;
    });
    const auto name = fmt::format("{}/{}", object.kind, object.name);
    return isTwice && !object.space.empty() ? fmt::format("{}/{}", object.space, name) : name;
  }

  void envFile(const fs::path& file) {
    if (m_used.contains(fs::weakly_canonical(file))) {
      return;
    }
    const From from{.kind = Kind::envFile, .paths = {written(file)}};
    const auto reading = read(from, m_folder, nothingSet);
    if (!reading) {
      m_scan.problems.push_back(reading.error().text);
      return;
    }
    ++m_scan.filesRead;
    const auto name = fs::absolute(file).lexically_normal().parent_path().filename().string();
    add(from, reading->variables, name.empty() ? "server" : name, from.paths.front(),
        environmentIn(file.filename().string()));
  }

  void serviceFile(const fs::path& file) {
    From from{.kind = Kind::service, .paths = {written(file)}};
    const auto text = readTextFile(file, from.paths.front());
    if (!text) {
      m_scan.problems.push_back(text.error().text);
      return;
    }
    ++m_scan.filesRead;
    std::set<std::string> known;
    for (const auto& name : serviceNames(*text)) {
      if (!known.insert(name).second) {
        continue;
      }
      from.name = name;
      const auto reading = read(from, m_folder, nothingSet);
      if (!reading) {
        m_scan.problems.push_back(reading.error().text);
        continue;
      }
      const Found found{.variable = name, .url = reading->keyValues};
      Item item;
      item.server.name = name;
      item.masked = connection::mask(found.url);
      item.note = noteOn(found, from);
      item.server.present = project::ConnectionSpec{.url = {}, .via = {}, .from = toText(from)};
      item.origin = fmt::format("{}: service {}", from.paths.front(), name);
      m_scan.items.push_back(std::move(item));
    }
  }

  // Its namespace, else its folder, else its file.
  std::string placeOf(const Item& item) const {
    const auto from = parseFrom(item.server.present->from);
    if (!from || from->paths.empty()) {
      return {};
    }
    if (from->kind == Kind::kubernetes && std::ranges::count(from->name, '/') > 1) {
      return from->name.substr(0, from->name.find('/'));
    }
    const auto path = (m_folder / from->paths.back()).lexically_normal();
    const auto folder = path.has_extension() || path.filename().string().starts_with('.') ? path.parent_path() : path;
    return (folder.filename().empty() ? folder.parent_path() : folder).filename().string();
  }

  // Equal names get what differs behind them: the environment, else the place.
  void tellApart() {
    const auto names = [&] {
      std::multiset<std::string> all;
      for (const auto& item : m_scan.items) {
        all.insert(item.server.name);
      }
      return all;
    }();
    for (auto& item : m_scan.items) {
      if (names.count(item.server.name) < 2) {
        continue;
      }
      const auto word = item.server.environment.empty() ? placeOf(item) : item.server.environment;
      if (!word.empty() && word != item.server.name) {
        item.server.name = fmt::format("{} ({})", item.server.name, word);
      }
    }
  }

  fs::path m_folder;
  std::stop_token m_stop;
  Scan m_scan;
  std::set<fs::path> m_used; // .env files that belong to a Compose project
};

} // namespace

Scan scan(const std::vector<fs::path>& paths, const fs::path& projectFolder, std::stop_token stop) {
  return Scanner(fs::absolute(projectFolder).lexically_normal(), std::move(stop)).of(paths);
}

project::Project projectOf(const std::vector<Item>& items, const std::string& title) {
  project::Project result;
  result.title = title;
  std::set<std::string> names;
  for (const auto& item : items) {
    auto server = item.server;
    for (int number = 2; !names.insert(server.name).second; ++number) {
      server.name = fmt::format("{} {}", item.server.name, number);
    }
    result.servers.push_back(std::move(server));
  }
  return result;
}

} // namespace whichbase::imports
