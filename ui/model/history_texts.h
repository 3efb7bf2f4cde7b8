// What the history strip says in words, in the user's language and numbers.
#pragma once

#include "model/history_series.h"

#include <QString>

namespace whichbase::ui {

using Labels = std::map<std::string, std::string>; // of databases, by letter

// "A Local container: 22", one a line, at that time; whether anybody watched is the caller's to say.
QString valuesAt(const std::vector<DatabasePoints>& databases, const Labels& labels, topology::UtcTime time);

// "From … to …. A Local container: 18 to 22 users, not reached since 14:20 UTC. B …" for screen readers.
QString describeHistory(const std::vector<DatabasePoints>& databases, const Labels& labels, const TimeRange& range);

} // namespace whichbase::ui
