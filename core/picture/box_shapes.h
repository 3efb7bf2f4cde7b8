// A box of the diagram as shapes: a database's card, a server, a stack, a server that was not reached.
#pragma once

#include "picture/marks.h"

namespace whichbase::picture {

void addBox(Shapes& shapes, const layout::Box& box);
// All that the box says, as one sentence without its full stop.
std::string spokenBox(const layout::Box& box);

} // namespace whichbase::picture
