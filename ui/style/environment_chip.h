// The word of an environment as a chip, the same on every surface where a server shows: drawn, as a picture beside a
// name in a table, or in rich text.
#pragma once

#include "style/theme.h"

#include <QPainter>
#include <QPixmap>

namespace whichbase::ui {

constexpr double environmentChipHeight = 17;

struct EnvironmentColours {
  QColor ink;
  QColor ground; // invalid: none
  QColor line;   // invalid: none
};
EnvironmentColours environmentColours(const Theme& theme, const std::string& environment);

double environmentChipWidth(const Theme& theme, const std::string& environment);
// In a rect that may be narrower than it wants: the word is then cut in its middle.
void paintEnvironmentChip(QPainter& painter, const QRectF& rect, const Theme& theme, const std::string& environment);
// Null for an empty environment.
QPixmap environmentPixmap(const Theme& theme, const std::string& environment);
// Escaped, with a space before it; empty for an empty environment.
QString environmentHtml(const Theme& theme, const std::string& environment);
// The environment's mark is not the plain one: it is then shown also where room is scarce.
bool isMarked(const Theme& theme, const std::string& environment);
// Somebody has chosen a word or a mark for it.
bool isOfItsOwn(const Theme& theme, const std::string& environment);

} // namespace whichbase::ui
