// A report on pages and drawings as pixels, by Cairo, Pango and librsvg: what the window shows and prints and what the
// command line writes is the same.
#pragma once

#include "document/report.h"
#include "picture/drawing.h"

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace whichbase::paper {

struct Error {
  std::string text; // a sentence, and what to do
};

enum class Format { a4, letter };

// Bytes of a PDF with selectable text, its title, and the report's own date as its creation date; the same for the same
// report. Headings stay with what follows them, tables repeat their head, pages are numbered.
std::expected<std::string, Error> toPdf(const document::Report& report, Format format);

// One page as pixels, rows from the top, each 0xAARRGGBB premultiplied, opaque.
struct PageImage {
  int width = 0, height = 0;
  std::vector<std::uint32_t> pixels;
};
struct PageImages { // at 96 dots per inch times `scale`; only pages [first, first + count) are drawn
  std::vector<PageImage> pages;
  int total = 0;
};
std::expected<PageImages, Error> pageImages(const document::Report& report, Format format, double scale, int first = 0,
                                            int count = 10'000);

// The largest scale at which toPng() takes it.
double largestScale(const picture::Drawing& drawing);
// Bytes of a PNG of the whole drawing, `scale` pixels for each of its own; light or dark.
std::expected<std::string, Error> toPng(const picture::Drawing& drawing, picture::Look look, double scale);

} // namespace whichbase::paper
