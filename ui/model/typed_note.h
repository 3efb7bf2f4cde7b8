// A note as the engineer types it: "14:32 restarted staging".
#pragma once

#include "history/event.h"

#include <QString>

namespace whichbase::ui {

// A time at its beginning, HH:MM in UTC, is when it happened, on the day of `now`; one that lies after `now` is only
// text. Everything else happened `now`.
history::Event noteOf(const QString& typed, topology::UtcTime now);

} // namespace whichbase::ui
