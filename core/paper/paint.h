// A page's pieces on any of Cairo's surfaces, and drawings by librsvg.
#pragma once

#include "paper/paging.h"

#include <librsvg/rsvg.h>

#include <map>
#include <memory>

namespace whichbase::paper {

// A drawing as librsvg has read it.
std::expected<GOwned<RsvgHandle>, Error> readDrawing(const picture::Drawing& drawing, picture::Look look);
// In the drawing's own pixels, from the context's origin.
std::expected<void, Error> paintDrawing(cairo_t* context, RsvgHandle* handle, const picture::Drawing& drawing);

// Drawings that were read already, each once, for all pages.
class Drawings {
public:
  std::expected<RsvgHandle*, Error> handleOf(const picture::Drawing& drawing);

private:
  std::map<const picture::Drawing*, GOwned<RsvgHandle>> m_handles;
};

// In points.
std::expected<void, Error> paintPage(cairo_t* context, const Page& page, Drawings& drawings);

} // namespace whichbase::paper
