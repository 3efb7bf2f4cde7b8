// Which recorded history a command is about, and how a time in it is written.
#pragma once

#include "history/history.h"

#include <expected>
#include <memory>
#include <optional>
#include <string>

namespace whichbase::cli {

// What the options' help says of a TIME.
inline constexpr auto timeHelp =
    "TIME: 2025-12-03T14:32:00Z, or 14:32 (the last such time of the history), or -10min (before its end); in UTC";

// NAME.whichbase itself, or the one beside the project file.
std::filesystem::path historyFileFrom(const std::string& projectOrFile);

// The last time that the history knows of; empty where it holds nothing.
std::optional<topology::UtcTime> endOf(const history::Overview& overview);

// A time as somebody writes it, in UTC, reckoned back from `end`: an ISO 8601 time, "14:32", "14:32:05", "-90s",
// "-10min", "-2h", "-1d". Empty when it is none of these.
std::optional<topology::UtcTime> timeFrom(const std::string& text, topology::UtcTime end);

} // namespace whichbase::cli
