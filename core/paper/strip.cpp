#include "paper/strip.h"

namespace whichbase::paper {

Words wordsAt(SetTextShared text, double x, double y) {
  const std::size_t end = text->lines.size();
  return {std::move(text), 0, end, x, y};
}

Piece moved(Piece piece, double x, double y) {
  std::visit(
      [&](auto& each) {
        each.x += x;
        each.y += y;
      },
      piece);
  return piece;
}

} // namespace whichbase::paper
