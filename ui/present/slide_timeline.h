// Users of each database over time, drawn large for a projected page.
#pragma once

#include "history/history.h"
#include "present/slide_text.h"

namespace whichbase::ui {

// Nothing where fewer than two times are known.
bool hasTimeline(const history::Overview& overview);
void paintTimeline(const SlideBrush& brush, const history::Overview& overview, const QRectF& area);

} // namespace whichbase::ui
