// What comparing rows told, in the words of verdict and findings: of the present where it still holds, else with its
// time.
#pragma once

#include "topology/view.h"

#include <optional>
#include <string>
#include <vector>

namespace whichbase::topology {

// The comparison of the users of both, `a` first; empty where there was none.
std::optional<RowsFact> usersCompared(const Snapshot& snapshot, const Database& a, const Database& b);

// "22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both.", or "Compared 14:20 UTC, before something changed: …";
// "Compared 14:20 UTC: …" where one of them no longer answers.
std::string rowsSentence(const Snapshot& snapshot, const RowsFact& rows);

// Of every two of these that were compared, at most `most` of them; `open` tells whether others were not.
std::vector<std::string> rowsSentences(const Snapshot& snapshot, const std::vector<const Database*>& databases,
                                       std::size_t most, bool& open);

// What to do about users that are not the same in these: compare them, or copy those that are missing.
std::string nextStep(const Snapshot& snapshot, const std::vector<const Database*>& databases);

} // namespace whichbase::topology
