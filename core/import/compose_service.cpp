#include "import/compose_service.h"

#include "import/merge_asked.h"

#include <fmt/format.h>

#include <map>

namespace whichbase::imports {

namespace {

using Kind = Yaml::Kind;

ComposeEntry listEntry(const Yaml& item) {
  auto whole = valueOf(item);
  const auto sign = whole.text.find('=');
  ComposeEntry entry{whole.text.substr(0, sign), {}, item.where(), item.source};
  if (sign != std::string::npos) {
    whole.text.erase(0, sign + 1);
    entry.value = std::move(whole);
  }
  return entry;
}

ComposeEntry mapEntry(const YamlEntry& pair) {
  const auto& value = *pair.value;
  ComposeEntry entry{pair.key, {}, value.where(), value.source, value.tag == "!reset"};
  if (value.kind != Kind::null) {
    entry.value = valueOf(value);
  }
  return entry;
}

// Those of a name already there take its place.
void lay(std::vector<ComposeEntry>& base, std::vector<ComposeEntry> over) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < base.size(); ++i) {
    places.emplace(base[i].name, i);
  }
  for (auto& entry : over) {
    const auto [place, isNew] = places.emplace(entry.name, base.size());
    if (isNew) {
      base.push_back(std::move(entry));
    } else {
      base[place->second] = std::move(entry);
    }
  }
}

std::expected<void, Error> readEnvironment(const Yaml& environment, ComposeService& service) {
  service.replacesEnvironment = !environment.tag.empty();
  if (environment.tag == "!reset" || environment.kind == Kind::null) {
    return {};
  }
  if (environment.kind == Kind::scalar) {
    return std::unexpected(errorAt(environment, "environment takes a map, or a list of NAME=value."));
  }
  std::vector<ComposeEntry> entries;
  for (const auto& item : environment.items) {
    if (item->kind == Kind::list || item->kind == Kind::map) {
      return std::unexpected(errorAt(*item, "expected NAME=value, without a space behind the name."));
    }
    entries.push_back(listEntry(*item));
  }
  for (const auto& pair : environment.entries) {
    if (pair.value->kind == Kind::list || pair.value->kind == Kind::map) {
      return std::unexpected(errorAt(*pair.value, "a variable's value is a text or a number."));
    }
    entries.push_back(mapEntry(pair));
  }
  lay(service.environment, std::move(entries));
  return {};
}

std::expected<ComposeEnvFile, Error> envFileOf(const Yaml& item) {
  const auto* path = item.kind == Kind::map ? item.at("path") : &item;
  if (path == nullptr || path->kind != Kind::scalar) {
    return std::unexpected(errorAt(item, "env_file takes a path, a list of paths, or maps with path and required."));
  }
  const auto text = known(*path);
  if (!text) {
    return std::unexpected(text.error());
  }
  ComposeEnvFile file{item.source->base / *text, *text, path->where()};
  file.isRequired = item.textAt("required") != "false";
  file.isRaw = item.textAt("format") == "raw";
  file.source = item.source;
  return file;
}

std::expected<void, Error> readEnvFiles(const Yaml& files, ComposeService& service) {
  service.replacesEnvFiles = !files.tag.empty();
  if (files.tag == "!reset" || files.kind == Kind::null) {
    return {};
  }
  const auto add = [&](const Yaml& item) -> std::expected<void, Error> {
    auto file = envFileOf(item);
    if (!file) {
      return std::unexpected(file.error());
    }
    service.envFiles.push_back(std::move(*file));
    return {};
  };
  if (files.kind != Kind::list) {
    return add(files);
  }
  for (const auto& item : files.items) {
    if (auto added = add(*item); !added) {
      return added;
    }
  }
  return {};
}

void readSecrets(const Yaml& secrets, ComposeService& service) {
  for (const auto& item : secrets.items) {
    const auto name = item->kind == Kind::map ? item->textAt("source") : item->text;
    auto target = item->textAt("target");
    target = target.empty() ? name : target;
    service.secrets.push_back({name, target.starts_with('/') ? target : "/run/secrets/" + target});
  }
}

} // namespace

Value valueOf(const Yaml& scalar) {
  auto value = interpolated(scalar.text, scalar.source->environment, Syntax::compose, scalar.where());
  mergeAsked(value.asked, scalar.source->asked);
  if (value.problem.empty() && isOtherNumber(scalar)) {
    value.problem =
        fmt::format("{}: YAML reads this as a number and writes it in another way: put it in quotes.", scalar.where());
  }
  return value;
}

std::expected<std::string, Error> known(const Yaml& scalar) {
  auto value = valueOf(scalar);
  if (!value.problem.empty()) {
    return std::unexpected(Error{value.problem});
  }
  return std::move(value.text);
}

std::expected<ComposeService, Error> readComposeService(const std::string& name, const Yaml& service) {
  if (service.kind != Kind::map && service.kind != Kind::null) {
    return std::unexpected(errorAt(service, fmt::format("the service {} is no map.", name)));
  }
  ComposeService result{.name = name, .where = service.where()};
  result.isWhole = service.at("image") != nullptr || service.at("build") != nullptr || service.at("extends") != nullptr;
  if (const auto* image = service.at("image"); image != nullptr) {
    result.image = valueOf(*image).text;
  }
  if (const auto* environment = service.at("environment"); environment != nullptr) {
    if (auto read = readEnvironment(*environment, result); !read) {
      return std::unexpected(read.error());
    }
  }
  if (const auto* files = service.at("env_file"); files != nullptr) {
    if (auto read = readEnvFiles(*files, result); !read) {
      return std::unexpected(read.error());
    }
  }
  if (const auto* secrets = service.at("secrets"); secrets != nullptr) {
    readSecrets(*secrets, result);
  }
  return result;
}

ComposeService merged(ComposeService base, const ComposeService& over) {
  base.name = over.name;
  base.where = over.where;
  base.isWhole = base.isWhole || over.isWhole;
  base.image = over.image.empty() ? base.image : over.image;
  if (over.replacesEnvironment) {
    base.environment.clear();
  }
  lay(base.environment, over.environment);
  std::erase_if(base.environment, &ComposeEntry::isRemoved);
  if (over.replacesEnvFiles) {
    base.envFiles.clear();
  }
  base.envFiles.insert(base.envFiles.end(), over.envFiles.begin(), over.envFiles.end());
  base.secrets.insert(base.secrets.end(), over.secrets.begin(), over.secrets.end());
  return base;
}

} // namespace whichbase::imports
