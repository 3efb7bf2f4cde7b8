#include "compare/sequence_differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace whichbase::compare {
namespace {

// The sequence of a column is the same one whatever its name.
std::string placeOf(const SequencePosition& position) {
  return position.column.empty() ? position.sequence : position.table + "." + position.column;
}

std::map<std::string, const SequencePosition*> byPlace(const Schema& schema) {
  std::map<std::string, const SequencePosition*> positions;
  for (const auto& position : schema.sequences)
    positions.emplace(placeOf(position), &position);
  return positions;
}

std::string positionText(const SequencePosition& position) {
  const std::string next = position.next ? fmt::format("next {}", *position.next) : "position unknown";
  return position.greatest ? fmt::format("{}, {} {} is {}", next, position.increment > 0 ? "greatest" : "least",
                                         position.column, *position.greatest)
                           : next;
}

// "the next insert into public.users fails: its sequence gives 1, its greatest id is 22".
std::string danger(const SequencePosition& position) {
  const std::string what =
      fmt::format("its sequence gives {}, its {} {} is {}", *position.next,
                  position.increment > 0 ? "greatest" : "least", position.column, *position.greatest);
  if (!position.unique)
    return fmt::format("inserts into {} give values of {} a second time: {}", position.table, position.column, what);
  return position.nextIsTaken ? fmt::format("the next insert into {} fails: {}", position.table, what)
                              : fmt::format("an insert into {} will fail before long: {}", position.table, what);
}

void warn(const Schema& schema, const std::string& name, SchemaComparison& result) {
  for (const auto& position : schema.sequences)
    if (position.standsBehind())
      result.warnings.push_back(fmt::format("In {}, {}.", name, danger(position)));
}

} // namespace

void compareSequences(const Schema& from, const Schema& to, const std::string& fromName, const std::string& toName,
                      SchemaComparison& result) {
  warn(from, fromName, result);
  warn(to, toName, result);
  const auto others = byPlace(to);
  for (const auto& [place, a] : byPlace(from)) {
    const auto found = others.find(place);
    if (found == others.end()) // the sequence is missing, or its column: told as such
      continue;
    const SequencePosition& b = *found->second;
    if (a->standsBehind() != b.standsBehind()) {
      const bool first = a->standsBehind();
      result.differences.push_back({ObjectKind::sequence, a->table, a->sequence, DifferenceKind::different,
                                    positionText(*a), positionText(b),
                                    fmt::format("In {}, {}.", first ? fromName : toName, danger(first ? *a : b))});
    } else if (a->next && b.next && *a->next != *b.next) {
      result.notes.push_back(
          fmt::format("{} gives {} next in {} and {} in {}.", a->sequence, *a->next, fromName, *b.next, toName));
    }
  }
}

} // namespace whichbase::compare
