#include "import/container.h"

#include "connection/characters.h"
#include "route/resolver.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace whichbase::imports {
namespace {

using Json = nlohmann::json;

// More than any container has; what comes from elsewhere may be made to take long.
constexpr std::size_t mostTexts = 1000;
constexpr std::size_t mostNetworks = 64;

// What is absent, or of another kind than expected, is empty: podman leaves out what docker says, and the other way
// round, and what comes from elsewhere may be anything.
const Json& at(const Json& from, std::initializer_list<const char*> path) {
  static const Json nothing;
  const Json* here = &from;
  for (const char* key : path) {
    if (!here->is_object() || !here->contains(key))
      return nothing;
    here = &(*here)[key];
  }
  return *here;
}

std::string textOf(const Json& json) {
  return json.is_string() ? json.get<std::string>() : std::string();
}

std::vector<std::string> textsOf(const Json& json) {
  std::vector<std::string> texts;
  if (json.is_array())
    for (const auto& each : json)
      if (each.is_string() && texts.size() < mostTexts)
        texts.push_back(each.get<std::string>());
  return texts;
}

bool isId(std::string_view text) {
  return text.size() == 64 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// What is no address is none.
std::string addressOf(const Json& json) {
  auto address = textOf(json);
  return route::isNumericAddress(address) ? address : std::string();
}

std::vector<Attachment> attachmentsOf(const Json& json) {
  std::vector<Attachment> attachments;
  const auto& networks = at(json, {"NetworkSettings", "Networks"});
  if (!networks.is_object())
    return attachments;
  for (const auto& [name, network] : networks.items()) {
    if (!isEngineName(name) || attachments.size() >= mostNetworks)
      continue;
    Attachment attachment{name, addressOf(at(network, {"IPAddress"})), textsOf(at(network, {"Aliases"})), false};
    if (attachment.address.empty()) {
      attachment.address = addressOf(at(network, {"GlobalIPv6Address"}));
      attachment.isIpv6 = !attachment.address.empty();
    }
    for (auto& known : textsOf(at(network, {"DNSNames"})))
      attachment.names.push_back(std::move(known));
    attachments.push_back(std::move(attachment));
  }
  return attachments;
}

// "/db:/backend/postgres": the container db is called postgres here.
std::vector<std::pair<std::string, std::string>> linksOf(const Json& json) {
  std::vector<std::pair<std::string, std::string>> links;
  for (const auto& link : textsOf(at(json, {"HostConfig", "Links"}))) {
    const auto colon = link.find(':');
    const auto slash = link.rfind('/');
    if (colon == std::string::npos || slash == std::string::npos || slash < colon)
      continue;
    const auto name = link.substr(0, colon);
    links.emplace_back(name.starts_with('/') ? name.substr(1) : name, link.substr(slash + 1));
  }
  return links;
}

// "db:203.0.113.5"; newer versions also write "db=203.0.113.5".
std::map<std::string, std::string> extraHostsOf(const Json& json) {
  std::map<std::string, std::string> hosts;
  for (const auto& line : textsOf(at(json, {"HostConfig", "ExtraHosts"}))) {
    const auto sign = line.find_first_of(":=");
    if (sign != std::string::npos)
      hosts.emplace(line.substr(0, sign), line.substr(sign + 1));
  }
  return hosts;
}

void addEnvironment(const Json& json, Container& container) {
  for (const auto& line : textsOf(at(json, {"Config", "Env"}))) {
    const auto sign = line.find('=');
    if (sign == std::string::npos || !isVariableName(std::string_view(line).substr(0, sign)))
      continue;
    Variable variable{line.substr(0, sign), line.substr(sign + 1), "container " + container.name};
    container.isPostgres = container.isPostgres || variable.name == "PG_MAJOR" || variable.name == "PGDATA";
    if (std::ranges::find(container.variables, variable.name, &Variable::name) == container.variables.end())
      container.variables.push_back(std::move(variable));
  }
}

void addLabels(const Json& json, Container& container) {
  const auto& labels = at(json, {"Config", "Labels"});
  container.project = textOf(at(labels, {"com.docker.compose.project"}));
  container.service = textOf(at(labels, {"com.docker.compose.service"}));
  container.isSwarm = !at(labels, {"com.docker.swarm.service.name"}).is_null();
}

} // namespace

std::vector<std::string> containersIn(std::string_view jsonList) {
  const auto json = Json::parse(jsonList, nullptr, false);
  if (!json.is_array())
    return {""};
  std::vector<std::string> texts;
  for (const auto& each : json)
    texts.push_back(each.dump(-1, ' ', false, Json::error_handler_t::replace));
  return texts;
}

bool isEngineName(std::string_view text) {
  return !text.empty() && text.size() <= 128 && connection::isWordCharacter(text.front()) && text.front() != '_' &&
         std::ranges::all_of(text, [](char c) { return connection::isWordCharacter(c) || c == '.' || c == '-'; });
}

bool isVariableName(std::string_view text) {
  return !text.empty() && text.size() <= 128 && !connection::isDigit(text.front()) &&
         std::ranges::all_of(text, connection::isWordCharacter);
}

const Attachment* Container::attachedTo(std::string_view network) const {
  const auto found = std::ranges::find(attachments, network, &Attachment::network);
  return found == attachments.end() ? nullptr : &*found;
}

std::optional<Container> readContainer(std::string_view text) {
  const auto json = Json::parse(text, nullptr, false);
  Container container;
  container.id = textOf(at(json, {"Id"}));
  container.name = textOf(at(json, {"Name"}));
  if (container.name.starts_with('/')) // docker's
    container.name.erase(0, 1);
  if (!isId(container.id) || !isEngineName(container.name))
    return std::nullopt;
  container.isRunning = at(json, {"State", "Running"}) == Json(true);
  container.networkMode = textOf(at(json, {"HostConfig", "NetworkMode"}));
  container.attachments = attachmentsOf(json);
  container.links = linksOf(json);
  container.extraHosts = extraHostsOf(json);
  addLabels(json, container);
  addEnvironment(json, container);
  return container;
}

} // namespace whichbase::imports
