// The small marks of the look, drawn and so crisp at every scale: verdict signs, database badges, the cylinder.
#pragma once

#include "style/theme.h"
#include "topology/card_lines.h"

#include <QIcon>
#include <QPainter>
#include <QRectF>

#include <string>

namespace whichbase::ui {

// Colour of a sign; signs differ in shape, too, so that nothing is told by colour alone.
QColor signColor(topology::Sign sign, const Theme& theme);

// ✓, ✕, !, ? in a square of any size; nothing for Sign::none.
void paintSign(QPainter& painter, const QRectF& square, topology::Sign sign, const QColor& color);

// The letter of a database on its colour; "?" for an id that starts so. An outlined badge has no ground of its own.
void paintBadge(QPainter& painter, const QRectF& square, const std::string& databaseId, const QColor& ground,
                const QColor& letter);
void paintOutlinedBadge(QPainter& painter, const QRectF& square, const std::string& databaseId, const QColor& color);
QString badgeText(const std::string& databaseId);

void paintCylinder(QPainter& painter, const QRectF& rect, const QColor& color);

// What only looks, and what writes: an eye, a pencil.
QIcon eyeIcon(const QColor& color, const QColor& disabled);
QIcon pencilIcon(const QColor& color, const QColor& disabled);

// The same as icons, for lists, tables and buttons.
QIcon signIcon(topology::Sign sign, const Theme& theme);
QIcon badgeIcon(const std::string& databaseId, const Theme& theme);

} // namespace whichbase::ui
