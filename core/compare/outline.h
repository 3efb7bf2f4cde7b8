// What a snapshot's recording and a catalog both know of a database: its tables, and when its triggers fire.
#pragma once

#include "compare/schema.h"

namespace whichbase::compare {

// "BEFORE DELETE OR TRUNCATE", "ON sql_drop; DISABLED".
std::string triggerOutline(const topology::Trigger& trigger);

// Only tables, without definitions, and triggers and event triggers, with outlines. None that belongs to an extension
// of either side, since only one of the two knows those apart. Names of triggers without quotes: a recording does not
// know which names PostgreSQL quotes.
Schema outlineOf(const Schema& schema, const std::vector<std::string>& extensionTables);

} // namespace whichbase::compare
