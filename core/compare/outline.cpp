#include "compare/outline.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace whichbase::compare {
namespace {

constexpr std::string_view disabled = "; DISABLED";

// A trigger that fires on replicas only does not fire for what an application does.
bool isOff(std::string_view definition) {
  return definition.ends_with(disabled) || definition.ends_with("; ENABLE REPLICA");
}

std::string outline(std::string_view timing, std::vector<std::string> events, bool enabled) {
  std::ranges::sort(events);
  return fmt::format("{} {}{}", timing, fmt::join(events, " OR "), enabled ? "" : disabled);
}

std::string outlineOf(const Object& trigger) {
  const std::string& definition = trigger.definition;
  if (trigger.kind == ObjectKind::eventTrigger) {
    const auto event = std::string_view(definition).substr(std::min<std::size_t>(3, definition.size()));
    return outline("ON", {std::string(event.substr(0, event.find_first_of(" ;")))}, !isOff(definition));
  }
  // CREATE [CONSTRAINT] TRIGGER name BEFORE INSERT OR UPDATE OF a, b ON table …
  const std::size_t name = definition.find("TRIGGER " + trigger.name + " ");
  if (name == std::string::npos)
    return definition; // an outline already
  std::string_view rest = std::string_view(definition).substr(name + trigger.name.size() + 9);
  rest = rest.substr(0, rest.find(" ON " + trigger.table + " "));
  const std::string_view timing = rest.starts_with("INSTEAD OF") ? "INSTEAD OF" : rest.substr(0, rest.find(' '));
  std::vector<std::string> events;
  for (const char* event : {"INSERT", "UPDATE", "DELETE", "TRUNCATE"}) {
    // At the start of what fires it, or behind " OR ": a column may be called so, too.
    const auto begins = rest.substr(std::min(timing.size() + 1, rest.size()));
    if (begins.starts_with(event) || rest.find(fmt::format(" OR {}", event)) != std::string_view::npos)
      events.emplace_back(event);
  }
  return outline(timing, std::move(events), !isOff(definition));
}

std::string withoutQuotes(const std::string& name) {
  if (name.size() < 2 || name.front() != '"')
    return name;
  std::string out;
  for (std::size_t at = 1; at + 1 < name.size(); ++at) {
    out += name[at];
    at += name[at] == '"' ? 1 : 0;
  }
  return out;
}

} // namespace

std::string triggerOutline(const topology::Trigger& trigger) {
  return outline(trigger.timing, trigger.events, trigger.enabled);
}

Schema outlineOf(const Schema& schema, const std::vector<std::string>& extensionTables) {
  Schema outline = schema;
  outline.objects.clear();
  std::set<std::string> relations;
  for (const auto& object : schema.objects)
    if (object.kind == ObjectKind::table || object.kind == ObjectKind::view)
      relations.insert(object.name);
  for (const auto& object : schema.objects) {
    const bool isTable = object.kind == ObjectKind::table;
    if (!isTable && object.kind != ObjectKind::trigger && object.kind != ObjectKind::eventTrigger)
      continue;
    // A recording knows no trigger of a partition's own.
    if (object.kind == ObjectKind::trigger && !schema.tablesAndTriggersOnly && !relations.contains(object.table))
      continue;
    if (!std::ranges::binary_search(extensionTables, isTable ? object.name : object.table))
      outline.objects.push_back({object.kind, object.table, isTable ? object.name : withoutQuotes(object.name),
                                 isTable ? std::string() : outlineOf(object)});
  }
  return outline;
}

} // namespace whichbase::compare
