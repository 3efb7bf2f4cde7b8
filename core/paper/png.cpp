#include "paper/paint.h"
#include "paper/paper.h"
#include "paper/turn.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace whichbase::paper {

namespace {

constexpr double sideLimit = 32'767; // Cairo's own
constexpr double pixelLimit = 128e6; // of four bytes each

cairo_status_t appendTo(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

std::expected<std::string, Error> bytesOf(cairo_surface_t* surface, cairo_status_t drawn) {
  std::string bytes;
  const cairo_status_t status =
      drawn != CAIRO_STATUS_SUCCESS ? drawn : cairo_surface_write_to_png_stream(surface, appendTo, &bytes);
  if (status != CAIRO_STATUS_SUCCESS)
    return std::unexpected(
        Error{fmt::format("The picture could not be drawn: {}. Try a smaller scale", cairo_status_to_string(status))});
  return bytes;
}

} // namespace

// Down to one or two digits behind the point.
double largestScale(const picture::Drawing& drawing) {
  const double largest = std::min(sideLimit / std::max(drawing.width, drawing.height),
                                  std::sqrt(pixelLimit / (drawing.width * drawing.height)));
  const double step = largest >= 0.1 ? 10 : 1000;
  return std::floor(largest * step) / step;
}

std::expected<std::string, Error> toPng(const picture::Drawing& drawing, picture::Look look, double scale) {
  if (!(drawing.width > 0) || !(drawing.height > 0))
    return std::unexpected(Error{"There is nothing to draw: this picture is empty"});
  if (!(scale > 0))
    return std::unexpected(Error{"The scale of a picture has to be more than 0: 1 is its own size"});
  if (const double largest = largestScale(drawing); scale > largest)
    return std::unexpected(
        Error{fmt::format("At scale {} this diagram would be {:.0f} × {:.0f} pixels, more than a picture can have: the "
                          "largest scale that works for it is {}. SVG and PDF have no such limit",
                          scale, drawing.width * scale, drawing.height * scale, largest)});
  const auto turn = takeTurn();
  if (const auto fonts = Typesetter::create(); !fonts)
    return std::unexpected(fonts.error());
  const auto handle = readDrawing(drawing, look == picture::Look::dark ? look : picture::Look::light);
  if (!handle)
    return std::unexpected(handle.error());
  const auto pixels = [&](double length) { return std::max(1, static_cast<int>(std::ceil(length * scale - 1e-6))); };
  const SurfaceOwned surface(
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, pixels(drawing.width), pixels(drawing.height)));
  const ContextOwned context(cairo_create(surface.get()));
  cairo_scale(context.get(), scale, scale);
  if (auto painted = paintDrawing(context.get(), handle->get(), drawing); !painted)
    return std::unexpected(painted.error());
  return bytesOf(surface.get(), cairo_status(context.get()));
}

} // namespace whichbase::paper
