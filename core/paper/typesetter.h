// Type set by Pango: runs of text become lines of a given width. Measures are points (1/72 inch), and the same on every
// surface: neither the printer's nor the screen's resolution moves a line break.
#pragma once

#include "document/report.h"
#include "paper/ink.h"
#include "paper/owned.h"
#include "paper/paper.h"

#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace whichbase::paper {

enum class Align { left, right };

struct TextStyle {
  double size = 9.5; // points
  bool strong = false;
  Rgb colour = ink().text;
};

// A text that was set; lines are numbered from 0, measures are from its upper left corner.
struct SetText {
  struct Badge { // a coloured ground behind letters of a line
    double left, right;
    Rgb colour;
  };
  struct SetLine {
    PangoLayoutLine* line; // the layout's own
    double left, baseline, top, bottom;
    std::vector<Badge> badges;
  };
  GOwned<PangoLayout> layout;
  std::vector<SetLine> lines; // at least one
  double width = 0;           // of the widest line
  double size = 0;            // of the type
  double heightOf(std::size_t first, std::size_t end) const { return lines[end - 1].bottom - lines[first].top; }
  double height() const { return heightOf(0, lines.size()); }
};
using SetTextShared = std::shared_ptr<const SetText>;

class Typesetter {
public:
  // Fails where this computer has no font at all.
  static std::expected<Typesetter, Error> create();

  // Broken at spaces, within a word only where that is wider than `width`. Control characters and marks that turn the
  // direction of writing are shown as what they are: not letters.
  SetTextShared set(const document::Line& line, const TextStyle& style, double width, Align align = Align::left) const;
  SetTextShared set(const std::string& text, const TextStyle& style, double width, Align align = Align::left) const;
  // One line, its end left out where it is wider.
  SetTextShared setElided(const std::string& text, const TextStyle& style, double width) const;

  double widthOf(const document::Line& line, const TextStyle& style) const; // in one line
  double widestWordOf(const document::Line& line, const TextStyle& style) const;

private:
  Typesetter() = default;

  GOwned<PangoFontMap> m_fonts;
  GOwned<PangoContext> m_context;
};

// Text without control characters and without marks that turn the direction of writing; always valid UTF-8, one line.
std::string cleanText(std::string_view text);

} // namespace whichbase::paper
