#include "verify/can_stop_rows.h"

#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::verify {
namespace {

using namespace std::chrono_literals;
using compare::RowsResult;
using topology::withCommas;

// What one relation's comparisons found, by side.
struct Found {
  std::string relation;
  bool ofUsers = false;
  std::size_t compared = 0;
  bool allThereSomewhere = false; // one of the sides has every row, and the same
  std::vector<std::string> differences;
};

std::string differenceText(const RowsResult& result, const RowsLook& look, const RowsSide& side) {
  if (result.keyColumns.empty())
    return fmt::format("{} rows in {}, {} in {}, not the same, and no key tells which", withCommas(result.fromRows),
                       look.id, withCommas(result.toRows), side.id);
  const auto fact = compare::rowsFactOf(result, look.id, side.id);
  return fact ? toText(*fact)
              : fmt::format("{} only in {}, {} in both but not the same in {}", withCommas(result.onlyInFrom), look.id,
                            withCommas(result.different), side.id);
}

class RowsReading {
public:
  RowsReading(const RowsLook& look, probe::Connector& connector, pg::TimePoint deadline, const std::stop_token& stop,
              const OnDoing& onDoing, StopAnswer& answer)
      : m_look(look), m_connector(connector), m_deadline(deadline), m_stop(stop), m_onDoing(onDoing), m_answer(answer) {
  }

  bool users();
  void others();

private:
  Found compared(const std::string& relation);
  void note(const RowsResult& result, const RowsSide& side, Found& found);
  void tell(const Found& found);
  bool isOver() const { return m_stop.stop_requested() || pg::Clock::now() >= m_deadline; }

  const RowsLook& m_look;
  probe::Connector& m_connector;
  const pg::TimePoint m_deadline;
  const std::stop_token& m_stop;
  const OnDoing& m_onDoing;
  StopAnswer& m_answer;
  std::string m_usersRelation;
};

void RowsReading::note(const RowsResult& result, const RowsSide& side, Found& found) {
  found.relation = result.relation;
  ++found.compared;
  if (auto fact = compare::rowsFactOf(result, m_look.id, side.id)) {
    fact->ofUsers = found.ofUsers;
    m_answer.rows.push_back(std::move(*fact));
  }
  const bool missesColumns = !result.fromOnlyColumns.empty();
  const bool hasAll = result.keyColumns.empty() ? result.same() : result.onlyInFrom == 0 && result.different == 0;
  if (hasAll && result.settled && !missesColumns)
    found.allThereSomewhere = true;
  else if (!hasAll)
    found.differences.push_back(differenceText(result, m_look, side));
  if (hasAll && !result.settled)
    m_answer.couldNotLook.push_back(
        fmt::format("the last rows of {}, against {}: somebody was writing", result.relation, side.id));
}

Found RowsReading::compared(const std::string& relation) {
  Found found;
  found.relation = relation;
  found.ofUsers = relation.empty();
  for (const RowsSide& side : m_look.sides) {
    if (!relation.empty() && !side.tables.contains(relation))
      continue; // told with the tables
    const std::string name = relation.empty() ? "users" : relation;
    if (isOver()) {
      m_answer.couldNotLook.push_back(fmt::format("rows of {}, against {}: there was no time left", name, side.id));
      continue;
    }
    m_onDoing(fmt::format("Comparing {} of {} with {}", name, m_look.id, side.id));
    compare::RowsRequest request;
    request.relation = relation;
    request.deadline = std::chrono::duration_cast<std::chrono::milliseconds>(m_deadline - pg::Clock::now());
    const auto result = compare::compareRows(*m_look.endpoint, *side.endpoint, request, m_connector, m_stop);
    if (result)
      note(*result, side, found);
    else
      m_answer.couldNotLook.push_back(fmt::format("rows of {}, against {}: {}", name, side.id, result.error().text));
  }
  return found;
}

void RowsReading::tell(const Found& found) {
  if (found.compared == 0 || found.allThereSomewhere)
    return;
  for (const std::string& difference : found.differences)
    m_answer.against.push_back({found.ofUsers ? "users" : "rows", fmt::format("{}: {}.", found.relation, difference)});
}

bool RowsReading::users() {
  const Found found = compared("");
  m_usersRelation = found.relation;
  tell(found);
  if (found.compared > 0)
    m_answer.lookedAt.push_back("the rows of " + found.relation);
  return found.compared > 0;
}

void RowsReading::others() {
  std::vector<std::string> large;
  std::size_t compared = 0;
  for (const std::string& table : m_look.tables) {
    const bool isElsewhere =
        std::ranges::any_of(m_look.sides, [&](const RowsSide& s) { return s.tables.contains(table); });
    if (table == m_usersRelation || !isElsewhere)
      continue;
    const auto estimate = m_look.estimates.find(table);
    if (estimate == m_look.estimates.end() || estimate->second > m_look.smallRows) {
      large.push_back(table);
      continue;
    }
    const Found found = this->compared(table);
    tell(found);
    compared += found.compared > 0 ? 1 : 0;
  }
  if (compared > 0)
    m_answer.lookedAt.push_back(fmt::format("the rows of {}", topology::counted(compared, "other table")));
  if (!large.empty())
    m_answer.couldNotLook.push_back(fmt::format("rows of {}: too many to compare on the way; whichbase-cli diff does",
                                                topology::someOf(large, 10)));
}

} // namespace

bool addRows(const RowsLook& look, probe::Connector& connector, pg::TimePoint deadline, const std::stop_token& stop,
             const OnDoing& onDoing, StopAnswer& answer) {
  RowsReading reading(look, connector, deadline, stop, onDoing, answer);
  const bool users = reading.users();
  reading.others();
  return users;
}

} // namespace whichbase::verify
