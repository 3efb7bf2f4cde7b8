// Strips broken into pages, with a foot below each.
#pragma once

#include "paper/blocks.h"

#include <string>
#include <vector>

namespace whichbase::paper {

struct Page {
  double width = 0, height = 0;
  std::vector<Piece> pieces{};
};
struct Bookmark {
  std::string title;
  std::size_t page = 0; // from 0
  double y = 0;
};
struct Paged {
  std::vector<Page> pages; // at least one
  std::vector<Bookmark> bookmarks;
};

// `title` stands in every page's foot.
Paged paged(const Setting& setting, const std::vector<Element>& elements, const std::string& title);

} // namespace whichbase::paper
