// What `watch` writes, a line at a time: the state that it starts from, then one event a line; as text or as JSON
// Lines.
#pragma once

#include "history/event.h"

#include <string>

namespace whichbase::cli {

// "14:31:07 UTC  Production Backend moved from A to B."; with the day where that is another one than `started`'s.
std::string textLine(const history::Event& event, topology::UtcTime started);
std::string textLine(const topology::Snapshot& state);

// Without line break. {"event": "server-moved", "at": …, "side": …, "subjects": […], "major": true, "text": …} and
// {"state": {"at": …, "title": …, "side": …, "complete": …, "verdict": {…}, "servers": […], "databases": […]}}.
std::string jsonLine(const history::Event& event);
std::string jsonLine(const topology::Snapshot& state);

} // namespace whichbase::cli
