// The marks of the history strip: the same that the report's timeline has.
#pragma once

#include "model/time_scale.h"
#include "picture/history_marks.h"

namespace whichbase::ui {

using picture::EventMark;
using picture::labelOf;
using picture::marksOf;

} // namespace whichbase::ui
