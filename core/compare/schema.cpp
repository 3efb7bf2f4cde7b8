#include "compare/schema.h"

#include "topology/wording.h"

#include <algorithm>
#include <array>
#include <utility>

namespace whichbase::compare {
namespace {

constexpr std::array kindNames{
    std::pair{ObjectKind::schema, "schema"},   std::pair{ObjectKind::extension, "extension"},
    std::pair{ObjectKind::type, "type"},       std::pair{ObjectKind::table, "table"},
    std::pair{ObjectKind::column, "column"},   std::pair{ObjectKind::primaryKey, "primary key"},
    std::pair{ObjectKind::unique, "unique"},   std::pair{ObjectKind::foreignKey, "foreign key"},
    std::pair{ObjectKind::check, "check"},     std::pair{ObjectKind::exclusion, "exclusion"},
    std::pair{ObjectKind::index, "index"},     std::pair{ObjectKind::sequence, "sequence"},
    std::pair{ObjectKind::view, "view"},       std::pair{ObjectKind::function, "function"},
    std::pair{ObjectKind::trigger, "trigger"}, std::pair{ObjectKind::eventTrigger, "event trigger"},
    std::pair{ObjectKind::policy, "policy"},   std::pair{ObjectKind::rule, "rule"},
};

} // namespace

const char* const notInSchemas = "owners, privileges, comments, tablespaces, operators, casts, collations, "
                                 "publications, subscriptions and foreign servers";

bool SequencePosition::standsBehind() const {
  if (!next || !greatest)
    return false;
  return nextIsTaken || (increment > 0 ? *next <= *greatest : *next >= *greatest);
}

std::string toString(ObjectKind kind) {
  return std::ranges::find(kindNames, kind, &std::pair<ObjectKind, const char*>::first)->second;
}

std::string kindsCounted(ObjectKind kind, std::size_t count) {
  switch (kind) {
  case ObjectKind::unique:
    return topology::counted(count, "unique constraint");
  case ObjectKind::check:
    return topology::counted(count, "check");
  case ObjectKind::exclusion:
    return topology::counted(count, "exclusion constraint");
  case ObjectKind::index:
    return topology::counted(count, "index", "indexes");
  case ObjectKind::policy:
    return topology::counted(count, "policy", "policies");
  default:
    return topology::counted(count, toString(kind));
  }
}

std::optional<ObjectKind> objectKindFrom(std::string_view name) {
  const auto found = std::ranges::find_if(kindNames, [&](const auto& entry) { return entry.second == name; });
  return found == kindNames.end() ? std::nullopt : std::optional(found->first);
}

} // namespace whichbase::compare
