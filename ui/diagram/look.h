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

  // Colour of a database as drawn now: paler where it is what was last known.
  QColor database(const std::string& id) const;
  QColor onDatabase(const std::string& id) const;
  QColor text() const { return stale ? theme.secondaryText : theme.text; }
};

QColor mixed(const QColor& color, const QColor& with, double share); // share of `with`, 0 to 1

} // namespace whichbase::ui
