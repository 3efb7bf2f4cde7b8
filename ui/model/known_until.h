// What a history said at an earlier moment: for what is told of a replayed one.
#pragma once

#include "history/history.h"

namespace whichbase::ui {

// Without whatever came after `at`; a span that went on is cut there.
history::Overview knownUntil(const history::Overview& overview, topology::UtcTime at);

} // namespace whichbase::ui
