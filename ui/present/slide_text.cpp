#include "present/slide_text.h"

#include "present/hidden_addresses.h"

#include <QFontMetricsF>

#include <algorithm>

namespace whichbase::ui {

namespace {

constexpr double step = 2; // pixels by which a text is made smaller

} // namespace

QString SlideBrush::shown(const QString& text) const {
  return m_look.hideAddresses ? withoutAddresses(text, m_addresses) : text;
}

double SlideBrush::widthOf(const QString& text, double pixels, QFont::Weight weight) const {
  return QFontMetricsF(textFont(pixels, weight)).horizontalAdvance(shown(text).simplified());
}

double SlideBrush::heightOf(const QString& text, double width, double pixels) const {
  constexpr double endless = 1e5;
  return QFontMetricsF(textFont(pixels))
      .boundingRect(QRectF(0, 0, width, endless), Qt::TextWordWrap, shown(text).simplified())
      .height();
}

double SlideBrush::line(const QRectF& rect, const QString& text, double pixels, const QColor& color,
                        QFont::Weight weight, Qt::Alignment alignment, bool mono) const {
  const QString whole = shown(text).simplified();
  if (whole.isEmpty())
    return 0;
  QFont font;
  double width = 0;
  for (double size = pixels; size >= leastSlideText; size -= step) {
    font = mono ? monoFont(size) : textFont(size, weight);
    width = QFontMetricsF(font).horizontalAdvance(whole);
    if (width <= rect.width())
      break;
  }
  m_painter.setFont(font);
  m_painter.setPen(color);
  // Long names differ at their ends.
  const QString fitting = QFontMetricsF(font).elidedText(whole, Qt::ElideMiddle, rect.width());
  m_painter.drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip),
                     fitting);
  return std::min(width, rect.width());
}

double SlideBrush::paragraph(const QRectF& rect, const QString& text, double pixels, const QColor& color,
                             QFont::Weight weight, double least) const {
  QString whole = shown(text).simplified();
  if (whole.isEmpty())
    return 0;
  const int flags = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip;
  QFont font;
  const auto height = [&] {
    const QRectF bounds = QFontMetricsF(font).boundingRect(rect, flags, whole);
    return bounds.width() > rect.width() + 1 ? rect.height() + 1 : bounds.height(); // a word that is too long
  };
  for (double size = pixels; size >= std::max(least, leastSlideText); size -= step) {
    font = textFont(size, weight);
    if (height() <= rect.height())
      break;
  }
  if (height() > rect.height()) { // even the smallest is too large: whole words from the beginning
    qsizetype fits = 0, tooMany = whole.size();
    const QString all = whole;
    while (tooMany - fits > 1) {
      const auto middle = (fits + tooMany) / 2;
      whole = all.left(middle).trimmed() + QStringLiteral("…");
      (height() <= rect.height() ? fits : tooMany) = middle;
    }
    whole = all.left(fits).trimmed() + QStringLiteral("…");
  }
  m_painter.setFont(font);
  m_painter.setPen(color);
  QRectF drawn;
  m_painter.drawText(rect, flags, whole, &drawn);
  return drawn.height();
}

double SlideBrush::chip(QPointF at, const QString& text, const QColor& ink, const QColor& ground,
                        const QColor& line) const {
  const QFont font = textFont(leastSlideText, QFont::Medium);
  const double width = QFontMetricsF(font).horizontalAdvance(text) + 24;
  const QRectF rect(at.x(), at.y(), width, 36);
  frame(rect, ground.isValid() ? ground : QColor(Qt::transparent), line.isValid() ? QPen(line, 2.5) : QPen(Qt::NoPen));
  m_painter.setFont(font);
  m_painter.setPen(ink);
  m_painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, text);
  return width;
}

void SlideBrush::frame(const QRectF& rect, const QColor& fill, const QPen& pen) const {
  m_painter.setPen(pen);
  m_painter.setBrush(fill);
  m_painter.drawRoundedRect(rect, 12, 12);
}

} // namespace whichbase::ui
