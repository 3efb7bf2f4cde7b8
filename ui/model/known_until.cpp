#include "model/known_until.h"

#include <algorithm>

namespace whichbase::ui {

history::Overview knownUntil(const history::Overview& overview, topology::UtcTime at) {
  auto known = overview;
  const auto isLater = [&](const auto& each) { return each.at > at; };
  std::erase_if(known.spans, [&](const history::Span& span) { return span.from > at; });
  for (auto& span : known.spans)
    span.until = std::min(span.until, at);
  std::erase_if(known.points, isLater);
  std::erase_if(known.events, isLater);
  std::erase_if(known.moments, isLater);
  std::erase_if(known.changes, [&](topology::UtcTime change) { return change > at; });
  return known;
}

} // namespace whichbase::ui
