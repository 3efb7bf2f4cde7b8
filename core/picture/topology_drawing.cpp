#include "picture/pane.h"
#include "picture/without_addresses.h"
#include "topology/wording.h"

#include <algorithm>

namespace whichbase::picture {

namespace {

using topology::capitalised;

constexpr double gap = 12; // between the panes
constexpr double leastPane = 300;

layout::Options layoutOptions(const DrawingOptions& options, double width) {
  layout::Options result;
  result.width = width;
  result.stackFrom = options.stackFrom;
  return result;
}

// "TovPlay: which database each server uses"
std::string titled(const topology::Snapshot& snapshot, std::string_view what) {
  return snapshot.title.empty() ? capitalised(std::string(what)) : snapshot.title + ": " + std::string(what);
}

Drawing drawingOf(const std::vector<Side>& sides, double pane, std::string title) {
  Drawing drawing;
  drawing.title = std::move(title);
  double head = 0;
  double diagram = 0;
  double legend = 0;
  for (const Side& side : sides)
    pane = std::max(pane, side.diagram.width + 2);
  for (const Side& side : sides) {
    head = std::max(head, headHeight(side, pane));
    diagram = std::max(diagram, side.diagram.height);
    legend = std::max(legend, legendHeight(side, pane));
  }
  const auto count = static_cast<double>(sides.size());
  drawing.width = count * pane + (count - 1) * gap;
  drawing.height = head + diagram + legend;
  drawing.shapes.push_back({Block{.rect = {0, 0, drawing.width, drawing.height}, .fill = {Tone::paper}}, {}});
  double x = 0;
  for (const Side& side : sides) {
    addPane(drawing.shapes, side, {x, 0, pane, drawing.height}, head);
    drawing.description += (drawing.description.empty() ? "" : " ") + spokenSide(side);
    x += pane + gap;
  }
  return drawing;
}

} // namespace

Drawing topologyDrawing(const topology::Snapshot& snapshot, const DrawingOptions& options) {
  if (!options.showAddresses) {
    DrawingOptions rest = options;
    rest.showAddresses = true;
    return topologyDrawing(withoutAddresses(snapshot), rest);
  }
  const double pane = std::max(leastPane, options.width);
  Side side{snapshot.side == topology::Side::before ? "BEFORE" : "NOW", &snapshot,
            layout::layOut(snapshot, layoutOptions(options, pane - 2))};
  return drawingOf({std::move(side)}, pane, titled(snapshot, "which database each server uses"));
}

Drawing topologyDrawing(const topology::Comparison& comparison, const DrawingOptions& options) {
  if (!options.showAddresses) {
    DrawingOptions rest = options;
    rest.showAddresses = true;
    topology::Comparison hidden = comparison;
    hidden.before = withoutAddresses(std::move(hidden.before));
    hidden.after = withoutAddresses(std::move(hidden.after));
    return topologyDrawing(hidden, rest);
  }
  const double pane = std::max(leastPane, (options.width - gap) / 2);
  auto diagrams = layout::layOut(comparison, layoutOptions(options, pane - 2));
  return drawingOf({{"BEFORE", &comparison.before, std::move(diagrams.before)},
                    {"AFTER", &comparison.after, std::move(diagrams.after)}},
                   pane, titled(comparison.after, "before and after, which database each server uses"));
}

} // namespace whichbase::picture
