// The parts of a text report that stand below the diagram: findings, problem, solution, connection strings, take-away.
#pragma once

#include "report/canvas.h"
#include "topology/snapshot.h"

#include <string>
#include <vector>

namespace whichbase::report {

void addHeading(Canvas& sheet, const std::string& text);

// `fixed` is shown as a group of its own, and only where there is a before side.
void addFindings(Canvas& sheet, int width, const std::vector<topology::Finding>& open,
                 const std::vector<topology::Finding>* fixed);
void addDatabases(Canvas& sheet, int width, const std::vector<const topology::Snapshot*>& sides);
// What proves which servers share a database, and what does not; the first few of each side.
void addEvidence(Canvas& sheet, int width, const std::vector<const topology::Snapshot*>& sides);
// Rows that were compared, and what each server's own connection saw of a test row or of raised flags.
void addProofs(Canvas& sheet, int width, const std::vector<const topology::Snapshot*>& sides);
void addConnections(Canvas& sheet, int width, const topology::Snapshot& snapshot);
void addConnections(Canvas& sheet, int width, const topology::Comparison& comparison);

void addProblemAndSolution(Canvas& sheet, int width, const topology::Snapshot& snapshot);
void addProblemAndSolution(Canvas& sheet, int width, const topology::Comparison& comparison);

// What to remember of it, in one or two sentences.
std::string takeAway(const topology::Snapshot& snapshot);
std::string takeAway(const topology::Comparison& comparison);

} // namespace whichbase::report
