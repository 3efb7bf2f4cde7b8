// The SQL of the question whether a database can be switched off. Each part is an expression that gives JSON.
#pragma once

#include "probe/statements.h"

namespace whichbase::verify {

extern const probe::InventoryPart selfPart;
extern const probe::InventoryPart identifierPart;
extern const probe::InventoryPart countersPart;
extern const probe::InventoryPart estimatesPart;
extern const std::vector<probe::InventoryPart> stopParts; // of the database in question
extern const std::vector<probe::InventoryPart> feedParts; // of the others

// Active jobs by database of cron.job or pgagent.pga_job, as pairs in a JSON list.
std::string jobsStatement(const probe::Limits& limits, const std::string& table);

} // namespace whichbase::verify
