// The axis of the history strip: the same that the report's timeline has.
#pragma once

#include "picture/time_scale.h"

namespace whichbase::ui {

using picture::Stretch;
using picture::TimeRange;
using picture::TimeScale;
using picture::TimeTick;
using picture::wholeRange;

} // namespace whichbase::ui
