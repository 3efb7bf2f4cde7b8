// Whose rows exist only in the database in question.
#pragma once

#include "verify/can_stop_content.h"

#include <map>
#include <set>

namespace whichbase::verify {

struct RowsSide {
  std::string id;
  const compare::Endpoint* endpoint = nullptr;
  std::set<std::string> tables; // quoted and schema-qualified
};

struct RowsLook {
  std::string id; // of the database in question
  const compare::Endpoint* endpoint = nullptr;
  std::vector<std::string> tables; // its own, quoted and schema-qualified
  std::vector<RowsSide> sides;
  std::map<std::string, double> estimates; // its rows by table
  double smallRows = 0;
};

// The users relation first, then those tables that are small. False: the users relation could not be compared with any
// of the sides, which was told.
bool addRows(const RowsLook& look, probe::Connector& connector, pg::TimePoint deadline, const std::stop_token& stop,
             const OnDoing& onDoing, StopAnswer& answer);

} // namespace whichbase::verify
