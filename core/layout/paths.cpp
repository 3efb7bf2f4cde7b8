#include "layout/paths.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace whichbase::layout {

namespace {

constexpr double widestHeadGap = 54;
constexpr double leadClearance = 8; // a lead ends this far above the first row

// Where a path leaves the rows of servers.
double exitX(const ServerPlace& place) {
  return place.row == 0 ? place.rect.x + place.rect.width / 2 : place.laneX;
}

Path route(const Link& link, const ServerPlace& server, const Rect& card, double toX) {
  Path path;
  path.key = "link:" + (link.fromKey.starts_with("server:") ? link.fromKey.substr(7) : link.fromKey);
  path.fromKey = link.fromKey;
  path.toKey = link.toKey;
  path.databaseId = link.databaseId;
  path.style = link.style;
  const Rect& box = server.rect;
  const bool upwards = card.y + card.height <= box.y;
  if (upwards && server.row > 0) {
    path.from = {box.x + box.width, box.y + box.height / 2};
    path.lead = {{server.laneX, path.from.y}, {server.laneX, server.rowsTop - leadClearance}};
  } else {
    path.from = {box.x + box.width / 2, upwards ? box.y : box.y + box.height};
  }
  path.to = {toX, upwards ? card.y + card.height : card.y};
  const double bend = (path.to.y - path.curveStart().y) * 0.5;
  path.control1 = {path.curveStart().x, path.curveStart().y + bend};
  path.control2 = {path.to.x, path.to.y - bend};
  return path;
}

// How many arrow heads the links from `first` to `last` need, and which of them each one gets.
std::size_t assignHeads(const std::vector<const Link*>& links, std::size_t first, std::size_t last,
                        const Placement& placement, std::vector<std::size_t>& heads) {
  std::size_t count = 0;
  for (std::size_t i = first; i < last; ++i) {
    const ServerPlace& place = placement.servers[links[i]->unit];
    const bool shared = i > first && place.row > 0 && placement.servers[links[i - 1]->unit].row > 0 &&
                        exitX(placement.servers[links[i - 1]->unit]) == exitX(place);
    count += shared ? 0 : 1;
    heads[i] = count - 1;
  }
  return count;
}

} // namespace

std::vector<Path> pathsOf(const std::vector<Link>& links, const Placement& placement) {
  std::vector<const Link*> sorted;
  sorted.reserve(links.size());
  for (const Link& link : links)
    sorted.push_back(&link);
  std::ranges::sort(sorted, [&](const Link* a, const Link* b) {
    if (a->card != b->card)
      return a->card < b->card;
    const ServerPlace& first = placement.servers[a->unit];
    const ServerPlace& second = placement.servers[b->unit];
    return exitX(first) != exitX(second) ? exitX(first) < exitX(second) : first.row < second.row;
  });
  std::vector<Path> paths;
  paths.reserve(links.size());
  std::vector<std::size_t> heads(links.size());
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t last = first;
    while (last < sorted.size() && sorted[last]->card == sorted[first]->card)
      ++last;
    const Rect& card = placement.cards[sorted[first]->card];
    const std::size_t count = assignHeads(sorted, first, last, placement, heads);
    const double gap = std::min(widestHeadGap, card.width / static_cast<double>(count + 1));
    const double left = card.x + card.width / 2 - gap * static_cast<double>(count - 1) / 2;
    for (std::size_t i = first; i < last; ++i)
      paths.push_back(route(*sorted[i], placement.servers[sorted[i]->unit], card,
                            std::round(left + gap * static_cast<double>(heads[i]))));
    first = last;
  }
  return paths;
}

} // namespace whichbase::layout
