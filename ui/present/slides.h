// A presentation as values: one page each for the sides, the proof, what was left behind and the timeline, taken at one
// moment. Nothing of it changes while it is shown.
#pragma once

#include "history/history.h"
#include "layout/diagram.h"
#include "model/view.h"
#include "style/environment_look.h"
#include "topology/card_lines.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace whichbase::ui {

struct SlideLine {
  topology::Sign sign = topology::Sign::none;
  QString lead;         // "Dashboard", "14:20 UTC": written bold; may be empty
  QString text;         // a sentence
  std::string database; // whose letter stands before it; empty: none
};

struct Slide {
  enum class Kind { before, now, proof, leftBehind, timeline };
  Kind kind = Kind::now;
  QString heading; // "BEFORE", "AFTER", "NOW", "PROOF", …
  QString when;    // "recorded 14:02:11 UTC, 3 Dec"
  topology::Sign sign = topology::Sign::none;
  QString sentence; // the one to say aloud
  QString detail;   // below it; may be empty
  layout::Diagram diagram;
  std::vector<SlideLine> lines;
};

struct Slides {
  QString title; // of the project
  QString when;  // of what is shown: "as of 14:31:05 UTC, 3 Dec"
  std::vector<Slide> pages;
  std::shared_ptr<const history::Overview> overview; // of the timeline; may be null
  QStringList addresses;                             // to be left out where that is wished for
};

// A page that has nothing to say is left out. What is replayed is presented as of its moment. `overview` may be null.
Slides slidesOf(const View& view, const std::shared_ptr<const history::Overview>& overview,
                const EnvironmentLooks& looks = usualEnvironments());

// All that a page says, for screen readers.
QString spokenText(const Slide& slide);

} // namespace whichbase::ui
