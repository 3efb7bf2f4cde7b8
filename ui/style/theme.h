// Colours of the window, light and dark. Same colour and letter = same database, everywhere; red, orange and green are
// for verdicts only.
#pragma once

#include "style/environment_look.h"
#include "topology/snapshot.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

#include <string>

namespace whichbase::ui {

struct Theme {
  bool dark = false;
  QColor window;  // behind the panes
  QColor pane;    // panes and cards' ground
  QColor card;    // cards in a pane
  QColor border;  // of panes, cards, buttons
  QColor outline; // of fields, and of what one drags: they are told by it
  QColor text;
  QColor secondaryText; // addresses, captions
  QColor button;        // button and chip ground
  QColor selection;     // selected row's ground
  QColor accent;        // focus, active tab
  QColor onAccent;      // text on the accent: default buttons
  QColor good, warning, bad, unknown;
  EnvironmentLooks environments = usualEnvironments(); // goes with the colours to every surface

  static Theme light();
  static Theme dark_();
  // By the lightness of the palette's window colour: Qt 6.4 has no colour-scheme hint.
  static Theme fromPalette(const QPalette& palette);

  // The colour of a database by its id ("A", "B", …); ids that start with '?' get `unknown`. Twelve colours, told
  // apart by colour-blind eyes, then again from the first.
  QColor database(const std::string& id) const;
  // Text on a badge of that colour.
  QColor onDatabase(const std::string& id) const;

  QPalette toPalette() const;
  QString styleSheet() const; // of the whole application
};

// The fonts of the look: Inter where it is installed, else the system's; sizes in device-independent pixels.
QFont textFont(double pixels, QFont::Weight weight = QFont::Normal);
QFont monoFont(double pixels);

// WCAG 2.1 contrast of two opaque colours, 1 to 21: text needs 4.5, signs and borders that carry meaning need 3.
double contrastRatio(const QColor& a, const QColor& b);

} // namespace whichbase::ui
