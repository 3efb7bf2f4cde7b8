// The reference incident as a report has it: proven, recorded, with texts.
#pragma once

#include "document/incident.h"
#include "document/report.h"

namespace whichbase::samples {

// Rows compared before, a test row after the fix.
topology::Comparison provenIncident();
// The same with what happened in between, and a gap.
document::Incident recordedIncident();
// Two servers on two databases, one unknown and one not reached; every name is `name`, and so is what is written.
document::Incident incidentNamed(const std::string& name);

// What in a name has done harm somewhere: markup, both directions of writing, turns of it, control characters, …
std::vector<std::string> nastyNames();

} // namespace whichbase::samples
