#include "present/slide_painter.h"

#include "present/slide_cards.h"
#include "present/slide_timeline.h"
#include "style/marks.h"

#include <QObject>

#include <algorithm>

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

double paintLine(const SlideBrush& brush, const SlideLine& line, const QRectF& rect, double leadWidth) {
  const auto& theme = brush.theme();
  double left = rect.left();
  if (line.sign != topology::Sign::none)
    paintSign(brush.painter(), QRectF(left, rect.top() + 3, 36, 36), line.sign, signColor(line.sign, theme));
  left += 56;
  if (!line.database.empty()) {
    paintBadge(brush.painter(), QRectF(left, rect.top() - 2, 48, 48), line.database, theme.database(line.database),
               theme.onDatabase(line.database));
    left += 64;
  }
  if (!line.lead.isEmpty()) {
    brush.line(QRectF(left, rect.top(), leadWidth, 44), line.lead, 32, theme.text, QFont::DemiBold);
    left += leadWidth + 24;
  }
  const double height =
      brush.paragraph(QRectF(left, rect.top() + 1, rect.right() - left, rect.height()), line.text, 32, theme.text);
  return std::max(44.0, height);
}

// As many lines as there is room for: of a timeline the latest, of all else the first.
void paintLines(const SlideBrush& brush, const Slide& slide, const QRectF& area) {
  constexpr double rowHeight = 92; // two lines of text
  constexpr double space = 16;
  const auto room = static_cast<std::size_t>(std::max(1.0, area.height() / (rowHeight + space)));
  const auto total = slide.lines.size();
  const bool isCut = total > room;
  const auto shown = isCut ? room - 1 : total;
  const auto first = slide.kind == Slide::Kind::timeline ? total - shown : 0;
  const auto more = [&](double y) {
    const QString left = slide.kind == Slide::Kind::timeline ? QObject::tr("and %1 before that").arg(total - shown)
                                                             : QObject::tr("and %1 more").arg(total - shown);
    brush.line(QRectF(area.left() + 56, y, area.width(), 44), left, 32, brush.theme().secondaryText);
    return 44 + space;
  };
  double lead = 0;
  for (std::size_t i = first; i < first + shown; ++i)
    lead = std::max(lead, brush.widthOf(slide.lines[i].lead, 32, QFont::DemiBold));
  lead = std::min(lead, area.width() * 0.4);
  double y = area.top();
  if (isCut && first > 0)
    y += more(y);
  for (std::size_t i = first; i < first + shown; ++i)
    y += space + paintLine(brush, slide.lines[i], QRectF(area.left(), y, area.width(), rowHeight), lead);
  if (isCut && first == 0)
    more(y);
}

void paintContent(const SlideBrush& brush, const Slides& slides, const Slide& slide, double top) {
  QRectF area(margin, top, page.width() - 2 * margin, footTop - 24 - top);
  if (!slide.diagram.boxes.empty()) {
    paintDiagram(brush, slide.diagram, area);
    return;
  }
  if (slide.kind == Slide::Kind::timeline && slides.overview && hasTimeline(*slides.overview)) {
    const double height = area.height() * 0.5;
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
