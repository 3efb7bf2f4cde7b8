// What of a drawing stands where: for tests that nothing covers another thing.
#pragma once

#include "picture/drawing.h"
#include "picture/text_width.h"

#include <algorithm>
#include <string>
#include <vector>

namespace whichbase::picture::tests {

struct Placed {
  layout::Rect rect;
  std::string text;
};

// Around the letters, as wide as they are reckoned; capitals are 0.73 of the size high, descenders go 0.24 below.
inline Placed placedWords(const Words& words) {
  const double width = widthOf(words.text, {words.size, words.bold, words.monospace});
  double x = words.at.x;
  if (words.anchor == Words::Anchor::middle)
    x -= width / 2;
  else if (words.anchor == Words::Anchor::end)
    x -= width;
  return {{x, words.at.y - words.size * 0.73, width, words.size * 0.97}, words.text};
}

inline std::vector<Placed> wordsOf(const Drawing& drawing) {
  std::vector<Placed> placed;
  for (const Shape& shape : drawing.shapes)
    if (const auto* words = std::get_if<Words>(&shape.what))
      placed.push_back(placedWords(*words));
  return placed;
}

inline bool overlap(const layout::Rect& a, const layout::Rect& b) {
  constexpr double touch = 0.01;
  return a.x + touch < b.x + b.width && b.x + touch < a.x + a.width && a.y + touch < b.y + b.height &&
         b.y + touch < a.y + a.height;
}

inline bool inside(const layout::Rect& inner, const layout::Rect& outer) {
  constexpr double touch = 0.01;
  return inner.x >= outer.x - touch && inner.y >= outer.y - touch &&
         inner.x + inner.width <= outer.x + outer.width + touch &&
         inner.y + inner.height <= outer.y + outer.height + touch;
}

// One sentence for each text that covers another, sticks out of the drawing, of its frame or of what it may be wide.
inline std::vector<std::string> problemsOf(const Drawing& drawing) {
  std::vector<std::string> problems;
  const layout::Rect whole{0, 0, drawing.width, drawing.height};
  std::vector<Placed> texts;
  std::vector<layout::Rect> frames; // those that hold something: cards and panes
  for (const Shape& shape : drawing.shapes) {
    if (const auto* block = std::get_if<Block>(&shape.what)) {
      if (!inside(block->rect, whole))
        problems.push_back("A block sticks out of the drawing.");
      if (block->stroked && !block->hatched && block->rect.height > 60)
        frames.push_back(block->rect);
    } else if (const auto* words = std::get_if<Words>(&shape.what)) {
      texts.push_back(placedWords(*words));
      if (words->width <= 0 || texts.back().rect.width > words->width + 0.01)
        problems.push_back("'" + words->text + "' is wider than it may be.");
      if (!inside(texts.back().rect, whole))
        problems.push_back("'" + words->text + "' sticks out of the drawing.");
    }
  }
  std::ranges::sort(texts, {}, [](const Placed& one) { return one.rect.y; });
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t j = i + 1; j < texts.size() && texts[j].rect.y < texts[i].rect.y + texts[i].rect.height; ++j)
      if (overlap(texts[i].rect, texts[j].rect))
        problems.push_back("'" + texts[i].text + "' covers '" + texts[j].text + "'.");
  }
  std::ranges::sort(frames, {}, &layout::Rect::y);
  for (const Placed& text : texts) { // no frame's border goes through a text
    for (const layout::Rect& frame : frames) {
      if (frame.y > text.rect.y + text.rect.height)
        break;
      if (overlap(text.rect, frame) && !inside(text.rect, frame))
        problems.push_back("'" + text.text + "' sticks out of its frame.");
    }
  }
  return problems;
}

} // namespace whichbase::picture::tests
