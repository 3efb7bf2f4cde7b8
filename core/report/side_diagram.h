// Draws cards as boxes with arrows between them: databases above, servers below.
#pragma once

#include "report/side_cards.h"

#include <cstddef>

namespace whichbase::report {

// Places that boxes keep on both sides: keys of databases and of servers from left to right.
struct Places {
  std::vector<std::string> databases;
  std::vector<std::string> servers;
};

// Left to right, so that arrows cross little; with two sides, what is on both has one place.
Places placesFor(const std::vector<const SideCards*>& sides);

// The columns that these places need at least to be drawn as boxes.
int leastWidth(const Places& places);

// Rows that one side needs; the larger ones of two sides make them stand level.
struct Heights {
  int databases = 0;
  int servers = 0;
  int lanes = 0;
};
Heights heightsFor(const SideCards& cards, const Places& places, int width, Charset charset);

Canvas drawSide(const SideCards& cards, const Places& places, int width, const Heights& heights, Charset charset);

// Without boxes, for more than fit: each database with its servers below it.
Canvas listSide(const SideCards& cards, int width, Charset charset);

} // namespace whichbase::report
