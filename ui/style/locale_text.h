// Numbers, counts and times as the user's own language and region write them. Only the window speaks so: what core
// writes, and so every file and report, is English with times in UTC, the same for everybody.
#pragma once

#include "topology/utc_time.h"

#include <QString>

#include <cstdint>
#include <string>

namespace whichbase::ui {

// 51,904 as "51.904", "51 904", "٥١٬٩٠٤".
QString localNumber(std::int64_t number);
QString localNumber(double number, int decimals);

// A count as core writes it, "22", "~51,904", "?", with its digits as above.
QString localCount(const std::string& text);

// "1 server", "3 servers": `one` is English; `many` holds "%Ln", is translated, and every language has as many forms of
// it as it needs. To be called with QT_TRANSLATE_N_NOOP(context, "%Ln servers").
QString counted(const char* context, const char* one, const char* many, std::int64_t count);

// With the date, in the zone of this computer, and in UTC beside it where that is another: "3 Dec 2025, 19:32:11 IST
// (14:02:11 UTC)". For details and tooltips; headlines and axes are in UTC alone, as what is said aloud.
QString localTime(topology::UtcTime time);

} // namespace whichbase::ui
