#include "layout/diagram.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace whichbase::layout {

namespace {

constexpr double leastTextWidth = 120; // of a box: a name with both ends, a letter, two chips

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool inside(const Rect& rect, double width, double height) {
  return rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= width && rect.y + rect.height <= height;
}

bool onBorder(const Point& point, const Rect& rect) {
  constexpr double close = 0.01;
  const double right = rect.x + rect.width;
  const double bottom = rect.y + rect.height;
  if (point.x < rect.x - close || point.x > right + close || point.y < rect.y - close || point.y > bottom + close)
    return false;
  return std::min({std::abs(point.x - rect.x), std::abs(point.x - right), std::abs(point.y - rect.y),
                   std::abs(point.y - bottom)}) <= close;
}

// Whether a horizontal or vertical line passes through the inside of a box.
bool cuts(const Point& a, const Point& b, const Rect& rect) {
  return std::max(a.x, b.x) > rect.x && std::min(a.x, b.x) < rect.x + rect.width && std::max(a.y, b.y) > rect.y &&
         std::min(a.y, b.y) < rect.y + rect.height;
}

// Boxes sorted by their upper border, so that only neighbours are compared.
void findOverlaps(const Diagram& diagram, std::vector<std::string>& problems) {
  std::vector<const Box*> sorted;
  for (const Box& box : diagram.boxes)
    sorted.push_back(&box);
  std::ranges::sort(sorted, {}, [](const Box* box) { return box->rect.y; });
  for (std::size_t i = 0; i < sorted.size(); ++i)
    for (std::size_t j = i + 1; j < sorted.size() && sorted[j]->rect.y < sorted[i]->rect.y + sorted[i]->rect.height;
         ++j)
      if (overlap(sorted[i]->rect, sorted[j]->rect))
        problems.push_back(sorted[i]->key + " overlaps " + sorted[j]->key + ".");
}

} // namespace

std::vector<std::string> problemsOf(const Diagram& diagram) {
  std::vector<std::string> problems;
  std::map<std::string, const Box*> byKey;
  for (const Box& box : diagram.boxes) {
    if (!byKey.emplace(box.key, &box).second)
      problems.push_back(box.key + " is there twice.");
    if (!inside(box.rect, diagram.width, diagram.height))
      problems.push_back(box.key + " sticks out of the diagram.");
    if (box.rect.width < leastTextWidth || box.rect.height < 60)
      problems.push_back(box.key + " is too small for its texts.");
  }
  findOverlaps(diagram, problems);
  std::set<std::string> pathKeys;
  for (const Path& path : diagram.paths) {
    if (!pathKeys.insert(path.key).second)
      problems.push_back(path.key + " is there twice.");
    const auto from = byKey.find(path.fromKey);
    const auto to = byKey.find(path.toKey);
    if (from == byKey.end() || !onBorder(path.from, from->second->rect))
      problems.push_back(path.key + " does not start on the border of " + path.fromKey + ".");
    if (to == byKey.end() || !onBorder(path.to, to->second->rect))
      problems.push_back(path.key + " does not end on the border of " + path.toKey + ".");
    for (std::size_t i = 0; i < path.lead.size(); ++i)
      for (const Box& box : diagram.boxes)
        if (cuts(i == 0 ? path.from : path.lead[i - 1], path.lead[i], box.rect))
          problems.push_back(path.key + " is led through " + box.key + ".");
  }
  return problems;
}

} // namespace whichbase::layout
