// A picture as shapes with roles instead of colours, in device-independent pixels: the diagram and the charts of a
// report, for SVG, PNG and PDF alike. No font is asked, so that the same state gives the same picture on any computer.
#pragma once

#include "history/history.h"
#include "layout/diagram.h"
#include "topology/snapshot.h"

#include <string>
#include <variant>
#include <vector>

namespace whichbase::picture {

// databaseSoft is a database's colour on its way to paper, onDatabase what is written upon a badge in its colour.
enum class Tone { paper, card, frame, text, faint, good, warning, bad, database, databaseSoft, onDatabase, chip };

struct Colour {
  Tone tone = Tone::text;
  int database = 0; // for the database's tones: place in their palette, as paletteIndex() has it
  bool operator==(const Colour&) const = default;
};

enum class Dash { solid, dashed, dotted };

struct Block { // a rectangle
  layout::Rect rect;
  double radius = 0;
  bool filled = true;
  Colour fill{Tone::card};
  bool stroked = false;
  Colour stroke{Tone::frame};
  double strokeWidth = 1;
  Dash dash = Dash::solid;
  bool hatched = false; // unknown: never drawn as 0
  bool operator==(const Block&) const = default;
};

struct Words {
  enum class Anchor { start, middle, end };
  layout::Point at{}; // on the base line
  std::string text{}; // one line; elided already; control characters and changes of direction are taken out
  double size = 13;   // pixels
  bool bold = false;
  bool monospace = false;
  Anchor anchor = Anchor::start;
  Colour colour{};
  double width = 0; // at most; a font that is wider than was reckoned is squeezed into it
  bool operator==(const Words&) const = default;
};

struct Curve { // a cubic one, after straight parts
  layout::Path path;
  Colour colour{};
  double width = 2;
  bool arrow = true;
  bool operator==(const Curve&) const = default;
};

struct Polyline {
  std::vector<layout::Point> points;
  Colour colour{};
  double width = 2;
  Dash dash = Dash::solid;
  bool closed = false; // and filled
  bool operator==(const Polyline&) const = default;
};

struct Shape {
  std::variant<Block, Words, Curve, Polyline> what;
  std::string spoken{}; // title of the shape for screen readers and pointers; may be empty
  bool operator==(const Shape&) const = default;
};

struct Drawing {
  double width = 0, height = 0;
  std::string title;       // "TovPlay: before and after, which database each server uses"
  std::string description; // all that it says, in sentences
  std::vector<Shape> shapes;
  bool operator==(const Drawing&) const = default;
};

struct DrawingOptions {
  double width = 1200;       // of the whole, to fill; wider only where nothing readable fits
  std::size_t stackFrom = 9; // as layout::Options; 0: every server stands alone
  bool showAddresses = true; // false: addresses and connection strings are left out
};

// The whole diagram, both sides beside one another with their headlines, as the window draws it.
Drawing topologyDrawing(const topology::Snapshot& snapshot, const DrawingOptions& options = {});
Drawing topologyDrawing(const topology::Comparison& comparison, const DrawingOptions& options = {});
// Users and tables of each database beside one another, before and after; a count that is not known is a hatched "?".
Drawing usersDrawing(const topology::Snapshot& snapshot, double width = 1200);
Drawing usersDrawing(const topology::Comparison& comparison, double width = 1200);
// Users of each database over time, in UTC, with the events that matter; times at which nobody watched are left open.
Drawing timelineDrawing(const history::Overview& overview, double width = 1200);

// adaptive: follows the reader's light or dark preference by CSS; for HTML and browsers only.
enum class Look { light, dark, adaptive };
std::string toSvg(const Drawing& drawing, Look look);

std::string toMermaid(const topology::Snapshot& snapshot);
std::string toMermaid(const topology::Comparison& comparison);

} // namespace whichbase::picture
