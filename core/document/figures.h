// The figures of a report, each with the text that stands for it where no picture can be shown.
#pragma once

#include "document/report.h"

#include <optional>

namespace whichbase::document {

Figure topologyFigure(const Incident& incident, const ReportOptions& options);
std::optional<Figure> usersFigure(const Incident& incident, const ReportOptions& options);
// Of a recorded history only.
std::optional<Figure> timelineFigure(const Incident& incident, const ReportOptions& options);

} // namespace whichbase::document
