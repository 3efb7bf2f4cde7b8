#include "paper/pdf_surface.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <cmath>

namespace whichbase::paper {

namespace {

cairo_status_t appendTo(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void describe(cairo_surface_t* surface, const std::string& title, topology::UtcTime at) {
  const std::string date = topology::toIso8601(at).substr(0, 19) + "Z";
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, cleanText(title).c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Whichbase");
  // Without these, Cairo takes the clock's.
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date.c_str());
}

void addBookmarks(cairo_surface_t* surface, const std::vector<Bookmark>& bookmarks) {
  for (const Bookmark& each : bookmarks)
    cairo_pdf_surface_add_outline(
        surface, CAIRO_PDF_OUTLINE_ROOT, each.title.c_str(),
        fmt::format("page={} pos=[0 {}]", each.page + 1, std::lround(std::max(0.0, each.y - 6))).c_str(),
        CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

} // namespace

std::expected<std::string, Error> pdfOf(const Paged& paged, const std::string& title, topology::UtcTime at,
                                        Drawings& drawings) {
  std::string bytes;
  const Page& first = paged.pages.front();
  const SurfaceOwned surface(cairo_pdf_surface_create_for_stream(appendTo, &bytes, first.width, first.height));
  describe(surface.get(), title, at);
  const ContextOwned context(cairo_create(surface.get()));
  for (const Page& page : paged.pages) {
    cairo_pdf_surface_set_size(surface.get(), page.width, page.height);
    if (auto painted = paintPage(context.get(), page, drawings); !painted)
      return std::unexpected(painted.error());
    cairo_show_page(context.get());
  }
  addBookmarks(surface.get(), paged.bookmarks);
  cairo_surface_finish(surface.get());
  for (const cairo_status_t status : {cairo_status(context.get()), cairo_surface_status(surface.get())})
    if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_SURFACE_FINISHED)
      return std::unexpected(Error{fmt::format("The PDF could not be made: {}. Save the report as HTML instead",
                                               cairo_status_to_string(status))});
  return bytes;
}

} // namespace whichbase::paper
