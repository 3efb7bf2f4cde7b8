// Pages as bytes of a PDF, with its title, dates and bookmarks.
#pragma once

#include "paper/paint.h"

namespace whichbase::paper {

std::expected<std::string, Error> pdfOf(const Paged& paged, const std::string& title, topology::UtcTime at,
                                        Drawings& drawings);

} // namespace whichbase::paper
