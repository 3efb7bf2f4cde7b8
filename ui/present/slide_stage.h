// Where a side's boxes stand on a projected page: databases above, servers below, at most as many as are readable from
// the last row. Pure geometry, on a page of 1920 × 1080.
#pragma once

#include "layout/diagram.h"

#include <QPainterPath>
#include <QRectF>
#include <QString>

#include <vector>

namespace whichbase::ui {

struct StageCard {
  const layout::Box* box = nullptr;
  QRectF rect;
  bool compact = false; // name and badge, and one line
};

struct StageLink {
  const layout::Path* link = nullptr;
  QPainterPath path; // ends below its arrow head
  QPointF tip;
};

// "and 12 more servers", where there is no room for cards.
struct StageNote {
  QString text;
  QRectF rect;
};

struct Stage {
  std::vector<StageCard> databases;
  std::vector<StageCard> servers;
  std::vector<StageLink> links;
  std::vector<StageNote> notes;
};

// The diagram outlives the stage.
Stage stageOf(const layout::Diagram& diagram, const QRectF& area);

} // namespace whichbase::ui
