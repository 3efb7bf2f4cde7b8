// The diagram of a projected page: cards of databases and servers, and the links between them.
#pragma once

#include "present/slide_text.h"

namespace whichbase::ui {

void paintDiagram(const SlideBrush& brush, const layout::Diagram& diagram, const QRectF& area);

} // namespace whichbase::ui
