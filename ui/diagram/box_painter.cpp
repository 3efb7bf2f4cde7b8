#include "diagram/box_painter.h"

#include "style/environment_chip.h"
#include "style/locale_text.h"
#include "style/marks.h"

#include <QFontMetricsF>
#include <QTextLayout>

#include <algorithm>
#include <utility>
#include <vector>

namespace whichbase::ui {

namespace {

using layout::Box;
using layout::BoxKind;

constexpr double corner = 9;
constexpr double inset = 14;
constexpr double serverInset = 12;
constexpr double lineHeight = 18;
constexpr double firstLineTop = 91;
constexpr double chipHeight = 17;
constexpr double leastWidthWithCylinder = 210;

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

// One line, its ends kept where it is too long; returns the width that was used.
double drawLine(QPainter& painter, const QPointF& baseline, double width, const QFont& font, const QColor& color,
                const QString& line) {
  const QFontMetricsF metrics(font);
  const QString shown = metrics.elidedText(line, Qt::ElideMiddle, width);
  painter.setFont(font);
  painter.setPen(color);
  painter.drawText(baseline, shown);
  return metrics.horizontalAdvance(shown);
}

// At most `rows` rows, the last one elided; returns how many were used.
int drawWrapped(QPainter& painter, const QRectF& area, int rows, const QFont& font, const QColor& color,
                const QString& line) {
  const QFontMetricsF metrics(font);
  const double lift = (lineHeight - metrics.height()) / 2 + metrics.ascent();
  QTextLayout layout(line, font);
  layout.beginLayout();
  int used = 0;
  while (used < rows) {
    QTextLine part = layout.createLine();
    if (!part.isValid())
      break;
    part.setLineWidth(area.width());
    const bool last = used + 1 == rows;
    const QString shown = last ? line.mid(part.textStart()) : line.mid(part.textStart(), part.textLength());
    drawLine(painter, {area.left(), area.top() + used * lineHeight + lift}, area.width(), font, color, shown.trimmed());
    ++used;
  }
  layout.endLayout();
  return used;
}

QColor borderColor(const Box& box, const Look& look, const BoxState& state) {
  switch (box.kind) {
  case BoxKind::database:
    return look.database(box.databaseId);
  case BoxKind::ghost:
  case BoxKind::outline:
    return state.emphasis == Emphasis::selected ? look.database(box.databaseId) : look.ghost(box.databaseId);
  case BoxKind::notReached:
    return state.emphasis == Emphasis::selected ? look.theme.accent : look.theme.secondaryText;
  case BoxKind::server:
  case BoxKind::stack:
    break;
  }
  return state.emphasis == Emphasis::selected ? look.theme.accent : look.theme.border;
}

bool isDashed(BoxKind kind) {
  return kind == BoxKind::ghost || kind == BoxKind::outline || kind == BoxKind::notReached;
}

QPen borderPen(const Box& box, const Look& look, const BoxState& state) {
  const bool isCard = box.kind == BoxKind::database;
  double width = isCard ? 2 : isDashed(box.kind) ? 1.5 : 1;
  if (state.emphasis == Emphasis::selected)
    width = isCard ? 4 : 2.5;
  QPen pen(borderColor(box, look, state), width);
  if (isDashed(box.kind))
    pen.setDashPattern({6 / width, 4 / width});
  return pen;
}

// The frame keeps inside the box, so that neighbours never touch.
void paintFrame(QPainter& painter, const Box& box, const Look& look, const BoxState& state) {
  const QRectF rect(0, 0, box.rect.width, box.rect.height);
  QColor ground = isDashed(box.kind) ? look.theme.pane : look.theme.card;
  if (state.emphasis == Emphasis::selected)
    ground = look.theme.selection;
  if (box.members.size() > 1) {
    painter.setPen(QPen(look.theme.border, 1));
    painter.setBrush(ground);
    for (const double shift : {8.0, 4.0})
      painter.drawRoundedRect(rect.translated(shift, -shift).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
  }
  const QPen pen = borderPen(box, look, state);
  const double half = pen.widthF() / 2;
  painter.setPen(pen);
  painter.setBrush(ground);
  painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), corner, corner);
  if (state.focused) {
    painter.setPen(QPen(look.theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(-4, -4, 4, 4), corner + 4, corner + 4);
  }
}

void paintBadgeOf(QPainter& painter, const QRectF& square, const Box& box, const Look& look) {
  if (box.kind == BoxKind::outline)
    paintOutlinedBadge(painter, square, box.databaseId, look.theme.database(box.databaseId));
  else
    paintBadge(painter, square, box.databaseId, look.database(box.databaseId), look.onDatabase(box.databaseId));
}

// "22 users"; the word is left out where the number fills the card.
void paintUsers(QPainter& painter, const Box& box, const Look& look, const QColor& color) {
  const double right = box.rect.width - 8;
  const double x = inset + 2;
  const double used =
      drawLine(painter, {x, 79}, right - x, textFont(28, QFont::Bold), color, localCount(box.usersText));
  const double wordX = x + used + 9;
  const QFont font = textFont(13);
  if (wordX + QFontMetricsF(font).horizontalAdvance(text(box.usersWord)) <= right)
    drawLine(painter, {wordX, 79}, right - wordX, font, look.theme.secondaryText, text(box.usersWord));
}

void paintDatabase(QPainter& painter, const Box& box, const Look& look) {
  const bool live = box.kind == BoxKind::database;
  const double width = box.rect.width;
  const QColor strong = live ? look.text() : look.theme.secondaryText;
  const bool roomy = width >= leastWidthWithCylinder;
  if (roomy)
    paintCylinder(painter, {inset, 13, 18, 23}, live ? look.database(box.databaseId) : look.theme.secondaryText);
  const double left = roomy ? 43 : inset;
  const double badge = 21;
  drawLine(painter, {left, 23}, width - left - badge - 16, textFont(14, QFont::DemiBold), strong, text(box.title));
  drawLine(painter, {left, 42}, width - left - 6, monoFont(11), look.theme.secondaryText, text(box.subtitle));
  paintBadgeOf(painter, {width - badge - 9, 8, badge, badge}, box, look);
  if (!box.usersText.empty())
    paintUsers(painter, box, look, strong);
  const int capacity = std::max(0, static_cast<int>((box.rect.height - firstLineTop - 4) / lineHeight));
  int row = 0;
  for (std::size_t i = 0; i < box.lines.size() && row < capacity; ++i) {
    const auto& line = box.lines[i];
    const double top = firstLineTop + row * lineHeight;
    const bool hasSign = line.sign != topology::Sign::none;
    if (hasSign)
      paintSign(painter, {inset + 1, top + 3, 12, 12}, line.sign, signColor(line.sign, look.theme));
    const double x = hasSign ? inset + 20 : inset + 2;
    const int later = static_cast<int>(box.lines.size() - i) - 1;
    row += drawWrapped(painter, {x, top, width - x - 8, lineHeight}, std::max(1, capacity - row - later), textFont(12),
                       live ? look.text() : look.theme.secondaryText, text(line.text));
  }
}

struct Chip {
  QString text;
  QColor ink;
  QColor ground; // invalid: an outlined pill
};

double chipWidth(const QString& label, const QFontMetricsF& metrics) {
  return metrics.horizontalAdvance(label) + 14;
}

void paintChip(QPainter& painter, const QRectF& rect, const Chip& chip, const QFont& font) {
  painter.setBrush(chip.ground.isValid() ? QBrush(chip.ground) : Qt::NoBrush);
  painter.setPen(chip.ground.isValid() ? QPen(Qt::NoPen) : QPen(chip.ink, 1.2));
  const double half = chip.ground.isValid() ? 0 : 0.6;
  painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), chipHeight / 2, chipHeight / 2);
  painter.setFont(font);
  painter.setPen(chip.ink);
  painter.drawText(rect, Qt::AlignCenter, QFontMetricsF(font).elidedText(chip.text, Qt::ElideMiddle, rect.width() - 8));
}

// Environment and role below the address; "was A" beside them, or beside the address where they fill the row. Returns
// the width that the address may use.
double paintChips(QPainter& painter, const Box& box, const Look& look) {
  const QFont font = textFont(11, QFont::DemiBold);
  const QFontMetricsF metrics(font);
  const double right = box.rect.width - (box.stackKey.empty() ? 10 : 30);
  double x = serverInset - 1;
  const double y = 48;
  const auto paintNext = [&](const std::string& label, double wanted, const auto& paint) {
    const double width = std::min(wanted, right - x);
    if (label.empty() || width < 24)
      return;
    paint(QRectF(x, y, width, chipHeight));
    x += width + 5;
  };
  paintNext(box.environment, environmentChipWidth(look.theme, box.environmentName),
            [&](const QRectF& rect) { paintEnvironmentChip(painter, rect, look.theme, box.environmentName); });
  paintNext(box.role, chipWidth(text(box.role), metrics), [&](const QRectF& rect) {
    paintChip(painter, rect, {text(box.role), look.theme.secondaryText, look.theme.button}, font);
  });
  const double all = box.rect.width - 2 * serverInset;
  if (box.moved.empty())
    return all;
  const std::string past = box.moved.substr(box.moved.rfind(' ') + 1);
  const Chip chip{text(box.moved), look.pastDatabase(past), {}};
  const double width = chipWidth(chip.text, metrics);
  if (x + width <= right) {
    paintChip(painter, {x, y, width, chipHeight}, chip, font);
    return all;
  }
  paintChip(painter, {box.rect.width - 8 - width, 28, width, chipHeight}, chip, font);
  return all - width - 2;
}

void paintFoldMark(QPainter& painter, const Box& box, const Look& look) {
  const QRectF mark = foldMark(box);
  if (mark.isEmpty())
    return;
  painter.setPen(QPen(look.theme.secondaryText, 1.3));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(mark.adjusted(2, 2, -2, -2), 3, 3);
  painter.drawLine(QPointF(mark.left() + 5, mark.center().y()), QPointF(mark.right() - 5, mark.center().y()));
}

void paintServer(QPainter& painter, const Box& box, const Look& look) {
  const double width = box.rect.width;
  const bool reached = box.kind != BoxKind::notReached;
  // Where there is no letter, the environment takes its place.
  const double mark = reached ? 18 : std::min(environmentChipWidth(look.theme, box.environmentName), width / 3);
  drawLine(painter, {serverInset, 22}, width - serverInset - mark - (mark > 0 ? 13 : serverInset),
           textFont(13, QFont::DemiBold), look.text(), text(box.title));
  if (reached) {
    drawLine(painter, {serverInset, 40}, paintChips(painter, box, look), monoFont(11), look.theme.secondaryText,
             text(box.subtitle));
    paintBadgeOf(painter, {width - mark - 8, 8, mark, mark}, box, look);
  } else {
    if (mark > 0)
      paintEnvironmentChip(painter, {width - mark - 8, 9, mark, chipHeight}, look.theme, box.environmentName);
    // The reason takes the address's line too where the server has none.
    const bool hasAddress = !box.subtitle.empty();
    const double inner = width - 2 * serverInset;
    if (hasAddress)
      drawLine(painter, {serverInset, 40}, inner, monoFont(11), look.theme.secondaryText, text(box.subtitle));
    drawWrapped(painter, {serverInset, hasAddress ? 47.0 : 29.0, inner, 36}, hasAddress ? 1 : 2,
                textFont(12, QFont::DemiBold), look.theme.bad, text(box.failure));
  }
  paintFoldMark(painter, box, look);
}

} // namespace

QRectF foldMark(const Box& box) {
  if (box.stackKey.empty())
    return {};
  return {box.rect.width - 26, box.rect.height - 27, 18, 18};
}

void paintBox(QPainter& painter, const Box& box, const Look& look, const BoxState& state) {
  paintFrame(painter, box, look, state);
  switch (box.kind) {
  case BoxKind::database:
  case BoxKind::ghost:
  case BoxKind::outline:
    paintDatabase(painter, box, look);
    return;
  case BoxKind::server:
  case BoxKind::stack:
  case BoxKind::notReached:
    paintServer(painter, box, look);
    return;
  }
}

void paintBoxFromAfar(QPainter& painter, const Box& box, const Look& look, const BoxState& state) {
  paintFrame(painter, box, look, state);
  const bool reached = box.kind != BoxKind::notReached;
  const double side = std::min(box.rect.height - 20, 44.0);
  const double top = (box.rect.height - side) / 2;
  if (reached)
    paintBadgeOf(painter, {10, top, side, side}, box, look);
  const double left = reached ? side + 20 : serverInset;
  const QFont font = textFont(24, QFont::DemiBold);
  drawLine(painter, {left, box.rect.height / 2 + 8}, box.rect.width - left - 8, font,
           reached ? look.text() : look.theme.bad, text(box.title));
}

} // namespace whichbase::ui
