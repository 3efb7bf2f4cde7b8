#include "present/slide_cards.h"

#include "present/slide_stage.h"
#include "style/environment_chip.h"
#include "style/marks.h"

#include <QFontMetricsF>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr double padding = 20;
constexpr double badge = 48; // two letters in it are no smaller than any text

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

bool isOnlyRemembered(const layout::Box& box) {
  return box.kind == layout::BoxKind::ghost || box.kind == layout::BoxKind::outline;
}

void paintFrame(const SlideBrush& brush, const StageCard& card) {
  const auto& box = *card.box;
  const auto& theme = brush.theme();
  const bool isDatabase = card.box->kind == layout::BoxKind::database || isOnlyRemembered(box);
  QPen pen(isDatabase ? theme.database(box.databaseId) : theme.border, isDatabase ? 4 : 2);
  if (isOnlyRemembered(box) || box.kind == layout::BoxKind::notReached) {
    pen.setStyle(Qt::DashLine);
    pen.setWidthF(3);
  }
  if (box.kind == layout::BoxKind::notReached)
    pen.setColor(theme.secondaryText);
  if (box.kind == layout::BoxKind::stack) // a second card behind the first
    brush.frame(card.rect.translated(8, 8), theme.card, pen);
  brush.frame(card.rect, isOnlyRemembered(box) ? theme.pane : theme.card, pen);
}

// Name and letter in the first line; returns where the next one begins.
double paintTitle(const SlideBrush& brush, const StageCard& card, double pixels) {
  const auto& box = *card.box;
  const auto& theme = brush.theme();
  QRectF row(card.rect.left() + padding, card.rect.top() + 14, card.rect.width() - 2 * padding, badge);
  const bool hasBadge = !box.databaseId.empty();
  const QRectF square(row.right() - badge, row.top(), badge, badge);
  if (hasBadge)
    paintBadge(brush.painter(), square, box.databaseId, theme.database(box.databaseId),
               theme.onDatabase(box.databaseId));
  if (hasBadge)
    row.setRight(square.left() - 10);
  brush.line(row, text(box.title), pixels, isOnlyRemembered(box) ? theme.secondaryText : theme.text, QFont::DemiBold);
  return row.bottom() + 4;
}

void paintDatabase(const SlideBrush& brush, const StageCard& card) {
  const auto& box = *card.box;
  const auto& theme = brush.theme();
  paintFrame(brush, card);
  double y = paintTitle(brush, card, 34);
  const double left = card.rect.left() + padding;
  const double width = card.rect.width() - 2 * padding;
  brush.line(QRectF(left, y, width, 34), text(box.subtitle), 26, theme.secondaryText, QFont::Normal, Qt::AlignLeft,
             true);
  y += 40;
  const QColor ink = isOnlyRemembered(box) ? theme.secondaryText : theme.text;
  if (!box.usersText.empty()) {
    const double number = brush.line(QRectF(left, y, width, 76), text(box.usersText), 68, ink, QFont::Bold);
    brush.line(QRectF(left + number + 16, y + 18, width - number - 16, 50), text(box.usersWord), 30,
               theme.secondaryText);
    y += 82;
  }
  constexpr double lineHeight = 36;
  for (const auto& line : box.lines) {
    if (y + lineHeight > card.rect.bottom() - 8)
      break;
    double indent = 0;
    if (line.sign != topology::Sign::none) {
      paintSign(brush.painter(), QRectF(left, y + 4, 28, 28), line.sign, signColor(line.sign, theme));
      indent = 38;
    }
    brush.line(QRectF(left + indent, y, width - indent, lineHeight), text(line.text), 26, ink);
    y += lineHeight;
  }
}

void paintChips(const SlideBrush& brush, const layout::Box& box, QPointF at, double right) {
  const auto& theme = brush.theme();
  const QFontMetricsF metrics(textFont(leastSlideText, QFont::Medium));
  const auto add = [&](const std::string& word, const QColor& ink, const QColor& ground, const QColor& line) {
    if (!word.empty() && at.x() + metrics.horizontalAdvance(text(word)) + 24 <= right)
      at.rx() += brush.chip(at, text(word), ink, ground, line) + 10;
  };
  const auto colours = environmentColours(theme, box.environmentName);
  add(box.environment, isMarked(theme, box.environmentName) ? colours.ink : theme.text, colours.ground, colours.line);
  for (const auto& word : {box.role, box.moved})
    add(word, theme.text, theme.button, {});
}

void paintServer(const SlideBrush& brush, const StageCard& card) {
  const auto& box = *card.box;
  const auto& theme = brush.theme();
  paintFrame(brush, card);
  double y = paintTitle(brush, card, 32);
  const double left = card.rect.left() + padding;
  const double width = card.rect.width() - 2 * padding;
  if (!card.compact) {
    brush.line(QRectF(left, y, width, 36), text(box.subtitle), 26, theme.secondaryText, QFont::Normal, Qt::AlignLeft,
               true);
    y += 44;
  }
  if (!box.failure.empty())
    brush.line(QRectF(left, y, width, 38), text(box.failure), 26, theme.text);
  else
    paintChips(brush, box, {left, y}, left + width);
}

void paintLink(const SlideBrush& brush, const StageLink& link) {
  const QColor color = brush.theme().database(link.link->databaseId);
  QPen pen(color, 5);
  pen.setCapStyle(Qt::FlatCap);
  if (link.link->style == layout::LineStyle::dashed)
    pen.setDashPattern({3, 2});
  if (link.link->style == layout::LineStyle::dotted)
    pen.setDashPattern({1, 1.4});
  auto& painter = brush.painter();
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(link.path);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  painter.drawPolygon(QPolygonF{link.tip, link.tip + QPointF(-13, 22), link.tip + QPointF(13, 22)});
}

} // namespace

void paintDiagram(const SlideBrush& brush, const layout::Diagram& diagram, const QRectF& area) {
  const auto stage = stageOf(diagram, area);
  for (const auto& link : stage.links)
    paintLink(brush, link);
  for (const auto& card : stage.databases)
    paintDatabase(brush, card);
  for (const auto& card : stage.servers)
    paintServer(brush, card);
  for (const auto& note : stage.notes)
    brush.line(note.rect, note.text, 32, brush.theme().secondaryText, QFont::Medium, Qt::AlignHCenter);
}

} // namespace whichbase::ui
