#include "paper/render.h"

#include "document/report.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace whichbase::paper {

namespace {

constexpr std::array<std::pair<Kind, const char*>, 8> endings{{{Kind::markdown, "md"},
                                                               {Kind::html, "html"},
                                                               {Kind::pdf, "pdf"},
                                                               {Kind::svg, "svg"},
                                                               {Kind::png, "png"},
                                                               {Kind::json, "json"},
                                                               {Kind::mermaid, "mmd"},
                                                               {Kind::text, "txt"}}};

picture::Drawing diagramOf(const document::Incident& incident, const RenderOptions& options) {
  return incident.comparison() ? picture::topologyDrawing(*incident.comparison(), options.drawing)
                               : picture::topologyDrawing(incident.present(), options.drawing);
}

std::string mermaidOf(const document::Incident& incident) {
  return incident.comparison() ? picture::toMermaid(*incident.comparison()) : picture::toMermaid(incident.present());
}

std::expected<std::string, Error> pngOf(const document::Incident& incident, const RenderOptions& options) {
  if (options.scale && !(*options.scale >= 0.1 && *options.scale <= 8))
    return std::unexpected(Error{"the scale has to be from 0.1 to 8"});
  const picture::Drawing drawing = diagramOf(incident, options);
  return toPng(drawing, options.look, options.scale ? *options.scale : std::min(2.0, largestScale(drawing)));
}

document::Report reportFor(const document::Incident& incident, Kind kind, const RenderOptions& options) {
  document::ReportOptions wanted;
  wanted.drawings = kind == Kind::html || kind == Kind::pdf;
  if (kind == Kind::text) {
    wanted.columns = options.columns;
    wanted.ascii = options.ascii;
  }
  return document::reportOf(incident, wanted);
}

} // namespace

std::optional<Kind> kindOf(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const auto& [kind, name] : endings)
    if (ending == std::string(".") + name)
      return kind;
  return std::nullopt;
}

std::string endingOf(Kind kind) {
  return std::ranges::find(endings, kind, &std::pair<Kind, const char*>::first)->second;
}

const std::vector<Kind>& allKinds() {
  static const std::vector<Kind> kinds = [] {
    std::vector<Kind> all;
    for (const auto& each : endings)
      all.push_back(each.first);
    return all;
  }();
  return kinds;
}

std::expected<std::string, Error> render(const document::Incident& incident, Kind kind, const RenderOptions& options) {
  switch (kind) {
  case Kind::svg:
    return picture::toSvg(diagramOf(incident, options),
                          options.look == picture::Look::dark ? picture::Look::dark : picture::Look::adaptive);
  case Kind::png:
    return pngOf(incident, options);
  case Kind::mermaid:
    return mermaidOf(incident);
  default:
    break;
  }
  const document::Report report = reportFor(incident, kind, options);
  switch (kind) {
  case Kind::html:
    return document::toHtml(report);
  case Kind::pdf:
    return toPdf(report, options.format);
  case Kind::json:
    return document::toJson(report, incident);
  case Kind::text:
    return document::toPlainText(report, options.columns, options.ascii);
  default:
    return document::toMarkdown(report);
  }
}

} // namespace whichbase::paper
