// What a report becomes before it is broken into pages: strips across the page, one below the other, none of which is
// ever cut. Measures are points.
#pragma once

#include "paper/typesetter.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace whichbase::paper {

struct Words { // lines [first, end) of a text, the first one's upper left corner at (x, y)
  SetTextShared text;
  std::size_t first = 0, end = 0;
  double x = 0, y = 0;
};

struct Patch { // a filled rectangle; rules and frames are thin ones
  double x = 0, y = 0, width = 0, height = 0;
  Rgb colour = 0;
};

struct Picture { // rows [top, top + height) of a drawing, in its own pixels
  std::shared_ptr<const picture::Drawing> drawing;
  double x = 0, y = 0;
  double scale = 1; // points for each of its pixels
  double top = 0, height = 0;
};

using Piece = std::variant<Patch, Words, Picture>;

Words wordsAt(SetTextShared text, double x, double y);
Piece moved(Piece piece, double x, double y);

struct Strip {
  double gap = 0; // above it, unless it is a page's first
  double height = 0;
  std::vector<Piece> pieces{};         // from its upper left corner
  bool staysWithNext = false;          // on one page, where that can be
  std::shared_ptr<const Strip> head{}; // stands above it where it is a page's first
  bool startsTable = false;            // its head stands above it anyway
  std::string bookmark{};              // a section's title; empty: none
};

// A figure that is not readable at a page's width stands on pages of its own, after the page that speaks of it.
struct OwnPage {
  double width = 0, height = 0;
  std::vector<Piece> pieces{}; // from the page's corner
};
struct Aside {
  std::string caption;
  std::vector<OwnPage> pages;
};

using Element = std::variant<Strip, Aside>;

} // namespace whichbase::paper
