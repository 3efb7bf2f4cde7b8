#include "report/side_diagram.h"

#include <algorithm>
#include <map>
#include <set>

namespace whichbase::report {
namespace {

constexpr int leastServer = 16, mostServer = 26, leastDatabase = 22, mostDatabase = 36, padding = 2;

struct Slot {
  int x = 0;
  int width = 0;
  int centre() const { return x + width / 2; }
};

int slotWidth(std::size_t count, int width, int most) {
  const int places = std::max(1, static_cast<int>(count));
  const int gap = (width - (places - 1) * 2) / places >= most / 2 ? 2 : 1;
  return std::min(most, (width - (places - 1) * gap) / places);
}

using Slots = std::map<std::string, Slot>;

Slots slotsFor(const std::vector<std::string>& keys, int width, int most) {
  Slots slots;
  const int box = slotWidth(keys.size(), width, most);
  const int gaps = std::max(1, static_cast<int>(keys.size()) - 1);
  const int spare = width - box * static_cast<int>(keys.size());
  const int gap = keys.size() < 2 ? 0 : std::min(spare / gaps, 8);
  int x = 0;
  for (const auto& key : keys) {
    slots[key] = {x, box};
    x += box + gap;
  }
  return slots;
}

struct Rows {
  Slots databases;
  Slots servers;
};

// The shorter row stands in the middle of the longer one.
Rows rowsFor(const Places& places, int width) {
  Rows rows{slotsFor(places.databases, width, mostDatabase), slotsFor(places.servers, width, mostServer)};
  const auto widthOf = [](const Slots& slots) {
    int right = 0;
    for (const auto& [key, slot] : slots)
      right = std::max(right, slot.x + slot.width);
    return right;
  };
  const int databases = widthOf(rows.databases), servers = widthOf(rows.servers);
  for (auto& [key, slot] : rows.databases)
    slot.x += std::max(0, (servers - databases) / 2);
  for (auto& [key, slot] : rows.servers)
    slot.x += std::max(0, (databases - servers) / 2);
  return rows;
}

std::vector<std::string> linesOf(const CardText& card, int width, Charset charset) {
  std::string whole = card.text;
  for (const auto& part : card.more)
    whole += (whole.empty() ? "" : " · ") + part;
  if (card.hanging) { // what goes on below a sign is set in
    auto lines = wrapElided(whole.substr(whole.find(' ') + 1), width - 2, card.most, charset);
    for (std::size_t i = 0; i < lines.size(); ++i)
      lines[i].insert(0, i == 0 ? whole.substr(0, whole.find(' ') + 1) : "  ");
    return lines;
  }
  if (card.more.empty() || displayWidth(whole, charset) <= width)
    return wrapElided(whole, width, card.most, charset);
  std::vector<std::string> lines{elideMiddle(card.text, width, charset)};
  for (const auto& part : card.more)
    lines.push_back(elideMiddle(part, width, charset));
  return lines;
}

int heightOf(const Card& card, int width, Charset charset) {
  std::size_t lines = 2;
  for (const CardText& text : card.lines)
    lines += linesOf(text, width - 2 * padding, charset).size();
  return static_cast<int>(lines);
}

const char* horizontal(Stroke stroke, Charset charset) {
  if (charset == Charset::ascii)
    return stroke == Stroke::solid ? "-" : stroke == Stroke::dashed ? "-" : ".";
  return stroke == Stroke::solid ? "─" : stroke == Stroke::dashed ? "╌" : "┈";
}

const char* vertical(Stroke stroke, Charset charset) {
  if (charset == Charset::ascii)
    return stroke == Stroke::solid ? "|" : stroke == Stroke::dashed ? ":" : ".";
  return stroke == Stroke::solid ? "│" : stroke == Stroke::dashed ? "╎" : "┊";
}

// Frames and arrows are drawn with glyphs of their own, which ASCII must not turn into "?".
void putGlyph(Canvas& canvas, int x, int y, const char* unicode, const char* ascii, Ink ink) {
  canvas.put(x, y, canvas.charset() == Charset::ascii ? ascii : unicode, ink);
}

void drawCard(Canvas& canvas, const Card& card, const Slot& slot, int top, int height, bool rounded) {
  const Charset charset = canvas.charset();
  const int right = slot.x + slot.width - 1, bottom = top + height - 1;
  for (int x = slot.x + 1; x < right; ++x)
    for (const int y : {top, bottom}) {
      // In ASCII a dashed frame has gaps.
      const bool gap = charset == Charset::ascii && card.frame == Stroke::dashed && (x - slot.x) % 2 == 0;
      canvas.put(x, y, gap ? " " : horizontal(card.frame, charset), card.ink);
    }
  for (int y = top + 1; y < bottom; ++y)
    for (const int x : {slot.x, right})
      canvas.put(x, y, vertical(card.frame, charset), card.ink);
  putGlyph(canvas, slot.x, top, rounded ? "╭" : "┌", "+", card.ink);
  putGlyph(canvas, right, top, rounded ? "╮" : "┐", "+", card.ink);
  putGlyph(canvas, slot.x, bottom, rounded ? "╰" : "└", "+", card.ink);
  putGlyph(canvas, right, bottom, rounded ? "╯" : "┘", "+", card.ink);
  const std::string tag = " " + card.letter + " ";
  canvas.put(right - 1 - displayWidth(tag, charset), top, tag, card.ink);
  int y = top + 1;
  for (const CardText& text : card.lines)
    for (const auto& line : linesOf(text, slot.width - 2 * padding, charset))
      canvas.put(slot.x + padding, y++, line, text.ink);
}

struct Arrow {
  int from = 0; // column of the server's middle
  int to = 0;   // column of its head
  int lane = 0; // 0: straight; else the row below the databases in which it goes sideways
  Stroke stroke = Stroke::dotted;
  Ink ink;
};

// Heads stand in the order of the servers: above their server where it stands below the database, else spread over the
// box; never in the column of another arrow's foot.
void placeHeads(std::vector<Arrow*> arrows, const Slot& database, const std::set<int>& feet) {
  std::sort(arrows.begin(), arrows.end(), [](const Arrow* a, const Arrow* b) { return a->from < b->from; });
  const int first = database.x + 2, last = database.x + database.width - 3;
  const int count = static_cast<int>(arrows.size());
  int least = first;
  for (int i = 0; i < count; ++i) {
    Arrow& arrow = *arrows[static_cast<std::size_t>(i)];
    const bool below = arrow.from >= first && arrow.from <= last;
    const int most = std::max(least, last - 2 * (count - 1 - i));
    arrow.to = std::clamp(below ? arrow.from : database.x + database.width * (i + 1) / (count + 1), least, most);
    least = arrow.to + 2;
  }
  // A spread head may have pushed one that could stand above its server: it makes room, from the right.
  int most = last;
  for (int i = count - 1; i >= 0; --i) {
    Arrow& arrow = *arrows[static_cast<std::size_t>(i)];
    if (arrow.from >= first && arrow.from <= most)
      arrow.to = arrow.from;
    arrow.to = std::min(arrow.to, most);
    while (arrow.to != arrow.from && feet.contains(arrow.to) && arrow.to > first + 2 * i)
      --arrow.to;
    most = arrow.to - 2;
  }
}

// Arrows that go one way nest: each that overlaps an earlier one goes below it, so that they do not cross.
int placeLanes(std::vector<Arrow>& arrows) {
  std::vector<Arrow*> bent;
  for (Arrow& arrow : arrows)
    if (arrow.from != arrow.to)
      bent.push_back(&arrow);
  std::sort(bent.begin(), bent.end(), [](const Arrow* a, const Arrow* b) {
    const bool aRight = a->to > a->from, bRight = b->to > b->from;
    if (aRight != bRight)
      return aRight;
    return aRight ? a->from < b->from : a->from > b->from;
  });
  int lanes = 0;
  for (std::size_t i = 0; i < bent.size(); ++i) {
    Arrow& arrow = *bent[i];
    arrow.lane = 1;
    for (std::size_t j = 0; j < i; ++j) {
      const auto [left, right] = std::minmax(bent[j]->from, bent[j]->to);
      if (std::min(arrow.from, arrow.to) <= right && std::max(arrow.from, arrow.to) >= left)
        arrow.lane = std::max(arrow.lane, bent[j]->lane + 1);
    }
    lanes = std::max(lanes, arrow.lane);
  }
  return lanes;
}

struct Routing {
  std::vector<Arrow> arrows;
  int lanes = 0;
};

Routing route(const SideCards& cards, const Places& places, int width) {
  const auto [databases, servers] = rowsFor(places, width);
  Routing routing;
  std::map<std::string, std::vector<std::size_t>> ofDatabase;
  std::set<int> feet;
  for (const Card& card : cards.servers) {
    if (!databases.contains(card.database) || !servers.contains(card.key))
      continue;
    ofDatabase[card.database].push_back(routing.arrows.size());
    routing.arrows.push_back({servers.at(card.key).centre(), 0, 0, card.arrow, card.ink});
    feet.insert(routing.arrows.back().from);
  }
  for (const auto& [id, indexes] : ofDatabase) {
    std::vector<Arrow*> arrows;
    for (const std::size_t index : indexes)
      arrows.push_back(&routing.arrows[index]);
    placeHeads(arrows, databases.at(id), feet);
  }
  routing.lanes = placeLanes(routing.arrows);
  return routing;
}

void drawArrow(Canvas& canvas, const Arrow& arrow, int top, int bottom) {
  const Charset charset = canvas.charset();
  const int bend = top + arrow.lane;
  for (int y = top; y < bottom; ++y)
    if (arrow.from == arrow.to || y != bend)
      canvas.put(y < bend ? arrow.to : arrow.from, y, vertical(arrow.stroke, charset), arrow.ink);
  if (arrow.from != arrow.to) {
    const bool right = arrow.to > arrow.from;
    putGlyph(canvas, arrow.from, bend, right ? "╭" : "╮", "+", arrow.ink);
    putGlyph(canvas, arrow.to, bend, right ? "╯" : "╰", "+", arrow.ink);
  }
  putGlyph(canvas, arrow.to, top - 1, "▲", "^", arrow.ink);
  putGlyph(canvas, arrow.from, bottom, "┴", "+", arrow.ink);
}

void drawArrows(Canvas& canvas, const Routing& routing, int top, int bottom) {
  for (const Arrow& arrow : routing.arrows) // sideways first: upright lines pass over them
    for (int x = std::min(arrow.from, arrow.to) + 1; x < std::max(arrow.from, arrow.to); ++x)
      canvas.put(x, top + arrow.lane, horizontal(arrow.stroke, canvas.charset()), arrow.ink);
  for (const Arrow& arrow : routing.arrows)
    drawArrow(canvas, arrow, top, bottom);
}

void addKey(std::vector<std::string>& keys, const std::string& key) {
  if (std::find(keys.begin(), keys.end(), key) == keys.end())
    keys.push_back(key);
}

} // namespace

Places placesFor(const std::vector<const SideCards*>& sides) {
  Places places;
  std::set<std::string> ids;
  for (const SideCards* side : sides) {
    for (const Card& card : side->databases)
      addKey(places.databases, card.key);
    for (const Card& card : side->servers)
      addKey(places.servers, card.key);
  }
  std::stable_sort(places.databases.begin(), places.databases.end(),
                   [](const std::string& a, const std::string& b) { return paletteIndex(a) < paletteIndex(b); });
  if (sides.size() > 1)
    return places; // the project's order, on both sides
  // On one side alone, servers stand below their databases.
  const auto rank = [&](const std::string& key) {
    for (const Card& card : sides.front()->servers)
      if (card.key == key)
        return std::find(places.databases.begin(), places.databases.end(), card.database) - places.databases.begin();
    return places.databases.end() - places.databases.begin();
  };
  std::stable_sort(places.servers.begin(), places.servers.end(),
                   [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
  return places;
}

int leastWidth(const Places& places) {
  const auto needs = [](std::size_t count, int least) { return static_cast<int>(count) * (least + 1) - 1; };
  return std::max(needs(places.servers.size(), leastServer), needs(places.databases.size(), leastDatabase));
}

Heights heightsFor(const SideCards& cards, const Places& places, int width, Charset charset) {
  Heights heights;
  const int server = slotWidth(places.servers.size(), width, mostServer);
  const int database = slotWidth(places.databases.size(), width, mostDatabase);
  for (const Card& card : cards.servers)
    heights.servers = std::max(heights.servers, heightOf(card, server, charset));
  for (const Card& card : cards.databases)
    heights.databases = std::max(heights.databases, heightOf(card, database, charset));
  heights.lanes = route(cards, places, width).lanes;
  return heights;
}

Canvas drawSide(const SideCards& cards, const Places& places, int width, const Heights& heights, Charset charset) {
  Canvas canvas(charset);
  const auto [databases, servers] = rowsFor(places, width);
  for (const Card& card : cards.databases)
    drawCard(canvas, card, databases.at(card.key), 0, heights.databases, false);
  const bool empty = heights.databases == 0;
  const int bottom = empty ? 0 : heights.databases + std::max(3, heights.lanes + 2);
  for (const Card& card : cards.servers)
    drawCard(canvas, card, servers.at(card.key), bottom, heights.servers, true);
  drawArrows(canvas, route(cards, places, width), heights.databases, bottom);
  return canvas;
}

} // namespace whichbase::report
