// A report laid out once, whose pages are then written or drawn one by one: for a preview, a printer and a PDF.
#pragma once

#include "paper/paper.h"

#include <expected>
#include <memory>
#include <string>

namespace whichbase::paper {

// May be made on one thread and used on another, by one at a time.
class LaidOut {
public:
  static std::expected<LaidOut, Error> of(const document::Report& report, Format format);
  LaidOut(LaidOut&&) noexcept;
  LaidOut& operator=(LaidOut&&) noexcept;
  ~LaidOut();

  struct Size {
    double width, height; // points, 1/72 inch
  };
  int pages() const;
  Size size(int page) const; // from 0; a large diagram has a page of a size of its own
  // At 96 dots per inch times `scale`, less where the page would take more than 64 million pixels.
  std::expected<PageImage, Error> image(int page, double scale) const;
  std::expected<std::string, Error> pdf() const;

private:
  struct Content;
  explicit LaidOut(std::unique_ptr<Content> content);
  std::unique_ptr<Content> m_content;
};

} // namespace whichbase::paper
