// Text on a projected page: made smaller where that is enough, down to what can be read from the last row, then cut.
#pragma once

#include "present/slide_painter.h"

#include <QFont>
#include <QPainter>
#include <QRectF>

namespace whichbase::ui {

// What all the parts of a page are painted with. Lengths are those of a page of 1920 × 1080.
class SlideBrush {
public:
  SlideBrush(QPainter& painter, const SlideLook& look, const QStringList& addresses)
      : m_painter(painter), m_look(look), m_addresses(addresses) {}

  QPainter& painter() const { return m_painter; }
  const Theme& theme() const { return m_look.theme; }
  QString shown(const QString& text) const; // without addresses, where that is wished for

  double widthOf(const QString& text, double pixels, QFont::Weight weight) const;
  double heightOf(const QString& text, double width, double pixels) const; // of a paragraph
  // One line; returns its width.
  double line(const QRectF& rect, const QString& text, double pixels, const QColor& color,
              QFont::Weight weight = QFont::Normal, Qt::Alignment alignment = Qt::AlignLeft, bool mono = false) const;
  // Several lines from the top; returns their height.
  double paragraph(const QRectF& rect, const QString& text, double pixels, const QColor& color,
                   QFont::Weight weight = QFont::Normal, double least = leastSlideText) const;
  // Returns its width. Invalid colours: no ground, no line.
  double chip(QPointF at, const QString& text, const QColor& ink, const QColor& ground, const QColor& line) const;
  void frame(const QRectF& rect, const QColor& fill, const QPen& pen) const;

private:
  QPainter& m_painter;
  const SlideLook& m_look;
  const QStringList& m_addresses;
};

} // namespace whichbase::ui
