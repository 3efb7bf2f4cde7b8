#include "picture/history_marks.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace whichbase::picture {

namespace {

using history::EventKind;

constexpr double labelGap = 5; // between a line and its label, and between labels

int weightOf(const history::Event& event) {
  switch (event.kind) {
  case EventKind::note:
    return 5; // somebody thought it worth writing
  case EventKind::verdictChanged:
  case EventKind::endpointMoved:
    return 4;
  case EventKind::serverMoved:
  case EventKind::databaseGone:
  case EventKind::databasePromoted:
  case EventKind::verification:
    return 3;
  case EventKind::usersJumped:
  case EventKind::tablesGone:
  case EventKind::databaseRestarted:
    return 2;
  default:
    return event.isMajor() ? 1 : 0;
  }
}

struct Taken {
  double left, right;
};

bool fits(const std::vector<Taken>& taken, double left, double right) {
  return std::ranges::none_of(taken, [&](const Taken& one) { return left < one.right && one.left < right; });
}

// How many others that matter stand where the label would be.
std::ptrdiff_t covered(const std::vector<EventMark*>& majors, double left, double right) {
  return std::ranges::count_if(majors, [&](const EventMark* mark) { return left < mark->x && mark->x < right; });
}

// Right of its line, or left of it where that covers fewer others; nowhere where neither is free.
void place(EventMark& mark, double width, double axis, const std::vector<EventMark*>& majors,
           std::vector<Taken>& taken) {
  if (!fits(taken, mark.x - 1, mark.x + 1))
    return;
  std::array<double, 2> sides = {mark.x + labelGap, mark.x - labelGap - width};
  if (covered(majors, sides[1], sides[1] + width) < covered(majors, sides[0], sides[0] + width))
    std::swap(sides[0], sides[1]);
  for (const double left : sides) {
    if (left < 0 || left + width > axis || !fits(taken, left - labelGap, left + width + labelGap))
      continue;
    mark.labelled = true;
    mark.labelLeft = left;
    mark.labelWidth = width;
    taken.push_back({left, left + width});
    taken.push_back({mark.x - 1, mark.x + 1});
    return;
  }
}

} // namespace

std::string labelOf(const history::Event& event) {
  std::string text = event.text.substr(0, event.text.find('\n'));
  // What somebody proved has a name before its colon: "write test", "rows compared".
  if (const auto colon = text.find(": "); event.kind == EventKind::verification && colon != std::string::npos) {
    text.resize(colon);
    text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
  }
  if (text.ends_with('.'))
    text.pop_back();
  return text;
}

std::vector<EventMark> marksOf(const std::vector<history::Event>& events, const TimeScale& scale,
                               const std::function<double(const std::string&)>& widthOf, double widestLabel) {
  // The weightiest of each pixel.
  std::vector<EventMark> marks;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const double x = std::round(scale.xOf(events[i].at));
    if (x < 0 || x > scale.width())
      continue;
    if (marks.empty() || marks.back().x != x)
      marks.push_back({x, i, false, 0, 0});
    else if (weightOf(events[i]) > weightOf(events[marks.back().event]))
      marks.back().event = i;
  }
  std::vector<EventMark*> order;
  for (auto& mark : marks)
    if (events[mark.event].isMajor())
      order.push_back(&mark);
  std::ranges::stable_sort(order, std::greater(), [&](const EventMark* mark) { return weightOf(events[mark->event]); });
  std::vector<Taken> taken;
  // More than these find no room on any screen.
  for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 300); ++i)
    place(*order[i], std::min(widestLabel, widthOf(labelOf(events[order[i]->event]))), scale.width(), order, taken);
  return marks;
}

} // namespace whichbase::picture
