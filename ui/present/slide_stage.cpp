#include "present/slide_stage.h"

#include <QObject>

#include <algorithm>
#include <map>
#include <set>

namespace whichbase::ui {

namespace {

constexpr double gap = 28;
constexpr double arrowHead = 18;
constexpr std::size_t mostDatabases = 4;
constexpr std::size_t mostInARow = 5;

constexpr double leastForLinks = 110;

bool isDatabase(const layout::Box& box) {
  return box.kind == layout::BoxKind::database || box.kind == layout::BoxKind::ghost ||
         box.kind == layout::BoxKind::outline;
}

// Those with the most links stay; all in their own order.
std::vector<const layout::Box*> chosenDatabases(const layout::Diagram& diagram) {
  std::map<std::string, int> links;
  for (const auto& path : diagram.paths)
    ++links[path.toKey];
  std::vector<const layout::Box*> all;
  for (const auto& box : diagram.boxes)
    if (isDatabase(box))
      all.push_back(&box);
  std::ranges::stable_sort(all, {}, [](const layout::Box* box) { return std::pair(box->rect.y, box->rect.x); });
  if (all.size() <= mostDatabases)
    return all;
  auto byLinks = all;
  std::ranges::stable_sort(byLinks, std::ranges::greater(), [&](const layout::Box* box) { return links[box->key]; });
  const std::set<const layout::Box*> kept(byLinks.begin(), byLinks.begin() + mostDatabases - 1);
  std::erase_if(all, [&](const layout::Box* box) { return !kept.contains(box); });
  return all;
}

std::vector<const layout::Box*> serversOf(const layout::Diagram& diagram) {
  std::vector<const layout::Box*> all;
  for (const auto& box : diagram.boxes)
    if (!isDatabase(box))
      all.push_back(&box);
  std::ranges::stable_sort(all, {}, [](const layout::Box* box) { return std::pair(box->rect.y, box->rect.x); });
  return all;
}

// All the lines of every card.
double heightOfDatabases(const layout::Diagram& diagram) {
  constexpr double head = 206;
  constexpr double line = 36;
  std::size_t lines = 0;
  for (const auto* box : chosenDatabases(diagram))
    lines = std::max(lines, box->lines.size());
  return head + line * static_cast<double>(lines);
}

// `count` equal places in a row, in the middle of the area.
std::vector<QRectF> placesIn(const QRectF& row, std::size_t count, double widest) {
  std::vector<QRectF> places;
  const double n = static_cast<double>(count);
  const double width = std::min(widest, (row.width() - gap * (n - 1)) / n);
  double x = row.center().x() - (width * n + gap * (n - 1)) / 2;
  for (std::size_t i = 0; i < count; ++i, x += width + gap)
    places.emplace_back(x, row.top(), width, row.height());
  return places;
}

void placeDatabases(Stage& stage, const layout::Diagram& diagram, const QRectF& row) {
  constexpr double widest = 620;
  const auto shown = chosenDatabases(diagram);
  const auto total = std::ranges::count_if(diagram.boxes, isDatabase);
  const bool more = total > static_cast<std::ptrdiff_t>(shown.size());
  auto places = placesIn(row, shown.size() + (more ? 1 : 0), widest);
  for (std::size_t i = 0; i < shown.size(); ++i)
    stage.databases.push_back({shown[i], places[i], false});
  if (more)
    stage.notes.push_back(
        {QObject::tr("and %1 more databases").arg(total - static_cast<std::ptrdiff_t>(shown.size())), places.back()});
}

// The second row stands on the gaps of the first, so that its links pass between the cards above it.
void placeServers(Stage& stage, const layout::Diagram& diagram, QRectF area) {
  constexpr double widest = 460;
  const auto all = serversOf(diagram);
  const bool two = all.size() > mostInARow;
  const double height = two ? (area.height() - gap) / 2 : area.height();
  const QRectF first(area.left(), area.top(), area.width(), height);
  auto places = placesIn(first, std::clamp<std::size_t>(all.size(), 1, mostInARow), widest);
  if (two) {
    const double shift = (places[0].width() + gap) / 2;
    for (std::size_t i = 0; i + 1 < mostInARow; ++i)
      places.push_back(places[i].translated(shift, height + gap));
  }
  const bool more = all.size() > places.size();
  const std::size_t shown = more ? places.size() - 1 : all.size();
  for (std::size_t i = 0; i < shown; ++i)
    stage.servers.push_back({all[i], places[i], two});
  if (!more)
    return;
  std::size_t left = 0;
  for (std::size_t i = shown; i < all.size(); ++i)
    left += std::max<std::size_t>(1, all[i]->members.size());
  stage.notes.push_back({QObject::tr("and %1 more servers").arg(left), places[shown]});
}

void connectCards(Stage& stage, const layout::Diagram& diagram) {
  const auto find = [](const std::vector<StageCard>& cards, const std::string& key) -> const StageCard* {
    const auto at = std::ranges::find(cards, key, [](const StageCard& card) { return card.box->key; });
    return at == cards.end() ? nullptr : &*at;
  };
  std::map<const StageCard*, std::vector<std::pair<const layout::Path*, const StageCard*>>> into;
  for (const auto& link : diagram.paths) {
    const auto* from = find(stage.servers, link.fromKey);
    const auto* to = find(stage.databases, link.toKey);
    if (from && to)
      into[to].emplace_back(&link, from);
  }
  const double top = stage.servers.empty() ? 0 : stage.servers.front().rect.top();
  for (auto& [to, links] : into) {
    std::ranges::stable_sort(links, {}, [](const auto& each) { return each.second->rect.center().x(); });
    const double step = to->rect.width() / (static_cast<double>(links.size()) + 1);
    double x = to->rect.left();
    for (const auto& [link, from] : links) {
      x += step;
      const QPointF tip(x, to->rect.bottom() + 2);
      const QPointF end = tip + QPointF(0, arrowHead);
      const QPointF start(from->rect.center().x(), top);
      QPainterPath path(QPointF(start.x(), from->rect.top()));
      path.lineTo(start);
      const double half = (start.y() - end.y()) / 2;
      path.cubicTo(start - QPointF(0, half), end + QPointF(0, half), end);
      stage.links.push_back({link, path, tip});
    }
  }
}

} // namespace

Stage stageOf(const layout::Diagram& diagram, const QRectF& area) {
  Stage stage;
  const bool two = serversOf(diagram).size() > mostInARow;
  const double servers = two ? 2 * 122 + gap : 176;
  const double databases = std::min(heightOfDatabases(diagram), area.height() - servers - leastForLinks);
  if (chosenDatabases(diagram).empty()) {
    placeServers(stage, diagram, QRectF(area.left(), area.top() + area.height() / 4, area.width(), servers));
    return stage;
  }
  // What is left over goes between the rows.
  placeDatabases(stage, diagram, QRectF(area.left(), area.top(), area.width(), databases));
  placeServers(stage, diagram, QRectF(area.left(), area.bottom() - servers, area.width(), servers));
  connectCards(stage, diagram);
  return stage;
}

} // namespace whichbase::ui
