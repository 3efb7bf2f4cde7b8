// The lines of the history strip: the same that the report's timeline has.
#pragma once

#include "model/time_scale.h"
#include "picture/history_series.h"

namespace whichbase::ui {

using picture::DatabasePoints;
using picture::HistorySeries;
using picture::Line;
using picture::LineEnd;
using picture::PlotPoint;
using picture::pointAt;
using picture::pointsByDatabase;
using picture::Run;
using picture::seriesOf;

} // namespace whichbase::ui
