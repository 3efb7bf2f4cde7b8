// How the workspace lays out its diagrams: in the room that they have, and which of the two sides are shown.
#include "layout/diagram.h"
#include "model/environment_words.h"
#include "window/side_pane.h"
#include "window/workspace.h"

#include <algorithm>

namespace whichbase::ui {

namespace {

// More servers than this are laid out only once.
constexpr std::size_t largestTried = 200;

// The scale at which all of it fits into the view, 1 at most.
double fitting(const layout::Diagram& diagram, const DiagramView& view) {
  return std::min({1.0, view.width() / std::max(1.0, diagram.width), view.height() / std::max(1.0, diagram.height)});
}

// Lays out as wide as the view is, or wider where that makes it so much flatter that it can be shown larger.
template <class LayOut, class Fitting>
auto layOutBest(double width, std::size_t servers, LayOut layOut, Fitting fits) {
  auto best = layOut(width);
  double scale = fits(best);
  if (servers > largestTried)
    return best;
  for (const double factor : {1.15, 1.3, 1.5, 1.8}) {
    if (scale > 0.95)
      break;
    auto wider = layOut(width * factor);
    if (const double itsScale = fits(wider); itsScale > scale * 1.02) {
      scale = itsScale;
      best = std::move(wider);
    }
  }
  return best;
}

} // namespace

void Workspace::layOutDiagrams() {
  layout::Options options;
  options.unfolded = m_unfolded;
  options.environmentWords = environmentWords(m_view, m_theme.environments);
  if (m_view.comparison) {
    const auto& comparison = *m_view.comparison;
    const int before = m_before->diagram()->width(), after = m_after->diagram()->width();
    const auto diagrams = layOutBest(
        !showsBefore()  ? after
        : !showsAfter() ? before
                        : std::min(before, after),
        std::max(comparison.before.servers.size(), comparison.after.servers.size()),
        [&](double width) {
          options.width = width;
          return layout::layOut(comparison, options);
        },
        [&](const layout::DiagramPair& pair) {
          return std::min(showsBefore() ? fitting(pair.before, *m_before->diagram()) : 1.0,
                          showsAfter() ? fitting(pair.after, *m_after->diagram()) : 1.0);
        });
    m_before->setDiagram(diagrams.before);
    m_after->setDiagram(diagrams.after);
    return;
  }
  for (auto* pane : {m_before, m_after})
    if (const auto& snapshot = pane == m_before ? m_view.before : m_view.after)
      pane->setDiagram(layOutBest(
          pane->diagram()->width(), snapshot->servers.size(),
          [&](double width) {
            options.width = width;
            return layout::layOut(*snapshot, options);
          },
          [&](const layout::Diagram& diagram) { return fitting(diagram, *pane->diagram()); }));
}

void Workspace::showSides(ShownSides sides) {
  if (sides == m_sides)
    return;
  m_sides = sides;
  refreshPanes();
  m_layoutTimer.start();
}

bool Workspace::showsBefore() const {
  return m_view.hasBefore && m_sides != ShownSides::after;
}

bool Workspace::showsAfter() const {
  return !m_view.hasBefore || m_sides != ShownSides::before;
}

} // namespace whichbase::ui
