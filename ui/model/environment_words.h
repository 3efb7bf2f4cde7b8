// The words under which the environments of what is shown stand on cards and chips.
#pragma once

#include "model/view.h"
#include "style/environment_look.h"

#include <map>
#include <string>

namespace whichbase::ui {

// By environment, as layout::Options takes them.
std::map<std::string, std::string> environmentWords(const View& view, const EnvironmentLooks& looks);

} // namespace whichbase::ui
