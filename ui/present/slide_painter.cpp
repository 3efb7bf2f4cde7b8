#include "present/slide_painter.h"

#include "present/slide_cards.h"
#include "present/slide_timeline.h"
#include "style/marks.h"

#include <QObject>

#include <algorithm>
#include <array>

namespace whichbase::ui {

namespace {

constexpr QSizeF page{1920, 1080};
constexpr double margin = 80;
constexpr double footTop = 1006;

// Name, time and sentence; returns where the content begins.
double paintHead(const SlideBrush& brush, const Slide& slide) {
  const auto& theme = brush.theme();
  const double width = page.width() - 2 * margin;
  const double name = brush.line(QRectF(margin, 44, 600, 44), slide.heading, 30, theme.secondaryText, QFont::Bold);
  brush.line(QRectF(margin + name + 24, 44, width - name - 24, 44), slide.when, 28, theme.secondaryText);
  double left = margin;
  if (slide.sign != topology::Sign::none) {
    paintSign(brush.painter(), QRectF(left, 108, 60, 60), slide.sign, signColor(slide.sign, theme));
    left += 84;
  }
  const double right = page.width() - margin;
  constexpr double leastSentence = 40;
  double y = 100;
  y += brush.paragraph(QRectF(left, y, right - left, 150), slide.sentence, 60, theme.text, QFont::Bold, leastSentence);
  if (!slide.detail.isEmpty())
    y += 8 + brush.paragraph(QRectF(left, y + 8, right - left, 84), slide.detail, 32, theme.secondaryText);
  return y + 36;
}

// How the lines of a page stand: large where there are few.
struct Rows {
  double pixels = 32;   // of the text
  double space = 16;    // between two
  double leadWidth = 0; // of names and times; 0: they stand above their sentence
  bool leadAbove = false;
  double badge() const { return pixels * 1.5; }
};

double indentOf(const SlideLine& line, const Rows& rows) {
  return rows.pixels * 1.75 + (line.database.empty() ? 0 : rows.badge() + 20);
}

double heightOf(const SlideBrush& brush, const SlideLine& line, const Rows& rows, double width) {
  const bool above = rows.leadAbove && !line.lead.isEmpty();
  const double beside = rows.leadAbove ? 0 : rows.leadWidth;
  const double text = brush.heightOf(line.text, width - indentOf(line, rows) - beside, rows.pixels);
  return std::max(rows.badge(), text) + (above ? rows.badge() : 0);
}

void paintLine(const SlideBrush& brush, const SlideLine& line, const Rows& rows, QRectF rect) {
  const auto& theme = brush.theme();
  const double badge = rows.badge();
  const double sign = rows.pixels * 1.1;
  if (line.sign != topology::Sign::none)
    paintSign(brush.painter(), QRectF(rect.left(), rect.top() + (badge - sign) / 2, sign, sign), line.sign,
              signColor(line.sign, theme));
  if (!line.database.empty())
    paintBadge(brush.painter(), QRectF(rect.left() + rows.pixels * 1.75, rect.top(), badge, badge), line.database,
               theme.database(line.database), theme.onDatabase(line.database));
  rect.setLeft(rect.left() + indentOf(line, rows));
  const double leadRoom = rows.leadAbove ? rect.width() : rows.leadWidth - 24;
  brush.line(QRectF(rect.left(), rect.top(), leadRoom, badge), line.lead, rows.pixels, theme.text, QFont::DemiBold);
  if (rows.leadAbove && !line.lead.isEmpty())
    rect.setTop(rect.top() + badge);
  else if (!rows.leadAbove)
    rect.setLeft(rect.left() + rows.leadWidth);
  brush.paragraph(rect.translated(0, rows.leadAbove ? 0 : (badge - rows.pixels * 1.22) / 2), line.text, rows.pixels,
                  theme.text);
}

Rows rowsOf(const SlideBrush& brush, const Slide& slide, double pixels, double width) {
  Rows rows;
  rows.pixels = pixels;
  rows.space = pixels * 0.6;
  rows.leadAbove = slide.kind == Slide::Kind::leftBehind;
  for (const auto& line : slide.lines)
    if (!line.lead.isEmpty())
      rows.leadWidth = std::max(rows.leadWidth, brush.widthOf(line.lead, pixels, QFont::DemiBold) + 28);
  rows.leadWidth = std::min(rows.leadWidth, width * 0.4);
  return rows;
}

// How many of the first lines fit, or of the last ones.
std::size_t fitting(const SlideBrush& brush, const Slide& slide, const Rows& rows, const QRectF& area, bool fromEnd) {
  double y = 0;
  for (std::size_t i = 0; i < slide.lines.size(); ++i) {
    const auto& line = slide.lines[fromEnd ? slide.lines.size() - 1 - i : i];
    y += heightOf(brush, line, rows, area.width());
    if (y > area.height())
      return i;
    y += rows.space;
  }
  return slide.lines.size();
}

// As many lines as there is room for: of a timeline the latest, of all else the first.
void paintLines(const SlideBrush& brush, const Slide& slide, QRectF area) {
  constexpr std::array sizes = {44.0, 40.0, 36.0, 32.0, 28.0};
  const bool fromEnd = slide.kind == Slide::Kind::timeline;
  const auto total = slide.lines.size();
  Rows rows;
  for (const double pixels : sizes) {
    rows = rowsOf(brush, slide, pixels, area.width());
    if (fitting(brush, slide, rows, area, fromEnd) == total)
      break;
  }
  auto shown = fitting(brush, slide, rows, area, fromEnd);
  if (shown < total) { // with a line that says so
    rows = rowsOf(brush, slide, 32, area.width());
    const double height = rows.badge() + rows.space;
    QRectF more(area.left() + rows.pixels * 1.75, area.top(), area.width(), rows.badge());
    if (!fromEnd)
      more.moveBottom(area.bottom());
    area.adjust(0, fromEnd ? height : 0, 0, fromEnd ? 0 : -height);
    shown = fitting(brush, slide, rows, area, fromEnd);
    const auto left = total - shown;
    brush.line(more, fromEnd ? QObject::tr("and %1 before that").arg(left) : QObject::tr("and %1 more").arg(left),
               rows.pixels, brush.theme().secondaryText);
  }
  double y = area.top();
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& line = slide.lines[fromEnd ? total - shown + i : i];
    const double height = heightOf(brush, line, rows, area.width());
    paintLine(brush, line, rows, QRectF(area.left(), y, area.width(), height + 4));
    y += height + rows.space;
  }
}

void paintContent(const SlideBrush& brush, const Slides& slides, const Slide& slide, double top) {
  QRectF area(margin, top, page.width() - 2 * margin, footTop - 24 - top);
  if (!slide.diagram.boxes.empty()) {
    paintDiagram(brush, slide.diagram, area);
    return;
  }
  if (slide.kind == Slide::Kind::timeline && slides.overview && hasTimeline(*slides.overview)) {
    const double height = area.height() * 0.45;
    paintTimeline(brush, *slides.overview, QRectF(area.left(), area.top(), area.width(), height));
    area.setTop(area.top() + height + 24);
  }
  paintLines(brush, slide, area);
}

void paintFoot(const SlideBrush& brush, const Slides& slides, std::size_t shown, const SlideLook& look) {
  const auto& theme = brush.theme();
  auto& painter = brush.painter();
  painter.setPen(QPen(theme.border, 2));
  painter.drawLine(QPointF(margin, footTop), QPointF(page.width() - margin, footTop));
  const QRectF row(margin, footTop + 10, page.width() - 2 * margin, 48);
  const auto count = slides.pages.size();
  const QString place = QObject::tr("%1 of %2").arg(shown + 1).arg(count);
  brush.line(row, place, 26, theme.secondaryText, QFont::Medium, Qt::AlignRight);
  constexpr double dot = 14, apart = 30;
  double x = row.right() - 120 - apart * static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i, x += apart) {
    painter.setPen(QPen(theme.secondaryText, 2));
    painter.setBrush(i == shown ? theme.secondaryText : theme.pane);
    painter.drawEllipse(QRectF(x, row.center().y() - dot / 2, dot, dot));
  }
  const double left = row.right() - 160 - apart * static_cast<double>(count) - row.left();
  QStringList parts{slides.title, slides.when};
  if (look.hideAddresses)
    parts << QObject::tr("addresses hidden");
  parts.removeAll(QString());
  const QString text = look.hint.isEmpty() ? parts.join(QStringLiteral(" · ")) : look.hint;
  brush.line(QRectF(row.left(), row.top(), left, row.height()), text, 26, theme.secondaryText);
}

} // namespace

void paintSlide(QPainter& painter, const QSizeF& size, const Slides& slides, std::size_t shown, const SlideLook& look) {
  painter.save();
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  painter.fillRect(QRectF({0, 0}, size), look.theme.pane);
  const double scale = std::min(size.width() / page.width(), size.height() / page.height());
  painter.translate((size.width() - page.width() * scale) / 2, (size.height() - page.height() * scale) / 2);
  painter.scale(scale, scale);
  const SlideBrush brush(painter, look, slides.addresses);
  if (shown < slides.pages.size()) {
    const auto& slide = slides.pages[shown];
    paintContent(brush, slides, slide, paintHead(brush, slide));
    paintFoot(brush, slides, shown, look);
  }
  painter.restore();
}

} // namespace whichbase::ui
