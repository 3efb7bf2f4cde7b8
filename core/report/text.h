// Snapshots and comparisons as text for a terminal and for pasting into an incident channel.
#pragma once

#include "connection/connection_string.h"
#include "topology/snapshot.h"

#include <string>
#include <vector>

namespace whichbase::report {

struct TextOptions {
  bool ascii = false;  // boxes of +-| instead of Unicode lines
  bool colour = false; // ANSI colours: only for a terminal
  int columns = 120;
};

std::string toText(const topology::Snapshot& snapshot, const TextOptions& options);
std::string toText(const topology::Comparison& comparison, const TextOptions& options);
// The diagram alone: headlines, boxes and legend, without colours.
std::string diagramText(const topology::Snapshot& snapshot, const TextOptions& options);
std::string diagramText(const topology::Comparison& comparison, const TextOptions& options);
// The matrix alone, one part a side: for pasting.
std::string matrixText(const std::vector<const topology::Snapshot*>& sides, const TextOptions& options);
std::string toText(const std::vector<connection::Reading>& readings, const std::string& maskedSafeUrl,
                   const TextOptions& options);

} // namespace whichbase::report
