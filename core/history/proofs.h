// What was proven beyond a sweep, kept in the incident's file: the latest of each, so that it comes back when the file
// is opened, and an event for the timeline each time. With the letters that the file has for the databases.
#pragma once

#include "history/history.h"
#include "topology/proofs.h"

#include <expected>
#include <optional>

namespace whichbase::history {

// In place of earlier rows of the same two databases and relation.
std::expected<void, Error> keep(History& history, const topology::RowsFact& rows);
// In place of the one before. One that failed is kept, and an event, too.
std::expected<void, Error> keep(History& history, const topology::Verification& verification);

// What was proven last, and no later than `until`: for a replay of what was known then. What the file holds that is no
// proof any more, since it was damaged, is left out.
std::expected<topology::Proofs, Error> proofsIn(const History& history,
                                                std::optional<topology::UtcTime> until = std::nullopt);

} // namespace whichbase::history
