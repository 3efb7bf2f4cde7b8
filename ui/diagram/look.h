// How the whole diagram is to be drawn at the moment; every item reads it.
#pragma once

#include "layout/diagram.h"
#include "style/theme.h"

#include <QString>

#include <string>

namespace whichbase::ui {

constexpr double leastReadableScale = 0.45; // below it texts give way to blocks of colour, letters and large titles

enum class Emphasis { normal, selected, faded };

struct Look {
  Theme theme = Theme::light();
  bool stale = false;

  // Colour of a database as drawn now: paler where it is what was last known, but never too pale for a frame that
  // carries meaning (3:1), nor for a letter on it (4.5:1).
  QColor database(const std::string& id) const;
  QColor onDatabase(const std::string& id) const;
  QColor ghost(const std::string& id) const;        // frame of what no server uses here, or not yet
  QColor pastDatabase(const std::string& id) const; // ink of "was A"
  QColor text() const { return stale ? theme.secondaryText : theme.text; }
};

QColor mixed(const QColor& color, const QColor& with, double share); // share of `with`, 0 to 1

constexpr double readableText = 4.5, readableGraphic = 3; // contrast, by WCAG 2.1

// Mixed with `ground`, its share as large as wanted, but only as far as `leastContrast` to the ground is left.
QColor paler(const QColor& color, const QColor& ground, double share, double leastContrast);

} // namespace whichbase::ui
