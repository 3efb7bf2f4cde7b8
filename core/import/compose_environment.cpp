#include "import/compose.h"
#include "import/database_families.h"
#include "import/env_file.h"
#include "import/environment.h"
#include "import/merge_asked.h"
#include "import/text_file.h"

#include <fmt/format.h>

#include <map>

namespace whichbase::imports {

namespace {

namespace fs = std::filesystem;

// One of `environment`; a name alone is taken from around.
Variable ownVariable(const ComposeEntry& entry) {
  if (entry.value) {
    return {entry.name, entry.value->text, entry.where, entry.value->problem, entry.value->asked};
  }
  const auto answer = entry.source->environment(entry.name);
  Variable variable{entry.name, answer.value.text, entry.where, answer.value.problem, answer.value.asked};
  if (!answer.isSet) {
    variable.problem = fmt::format("{}: {} is taken from the environment, and not set here: set it, then probe again.",
                                   entry.where, entry.name);
  }
  return variable;
}

std::expected<void, Error> addEnvFile(const ComposeEnvFile& file, const Environment& own, const fs::path& folder,
                                      Environment& all) {
  const auto shown = shownName(file.path, folder);
  std::error_code error;
  if (!fs::exists(file.path, error)) {
    if (!file.isRequired) {
      return {};
    }
    all.addGap(
        fmt::format("{}: env_file {}: there is no such file here: put it there, then probe again.", file.where, shown),
        file.where);
    return {};
  }
  const auto text = readTextFile(file.path, shown);
  if (!text) {
    return std::unexpected(Error{fmt::format("{}: env_file {}", file.where, text.error().text)});
  }
  const Scope scope = [&](const std::string& name) {
    auto around = file.source->environment(name);
    const auto* variable = own.find(name);
    if (around.isSet || variable == nullptr) {
      return around;
    }
    auto answer = answerOf(*variable);
    mergeAsked(answer.value.asked, around.value.asked);
    return answer;
  };
  const auto asked = isBelow(file.path, folder)
                         ? std::vector<std::string>()
                         : std::vector{fmt::format("files in {}", file.path.lexically_normal().parent_path().string())};
  auto variables = parseEnvFile(*text, {.shown = shown, .asked = asked, .syntax = Syntax::compose, .isRaw = file.isRaw},
                                scope, all.variables());
  if (!variables) {
    return std::unexpected(variables.error());
  }
  for (auto& variable : *variables) {
    all.set(std::move(variable));
  }
  return {};
}

void setFailed(Variable& variable, std::string_view why) {
  variable.problem = fmt::format("{}: {}", variable.origin, why);
}

// What a secret's file holds; `variable` says where it is asked for.
void readSecret(const ComposeSecret& secret, const fs::path& folder, Variable& variable) {
  mergeAsked(variable.asked, secret.source->asked);
  if (!secret.variable.empty()) {
    const auto answer = secret.source->environment(secret.variable);
    mergeAsked(variable.asked, answer.value.asked);
    variable.value = answer.value.text;
    variable.problem = answer.value.problem;
    if (!answer.isSet) {
      setFailed(variable, fmt::format("the secret is taken from the environment variable {}, which is not set here.",
                                      secret.variable));
    }
    return;
  }
  if (secret.file.empty()) {
    setFailed(variable, fmt::format("the secret ({}) is not made from a file here: give the password by "
                                    "password_command, or where you are asked for it.",
                                    secret.where));
    return;
  }
  const auto shown = shownName(secret.file, folder);
  if (!isBelow(secret.file, folder)) {
    mergeAsked(variable.asked, {fmt::format("files in {}", secret.file.lexically_normal().parent_path().string())});
  }
  auto text = readTextFile(secret.file, shown);
  if (!text) {
    setFailed(variable, fmt::format("the secret's file cannot be used: {}", text.error().text));
    return;
  }
  while (text->ends_with('\n')) {
    text->pop_back();
  }
  variable.value = std::move(*text);
}

// NAME for each NAME_FILE that names a secret's file, where NAME is a database's and not there itself.
void addFromSecrets(const Compose& compose, const ComposeService& service, const fs::path& folder, Environment& all) {
  std::vector<Variable> added;
  for (const auto& variable : all.variables()) {
    const auto stem = variable.name.ends_with("_FILE") ? variable.name.substr(0, variable.name.size() - 5) : "";
    if (stem.empty() || all.find(stem) != nullptr || !variable.problem.empty() ||
        !(isOfFamily(stem) || stem.ends_with("_URL") || stem.ends_with("_URI"))) {
      continue;
    }
    Variable value{stem, {}, variable.origin, {}, variable.asked};
    const auto use = std::ranges::find(service.secrets, variable.value, &ComposeSecretUse::target);
    const auto secret = use == service.secrets.end() ? compose.secrets.end()
                                                     : std::ranges::find(compose.secrets, use->secret,
                                                                         [](const auto& each) { return each.first; });
    if (secret == compose.secrets.end()) {
      setFailed(value, fmt::format("{} names a file in the container that is no secret of this service: give the "
                                   "password by password_command, or where you are asked for it.",
                                   variable.name));
    } else {
      readSecret(secret->second, folder, value);
    }
    added.push_back(std::move(value));
  }
  for (auto& variable : added) {
    all.set(std::move(variable));
  }
}

} // namespace

std::expected<Variables, Error> environmentOf(const Compose& compose, const ComposeService& service,
                                              const fs::path& folder) {
  Environment own;
  for (const auto& entry : service.environment) {
    own.set(ownVariable(entry));
  }
  Environment all;
  for (const auto& file : service.envFiles) {
    if (auto added = addEnvFile(file, own, folder, all); !added) {
      return std::unexpected(added.error());
    }
  }
  for (const auto& variable : own.variables()) {
    all.set(variable);
  }
  addFromSecrets(compose, service, folder, all);
  return all.take();
}

} // namespace whichbase::imports
