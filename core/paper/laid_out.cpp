#include "paper/laid_out.h"

#include "paper/paint.h"
#include "paper/pdf_surface.h"
#include "paper/turn.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace whichbase::paper {

struct LaidOut::Content {
  Typesetter type; // outlives what it set
  std::string title;
  topology::UtcTime at;
  Paged paged;
  Drawings drawings;
};

namespace {

constexpr double pixelLimit = 64e6;
constexpr double sideLimit = 32'767; // Cairo's own

double pixelsPerPoint(const Page& page, double scale) {
  const double wanted = scale * 96 / 72;
  return std::min(
      {wanted, std::sqrt(pixelLimit / (page.width * page.height)), sideLimit / std::max(page.width, page.height)});
}

PageImage pixelsOf(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  PageImage image;
  image.width = cairo_image_surface_get_width(surface);
  image.height = cairo_image_surface_get_height(surface);
  const auto width = static_cast<std::size_t>(image.width), height = static_cast<std::size_t>(image.height);
  image.pixels.resize(width * height);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
  for (std::size_t row = 0; row < height; ++row)
    std::memcpy(&image.pixels[row * width], data + row * stride, width * sizeof(std::uint32_t));
  return image;
}

} // namespace

LaidOut::LaidOut(std::unique_ptr<Content> content) : m_content(std::move(content)) {}
LaidOut::LaidOut(LaidOut&&) noexcept = default;
LaidOut& LaidOut::operator=(LaidOut&&) noexcept = default;
LaidOut::~LaidOut() = default;

std::expected<LaidOut, Error> LaidOut::of(const document::Report& report, Format format) {
  const auto turn = takeTurn();
  auto type = Typesetter::create();
  if (!type)
    return std::unexpected(type.error());
  auto content = std::make_unique<Content>(Content{std::move(*type), report.title, report.at, {}, {}});
  const Setting setting{content->type, sheetOf(format)};
  content->paged = paged(setting, elementsOf(setting, report), report.title);
  return LaidOut(std::move(content));
}

int LaidOut::pages() const {
  return static_cast<int>(m_content->paged.pages.size());
}

LaidOut::Size LaidOut::size(int page) const {
  const Page& each = m_content->paged.pages.at(static_cast<std::size_t>(page));
  return {each.width, each.height};
}

std::expected<PageImage, Error> LaidOut::image(int number, double scale) const {
  const Page& page = m_content->paged.pages.at(static_cast<std::size_t>(number));
  const double factor = pixelsPerPoint(page, scale);
  const auto turn = takeTurn();
  const SurfaceOwned surface(
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, std::max(1, static_cast<int>(std::lround(page.width * factor))),
                                 std::max(1, static_cast<int>(std::lround(page.height * factor)))));
  const ContextOwned context(cairo_create(surface.get()));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  cairo_scale(context.get(), factor, factor);
  if (auto painted = paintPage(context.get(), page, m_content->drawings); !painted)
    return std::unexpected(painted.error());
  if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS)
    return std::unexpected(Error{fmt::format("Page {} could not be drawn: {}. Draw it smaller", number + 1,
                                             cairo_status_to_string(cairo_status(context.get())))});
  return pixelsOf(surface.get());
}

std::expected<std::string, Error> LaidOut::pdf() const {
  const auto turn = takeTurn();
  return pdfOf(m_content->paged, m_content->title, m_content->at, m_content->drawings);
}

std::expected<std::string, Error> toPdf(const document::Report& report, Format format) {
  const auto laidOut = LaidOut::of(report, format);
  if (!laidOut)
    return std::unexpected(laidOut.error());
  return laidOut->pdf();
}

std::expected<PageImages, Error> pageImages(const document::Report& report, Format format, double scale, int first,
                                            int count) {
  const auto laidOut = LaidOut::of(report, format);
  if (!laidOut)
    return std::unexpected(laidOut.error());
  PageImages images{{}, laidOut->pages()};
  for (int page = std::max(0, first); page < images.total && page - first < count; ++page) {
    auto image = laidOut->image(page, scale);
    if (!image)
      return std::unexpected(image.error());
    images.pages.push_back(std::move(*image));
  }
  return images;
}

} // namespace whichbase::paper
