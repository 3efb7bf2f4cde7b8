// What people paste around a connection string, taken off: white space, quotes, "DATABASE_URL=" before it.
#pragma once

#include "connection/characters.h"

#include <string>
#include <vector>

namespace whichbase::connection {

// Where the connection string itself stands in `text`.
Span bareSpan(std::string_view text);

// Where passwords stand in `text`, in order, none empty. What cannot be read safely is covered generously.
std::vector<Span> secretSpans(std::string_view text);

// The spans in order, overlapping and touching ones made one, empty ones left out.
std::vector<Span> joined(std::vector<Span> spans);

// The text with *** in the place of each of the spans, which joined() has put in order.
std::string covered(std::string_view text, const std::vector<Span>& spans);

} // namespace whichbase::connection
