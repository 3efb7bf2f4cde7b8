// Reports to lay out: what a page has to cope with, made by hand.
#pragma once

#include "document/report.h"

#include <cstddef>
#include <string>

namespace whichbase::paper {

document::Report incidentReport(); // of the reference incident
// Every kind of block, in a few lines each.
document::Report smallReport();
// Names from right to left, emoji, control characters, marks that turn the direction of writing, 200 characters without
// a space, bytes that are no text: in every kind of block.
document::Report nastyReport();
// An evidence table of so many servers.
document::Report longReport(std::size_t servers);
// One section with one figure of that size, with words of 13 and 11 pixels in its corners.
document::Report figureReport(double width, double height);

extern const std::string longWord; // 200 characters

} // namespace whichbase::paper
