#include "window/matrix_cell.h"

#include "model/matrix_model.h"
#include "style/marks.h"

#include <QPainter>

namespace whichbase::ui {

namespace {

constexpr double margin = 6, markSize = 10, textLeft = margin + markSize + 5, lineHeight = 17;

} // namespace

void paintMatrixMark(QPainter& painter, const QRectF& square, int mark, const QColor& color, const Theme& theme) {
  const QRectF ring = square.adjusted(1, 1, -1, -1);
  switch (mark) {
  case MatrixModel::reachedMark:
    painter.setPen(QPen(color, 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(ring);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(ring.adjusted(2, 2, -2, -2));
    break;
  case MatrixModel::configuredMark:
    painter.setPen(QPen(color, 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(ring);
    break;
  case MatrixModel::sameAddressMark:
    painter.setPen(QPen(theme.unknown, 1.4, Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(ring);
    break;
  case MatrixModel::unsureMark:
    paintSign(painter, square, topology::Sign::unknown, signColor(topology::Sign::unknown, theme));
    break;
  default:
    break;
  }
}

void MatrixCellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const QRectF cell = option.rect;
  if (index.row() == m_row || index.column() == m_column)
    painter->fillRect(cell, m_theme.selection);
  if (option.state & QStyle::State_HasFocus) {
    painter->setPen(m_theme.accent);
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  }
  painter->setPen(m_theme.border);
  painter->drawLine(QPointF(cell.left(), cell.bottom() - 0.5), QPointF(cell.right(), cell.bottom() - 0.5));
  const QString lead = index.data(MatrixModel::leadRole).toString();
  const QString connected = index.data(MatrixModel::connectedRole).toString();
  const bool elsewhere = index.data(MatrixModel::elsewhereRole).toBool();
  const int lines = (lead.isEmpty() ? 0 : 1) + (connected.isEmpty() ? 0 : 1);
  double y = cell.center().y() + 0.5 - lines * lineHeight / 2;
  const auto draw = [&](const QString& text, const QColor& color, QFont::Weight weight) {
    painter->setFont(textFont(12, weight));
    painter->setPen(color);
    const QRectF line(cell.left() + textLeft, y, cell.width() - textLeft - 2, lineHeight);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(text, Qt::ElideMiddle, static_cast<int>(line.width())));
  };
  const auto markAt = [&] { return QRectF(cell.left() + margin, y + (lineHeight - markSize) / 2, markSize, markSize); };
  if (!lead.isEmpty()) {
    const auto database = index.data(MatrixModel::databaseRole).toString().toStdString();
    const int mark = index.data(MatrixModel::markRole).toInt();
    paintMatrixMark(*painter, markAt(), mark, m_theme.database(database), m_theme);
    draw(lead, mark == MatrixModel::sameAddressMark ? m_theme.secondaryText : m_theme.text, QFont::Normal);
    y += lineHeight;
  }
  if (!connected.isEmpty()) {
    if (elsewhere)
      paintSign(*painter, markAt(), topology::Sign::warning, m_theme.warning);
    draw(connected,
         elsewhere        ? m_theme.warning
         : lead.isEmpty() ? m_theme.secondaryText
                          : m_theme.text,
         elsewhere ? QFont::DemiBold : QFont::Normal);
  }
  painter->restore();
}

QSize MatrixCellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {96, 42};
}

} // namespace whichbase::ui
