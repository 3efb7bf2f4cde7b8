// All that is known of the selected server or database as rich text: facts, evidence, reasons for what is unknown.
#pragma once

#include "diagram/diagram_view.h"
#include "model/view.h"
#include "style/theme.h"

#include <QString>

namespace whichbase::ui {

// Without a selection: the verdicts and all evidence. Everything from outside is escaped.
QString detailsHtml(const View& view, const Selection& selection, const Theme& theme);

} // namespace whichbase::ui
