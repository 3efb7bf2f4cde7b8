// An incident in any of the formats that a report has, told by a file's ending.
#pragma once

#include "document/incident.h"
#include "paper/paper.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::paper {

// markdown … text: the report; svg, png, mermaid: its diagram alone.
enum class Kind { markdown, html, pdf, svg, png, json, mermaid, text };

// By the name's ending, in any case: md, html, pdf, svg, png, json, mmd, txt.
std::optional<Kind> kindOf(const std::filesystem::path& file);
std::string endingOf(Kind kind);     // "md"
const std::vector<Kind>& allKinds(); // in the order in which a reader wants them

struct RenderOptions {
  Format format = Format::a4; // of pdf
  // Of png: pixels for each of the drawing's own, 0.1 to 8; left out: 2, or as many as a picture can have.
  std::optional<double> scale{};
  picture::Look look = picture::Look::light; // of png; svg is adaptive unless this is dark
  bool ascii = false;                        // of text
  int columns = 100;                         // of text
  picture::DrawingOptions drawing{};         // of svg and png
};

std::expected<std::string, Error> render(const document::Incident& incident, Kind kind,
                                         const RenderOptions& options = {});

} // namespace whichbase::paper
