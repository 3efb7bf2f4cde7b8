// What happened as marks on a time axis: those that matter most get a line and a label where there is room, the others
// a small tick.
#pragma once

#include "picture/time_scale.h"

#include <functional>
#include <string>
#include <vector>

namespace whichbase::picture {

struct EventMark {
  double x = 0;
  std::size_t event = 0; // of the overview's events
  bool labelled = false;
  double labelLeft = 0;
  double labelWidth = 0;
};

// The event's sentence without its full stop; of what somebody proved its name alone: "write test".
std::string labelOf(const history::Event& event);

// At most one mark a pixel, from left to right. `widthOf` measures a label; wider than `widestLabel` it is cut, by the
// one who draws it. No label covers another, nor another labelled mark's line.
std::vector<EventMark> marksOf(const std::vector<history::Event>& events, const TimeScale& scale,
                               const std::function<double(const std::string&)>& widthOf, double widestLabel);

} // namespace whichbase::picture
