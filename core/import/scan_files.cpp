#include "import/scan_files.h"

#include "connection/characters.h"
#include "import/text_file.h"

#include <fmt/format.h>

#include <array>
#include <set>

namespace whichbase::imports {

namespace {

namespace fs = std::filesystem;

constexpr int mostFiles = 10000;
constexpr int deepest = 8;

// In lower case; "." and "-" and "_" are between them.
std::vector<std::string> wordsOf(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : connection::lowered(name)) {
    if (c == '.' || c == '-' || c == '_') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

bool hasWord(const std::string& name, std::initializer_list<std::string_view> wanted) {
  return std::ranges::any_of(wordsOf(name), [&](const std::string& word) {
    return std::ranges::find(wanted, std::string_view(word)) != wanted.end();
  });
}

bool isEnvName(const std::string& name) {
  return name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
}

bool isPattern(const std::string& name) {
  return hasWord(name, {"example", "sample", "template", "dist", "tpl", "schema"});
}

bool isYamlName(const fs::path& file) {
  return file.extension() == ".yaml" || file.extension() == ".yml";
}

bool isComposeName(const fs::path& file) {
  const auto name = file.filename().string();
  return isYamlName(file) && (name.starts_with("docker-compose") || name.starts_with("compose."));
}

// What never holds a server's configuration, or far too many files.
bool isLeftOut(const std::string& name) {
  constexpr std::array<std::string_view, 10> names{"node_modules",     "vendor", "venv", "__pycache__", "site-packages",
                                                   "bower_components", "target", "Pods", "lost+found",  "build"};
  return name.starts_with('.') || std::ranges::find(names, name) != names.end();
}

bool hasLine(const std::string& text, std::string_view start) {
  return text.starts_with(start) || text.find(fmt::format("\n{}", start)) != std::string::npos;
}

bool isManifest(const std::string& text) {
  return (hasLine(text, "apiVersion:") && hasLine(text, "kind:")) ||
         (text.find("\"apiVersion\"") != std::string::npos && text.find("\"kind\"") != std::string::npos);
}

class Walk {
public:
  Walk(const fs::path& projectFolder, const std::stop_token& stop) : m_projectFolder(projectFolder), m_stop(stop) {}

  ScanFiles of(const std::vector<fs::path>& paths) {
    for (const auto& path : paths) {
      std::error_code error;
      if (fs::is_directory(path, error)) {
        folder(path, 0);
      } else {
        file(path, true);
      }
    }
    for (const auto& each : m_manifestFolders) {
      const bool isInOther = std::ranges::any_of(m_manifestFolders, [&](const fs::path& other) {
        const auto relative = each.lexically_relative(other);
        return other != each && !relative.empty() && *relative.begin() != "..";
      });
      if (!isInOther) {
        m_files.manifests.push_back(each);
      }
    }
    return std::move(m_files);
  }

private:
  std::string shown(const fs::path& path) const { return shownName(path, m_projectFolder); }

  void folder(const fs::path& path, int depth) {
    std::error_code error;
    if (fs::exists(path / "Chart.yaml", error)) {
      m_files.problems.push_back(
          fmt::format("{0}: this is a Helm chart: render it (helm template {0} > rendered.yaml), "
                      "and import what that printed.",
                      shown(path)));
      return;
    }
    std::set<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(path, fs::directory_options::skip_permission_denied, error)) {
      entries.insert(entry.path());
    }
    for (const auto& entry : entries) {
      if (m_stop.stop_requested() || m_seen > mostFiles) {
        return;
      }
      const auto status = fs::symlink_status(entry, error);
      if (fs::is_directory(status) && depth < deepest && !isLeftOut(entry.filename().string())) {
        folder(entry, depth + 1);
      } else if (fs::is_regular_file(fs::status(entry, error))) {
        countedFile(entry);
      }
    }
  }

  void countedFile(const fs::path& path) {
    if (++m_seen == mostFiles + 1) {
      m_files.problems.push_back(fmt::format("{}: more than {} files lie in these folders; those behind this one were "
                                             "not looked at. Name a smaller folder.",
                                             shown(path), mostFiles));
    }
    if (m_seen <= mostFiles) {
      file(path, false);
    }
  }

  void file(const fs::path& path, bool isNamed) {
    const auto name = path.filename().string();
    if (name == "pg_service.conf" || name == ".pg_service.conf") {
      m_files.services.push_back(path);
    } else if (isEnvName(name)) {
      if (isNamed || !isPattern(name)) {
        m_files.envFiles.push_back(path);
      }
    } else if (isComposeName(path)) {
      m_files.compose[path.parent_path()].push_back(path);
    } else if (isYamlName(path) || path.extension() == ".json") {
      byContent(path, isNamed);
    } else if (isNamed) {
      m_files.envFiles.push_back(path);
    }
  }

  void byContent(const fs::path& path, bool isNamed) {
    const auto text = readTextFile(path, shown(path));
    if (!text) {
      if (isNamed) {
        m_files.problems.push_back(text.error().text);
      }
      return;
    }
    ++m_files.filesRead;
    const bool isKustomization = path.stem() == "kustomization";
    if (isKustomization || isManifest(*text)) {
      if (isNamed) {
        m_files.manifests.push_back(path);
      } else {
        m_manifestFolders.insert(path.parent_path());
      }
    } else if (hasLine(*text, "services:") && isYamlName(path)) {
      m_files.compose[path.parent_path()].push_back(path);
    } else if (isNamed) {
      m_files.problems.push_back(
          fmt::format("{}: this is neither a Compose file (no services) nor a Kubernetes manifest "
                      "(no apiVersion and kind).",
                      shown(path)));
    }
  }

  const fs::path& m_projectFolder;
  const std::stop_token& m_stop;
  ScanFiles m_files;
  std::set<fs::path> m_manifestFolders;
  int m_seen = 0;
};

} // namespace

ScanFiles gather(const std::vector<fs::path>& paths, const fs::path& projectFolder, const std::stop_token& stop) {
  return Walk(projectFolder, stop).of(paths);
}

std::string environmentIn(std::string_view name) {
  const std::string text(name);
  std::vector<std::string> found;
  if (hasWord(text, {"prod", "production"})) {
    found.emplace_back("production");
  }
  if (hasWord(text, {"staging", "stage"})) {
    found.emplace_back("staging");
  }
  if (hasWord(text, {"dev", "development"})) {
    found.emplace_back("development");
  }
  if (hasWord(text, {"test", "testing"})) {
    found.emplace_back("testing");
  }
  return found.size() == 1 ? found.front() : std::string();
}

} // namespace whichbase::imports
