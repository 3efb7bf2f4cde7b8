#include "paper/paint.h"

#include <fmt/format.h>

#include <numbers>

namespace whichbase::paper {

namespace {

void setColour(cairo_t* context, Rgb colour) {
  const auto part = [&](int shift) { return (colour >> shift & 0xFFU) / 255.0; };
  cairo_set_source_rgb(context, part(16), part(8), part(0));
}

void paintBadge(cairo_t* context, const SetText::Badge& badge, double x, double baseline, double size) {
  const double top = baseline - 0.92 * size, height = 1.2 * size, radius = 0.28 * size;
  const double left = x + badge.left, right = x + badge.right;
  constexpr double quarter = std::numbers::pi / 2;
  cairo_new_sub_path(context);
  cairo_arc(context, right - radius, top + radius, radius, -quarter, 0);
  cairo_arc(context, right - radius, top + height - radius, radius, 0, quarter);
  cairo_arc(context, left + radius, top + height - radius, radius, quarter, 2 * quarter);
  cairo_arc(context, left + radius, top + radius, radius, 2 * quarter, 3 * quarter);
  cairo_close_path(context);
  setColour(context, badge.colour);
  cairo_fill(context);
}

std::expected<void, Error> paint(cairo_t* context, const Patch& patch, Drawings&) {
  setColour(context, patch.colour);
  cairo_rectangle(context, patch.x, patch.y, patch.width, patch.height);
  cairo_fill(context);
  return {};
}

std::expected<void, Error> paint(cairo_t* context, const Words& words, Drawings&) {
  const auto& lines = words.text->lines;
  const double above = lines[words.first].top;
  for (std::size_t i = words.first; i < words.end; ++i) {
    const SetText::SetLine& line = lines[i];
    const double baseline = words.y + line.baseline - above;
    for (const SetText::Badge& badge : line.badges)
      paintBadge(context, badge, words.x, baseline, words.text->size);
    setColour(context, ink().text);
    cairo_move_to(context, words.x + line.left, baseline);
    pango_cairo_show_layout_line(context, line.line);
  }
  cairo_new_path(context);
  return {};
}

std::expected<void, Error> paint(cairo_t* context, const Picture& picture, Drawings& drawings) {
  const auto handle = drawings.handleOf(*picture.drawing);
  if (!handle)
    return std::unexpected(handle.error());
  cairo_save(context);
  cairo_translate(context, picture.x, picture.y);
  cairo_scale(context, picture.scale, picture.scale);
  cairo_rectangle(context, 0, 0, picture.drawing->width, picture.height);
  cairo_clip(context);
  cairo_translate(context, 0, -picture.top);
  auto painted = paintDrawing(context, *handle, *picture.drawing);
  cairo_restore(context);
  return painted;
}

Error drawingError(const GError* error) {
  return {fmt::format("The diagram could not be drawn: {}. Save the report as Markdown or HTML instead",
                      error != nullptr ? error->message : "no reason is known")};
}

} // namespace

std::expected<GOwned<RsvgHandle>, Error> readDrawing(const picture::Drawing& drawing, picture::Look look) {
  const std::string svg = picture::toSvg(drawing, look);
  const GOwned<GInputStream> stream(
      g_memory_input_stream_new_from_data(svg.data(), static_cast<gssize>(svg.size()), nullptr));
  GError* error = nullptr;
  // Large diagrams have more elements than librsvg takes from strangers.
  GOwned<RsvgHandle> handle(
      rsvg_handle_new_from_stream_sync(stream.get(), nullptr, RSVG_HANDLE_FLAG_UNLIMITED, nullptr, &error));
  const ErrorOwned owned(error);
  if (!handle)
    return std::unexpected(drawingError(error));
  return handle;
}

std::expected<void, Error> paintDrawing(cairo_t* context, RsvgHandle* handle, const picture::Drawing& drawing) {
  const RsvgRectangle all{0, 0, drawing.width, drawing.height};
  GError* error = nullptr;
  const bool done = rsvg_handle_render_document(handle, context, &all, &error) != 0;
  const ErrorOwned owned(error);
  if (!done)
    return std::unexpected(drawingError(error));
  return {};
}

std::expected<RsvgHandle*, Error> Drawings::handleOf(const picture::Drawing& drawing) {
  if (const auto known = m_handles.find(&drawing); known != m_handles.end())
    return known->second.get();
  auto handle = readDrawing(drawing, picture::Look::light);
  if (!handle)
    return std::unexpected(handle.error());
  return m_handles.emplace(&drawing, std::move(*handle)).first->second.get();
}

std::expected<void, Error> paintPage(cairo_t* context, const Page& page, Drawings& drawings) {
  for (const Piece& piece : page.pieces)
    if (auto painted = std::visit([&](const auto& each) { return paint(context, each, drawings); }, piece); !painted)
      return painted;
  return {};
}

} // namespace whichbase::paper
