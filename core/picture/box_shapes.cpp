#include "picture/box_shapes.h"

#include <algorithm>
#include <array>

namespace whichbase::picture {

namespace {

using layout::Box;
using layout::BoxKind;
using layout::Rect;

constexpr double corner = 9;
constexpr double inset = 14;
constexpr double serverInset = 12;
constexpr double lineHeight = 18;
constexpr double firstLineTop = 91;
constexpr double leastWidthWithCylinder = 210;
constexpr double stackShift = 4;
constexpr Type mono{11, false, true};

bool isDashed(BoxKind kind) {
  return kind == BoxKind::ghost || kind == BoxKind::outline || kind == BoxKind::notReached;
}

Rect within(const Box& box, double x, double y, double width, double height) {
  return {box.rect.x + x, box.rect.y + y, width, height};
}

layout::Point at(const Box& box, double x, double y) {
  return {box.rect.x + x, box.rect.y + y};
}

Colour strokeOf(const Box& box) {
  switch (box.kind) {
  case BoxKind::database:
    return databaseTone(box.databaseId);
  case BoxKind::ghost:
  case BoxKind::outline:
    return databaseTone(box.databaseId, Tone::databaseSoft);
  case BoxKind::notReached:
    return {Tone::faint};
  case BoxKind::server:
  case BoxKind::stack:
    break;
  }
  return {Tone::frame};
}

// The frame keeps inside the box, so that neighbours never touch.
void addFrame(Shapes& shapes, const Box& box) {
  const bool dashed = isDashed(box.kind);
  const Colour ground{dashed ? Tone::paper : Tone::card};
  if (box.members.size() > 1)
    for (const double shift : {2 * stackShift, stackShift})
      shapes.push_back({Block{.rect = within(box, shift + 0.5, 0.5 - shift, box.rect.width - 1, box.rect.height - 1),
                              .radius = corner,
                              .fill = ground,
                              .stroked = true},
                        {}});
  const double width = box.kind == BoxKind::database ? 2 : dashed ? 1.5 : 1;
  shapes.push_back({Block{.rect = within(box, width / 2, width / 2, box.rect.width - width, box.rect.height - width),
                          .radius = corner,
                          .fill = ground,
                          .stroked = true,
                          .stroke = strokeOf(box),
                          .strokeWidth = width,
                          .dash = dashed ? Dash::dashed : Dash::solid},
                    spokenBox(box)});
}

// "22 users"; the word is left out where the number fills the card.
void addUsers(Shapes& shapes, const Box& box, const Colour& colour) {
  const double right = box.rect.width - 8;
  const double x = inset + 2;
  const double used = addLine(shapes, at(box, x, 79), right - x, box.usersText, {28, true, false}, colour);
  const double wordX = x + used + 8;
  const Type type{13, false, false};
  if (wordX + widestOf(box.usersWord, type) <= right)
    addLine(shapes, at(box, wordX, 79), right - wordX, box.usersWord, type, {Tone::faint});
}

void addCardLines(Shapes& shapes, const Box& box, const Colour& colour) {
  const int capacity = std::max(0, static_cast<int>((box.rect.height - firstLineTop - 4) / lineHeight));
  int row = 0;
  for (std::size_t i = 0; i < box.lines.size() && row < capacity; ++i) {
    const auto& line = box.lines[i];
    const double top = firstLineTop + row * lineHeight;
    const bool hasSign = line.sign != topology::Sign::none;
    if (hasSign)
      addSign(shapes, within(box, inset + 1, top + 3, 12, 12), line.sign);
    const double x = hasSign ? inset + 20 : inset + 2;
    const int later = static_cast<int>(box.lines.size() - i) - 1;
    row += static_cast<int>(addLines(shapes, at(box, x, top + 13), box.rect.width - x - 8,
                                     static_cast<std::size_t>(std::max(1, capacity - row - later)), lineHeight,
                                     line.text, {12, false, false}, colour));
  }
}

void addDatabase(Shapes& shapes, const Box& box) {
  const bool live = box.kind == BoxKind::database;
  const double width = box.rect.width;
  const Colour strong{live ? Tone::text : Tone::faint};
  const bool roomy = width >= leastWidthWithCylinder;
  if (roomy)
    addCylinder(shapes, within(box, inset, 13, 18, 23), live ? databaseTone(box.databaseId) : Colour{Tone::faint});
  const double left = roomy ? 43 : inset;
  constexpr double badge = 21;
  addLine(shapes, at(box, left, 23), width - left - badge - 16, box.title, {14, true, false}, strong);
  addLine(shapes, at(box, left, 42), width - left - 8, box.subtitle, mono, {Tone::faint});
  addBadge(shapes, within(box, width - badge - 9, 8, badge, badge), box.databaseId, box.kind == BoxKind::outline);
  if (!box.usersText.empty())
    addUsers(shapes, box, strong);
  addCardLines(shapes, box, strong);
}

// Environment and role below the address; "was A" beside them, or beside the address where they fill the row. Returns
// the width that the address may use.
double addChips(Shapes& shapes, const Box& box) {
  constexpr double top = 48;
  constexpr double least = 24;
  const double right = box.rect.width - 10;
  double x = serverInset - 1;
  for (const std::string* label : {&box.environment, &box.role}) {
    if (label->empty())
      continue;
    const double width = std::min(chipWidth(*label), right - x);
    if (width < least)
      break;
    addChip(shapes, within(box, x, top, width, chipHeight), *label);
    x += width + 5;
  }
  const double all = box.rect.width - 2 * serverInset;
  if (box.moved.empty())
    return all;
  const Colour past = databaseTone(box.moved.substr(box.moved.rfind(' ') + 1));
  const double width = chipWidth(box.moved);
  if (x + width <= right) {
    addOutlinedChip(shapes, within(box, x, top, width, chipHeight), box.moved, past);
    return all;
  }
  addOutlinedChip(shapes, within(box, box.rect.width - 8 - width, 28, width, chipHeight), box.moved, past);
  return all - width - 2;
}

void addServer(Shapes& shapes, const Box& box) {
  const double width = box.rect.width;
  constexpr double badge = 18;
  addLine(shapes, at(box, serverInset, 22), width - serverInset - badge - 11, box.title, {13, true, false},
          {Tone::text});
  addLine(shapes, at(box, serverInset, 40), addChips(shapes, box), box.subtitle, mono, {Tone::faint});
  addBadge(shapes, within(box, width - badge - 8, 8, badge, badge), box.databaseId);
}

void addNotReached(Shapes& shapes, const Box& box) {
  const double inner = box.rect.width - 2 * serverInset;
  addLine(shapes, at(box, serverInset, 22), inner, box.title, {13, true, false}, {Tone::text});
  // The reason takes the address's line too where the server has none.
  const bool hasAddress = !box.subtitle.empty();
  if (hasAddress)
    addLine(shapes, at(box, serverInset, 40), inner, box.subtitle, mono, {Tone::faint});
  addLines(shapes, at(box, serverInset, hasAddress ? 60.0 : 42.0), inner, hasAddress ? 1 : 2, lineHeight, box.failure,
           {12, true, false}, {Tone::bad});
}

} // namespace

void addBox(Shapes& shapes, const Box& box) {
  addFrame(shapes, box);
  switch (box.kind) {
  case BoxKind::database:
  case BoxKind::ghost:
  case BoxKind::outline:
    addDatabase(shapes, box);
    return;
  case BoxKind::server:
  case BoxKind::stack:
    addServer(shapes, box);
    return;
  case BoxKind::notReached:
    addNotReached(shapes, box);
    return;
  }
}

std::string spokenBox(const Box& box) {
  std::string text = cleaned(box.title);
  const auto add = [&text](const std::string& part) {
    if (!part.empty())
      text += ", " + cleaned(part);
  };
  if (!box.databaseId.empty())
    add(box.identityProven ? "database " + badgeText(box.databaseId) : "database of unknown identity");
  for (const std::string* part : {&box.subtitle, &box.environment, &box.role, &box.moved, &box.failure})
    add(*part);
  if (!box.usersText.empty())
    add((box.usersText == "?" ? "unknown number of" : box.usersText) + " " + box.usersWord);
  for (const auto& line : box.lines)
    add(line.text);
  return text;
}

} // namespace whichbase::picture
