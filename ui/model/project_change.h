// What was changed between two states of a project, in words that follow "Undo".
#pragma once

#include "project/project.h"

#include <QString>

namespace whichbase::ui {

// "change of Production Backend", "removal of Dashboard", "change of 3 servers", "change of the title".
QString changeText(const project::Project& from, const project::Project& to);

} // namespace whichbase::ui
