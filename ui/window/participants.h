// The servers of the open project as a verification meets them.
#pragma once

#include "verify/participant.h"
#include "window/document.h"

namespace whichbase::ui {

// Of its present side, in its order, with their passwords and routes as a sweep of the window would have them. May run
// the project's commands and ask the keychain: not for the GUI thread.
std::vector<verify::Participant> participantsFor(const Document::Surroundings& surroundings,
                                                 const std::stop_token& stop);

} // namespace whichbase::ui
