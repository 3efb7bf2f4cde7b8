#include "history/patch.h"

#include <charconv>
#include <optional>

namespace whichbase::history {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

constexpr int mostLevels = 64;

bool isTooDeep(std::string_view text) {
  int depth = 0;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char character = text[i];
    if (inString) {
      if (character == '\\')
        ++i;
      else if (character == '"')
        inString = false;
    } else if (character == '"') {
      inString = true;
    } else if (character == '[' || character == '{') {
      if (++depth > mostLevels)
        return true;
    } else if (character == ']' || character == '}') {
      --depth;
    }
  }
  return false;
}

std::optional<std::size_t> indexFrom(const std::string& token, std::size_t most) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc{} || end != token.data() + token.size() || index > most)
    return std::nullopt;
  return index;
}

bool add(Json& value, const Pointer& pointer, const Json& added) {
  if (pointer.empty()) {
    value = added;
    return true;
  }
  Json& parent = value.at(pointer.parent_pointer());
  if (parent.is_object()) {
    parent[pointer.back()] = added;
    return true;
  }
  if (!parent.is_array())
    return false;
  const auto index = pointer.back() == "-" ? std::optional(parent.size()) : indexFrom(pointer.back(), parent.size());
  if (index)
    parent.insert(parent.begin() + std::ptrdiff_t(*index), added);
  return index.has_value();
}

bool remove(Json& value, const Pointer& pointer) {
  if (pointer.empty())
    return false;
  Json& parent = value.at(pointer.parent_pointer());
  if (parent.is_object())
    return parent.erase(pointer.back()) == 1;
  if (!parent.is_array() || parent.empty())
    return false;
  const auto index = indexFrom(pointer.back(), parent.size() - 1);
  if (index)
    parent.erase(*index);
  return index.has_value();
}

bool applyStep(Json& value, const Json& step) {
  if (!step.is_array() || step.empty() || !step[0].is_string())
    return false;
  const auto& path = step[0].get_ref<const std::string&>();
  if (path.starts_with('-'))
    return step.size() == 1 && remove(value, Pointer(path.substr(1)));
  if (step.size() != 2)
    return false;
  if (path.starts_with('+'))
    return add(value, Pointer(path.substr(1)), step[1]);
  value.at(Pointer(path)) = step[1];
  return true;
}

} // namespace

Json patchBetween(const Json& from, const Json& to) {
  Json steps = Json::array();
  for (Json& step : Json::diff(from, to)) {
    const auto& operation = step["op"].get_ref<const std::string&>();
    const auto& path = step["path"].get_ref<const std::string&>();
    if (operation == "remove")
      steps.push_back(Json::array({"-" + path}));
    else
      steps.push_back(Json::array({operation == "add" ? "+" + path : path, std::move(step["value"])}));
  }
  return steps;
}

std::expected<void, std::string> applyPatch(Json& value, const Json& patch) {
  const auto unfit = std::unexpected(std::string("a recorded change does not fit what was recorded before it"));
  if (!patch.is_array())
    return unfit;
  try {
    for (const Json& step : patch)
      if (!applyStep(value, step))
        return unfit;
  } catch (const Json::exception&) { // a path that leads nowhere
    return unfit;
  }
  return {};
}

std::expected<Json, std::string> parseBounded(std::string_view text) {
  if (isTooDeep(text))
    return std::unexpected(std::string("a recorded state is nested too deeply"));
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded())
    return std::unexpected(std::string("a recorded state is not readable"));
  return json;
}

} // namespace whichbase::history
