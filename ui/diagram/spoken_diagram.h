// A diagram as one text, for screen readers.
#pragma once

#include "layout/diagram.h"

#include <QString>

namespace whichbase::ui {

// "2 databases, 3 servers. Database A, Local container, 22 users: Production Backend writes. …"
QString spoken(const layout::Diagram& diagram);

} // namespace whichbase::ui
