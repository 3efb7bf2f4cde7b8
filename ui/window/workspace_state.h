// The workspace as somebody leaves it, a value: what is chosen and how it is arranged, and nothing of what is shown.
#pragma once

#include "diagram/diagram_view.h"

#include <QByteArray>

#include <optional>
#include <set>
#include <string>

namespace whichbase::ui {

enum class ShownSides { both, before, after };

struct WorkspaceState {
  QByteArray layout;           // of the splitters; empty: as it is
  int tab = 0;                 // beside the diagrams
  std::optional<int> belowTab; // below them; not chosen: what is there to see
  std::optional<bool> bottom;  // chart and history below a lone side
  Selection selection;
  std::set<std::string> unfolded; // stacks
  ShownSides sides = ShownSides::both;
  std::optional<double> zoomBefore, zoomAfter; // nothing: what fits
  bool operator==(const WorkspaceState&) const = default;
};

} // namespace whichbase::ui
