#include "style/marks.h"

#include <QPainterPath>
#include <QPixmap>

#include <algorithm>

namespace whichbase::ui {

namespace {

// Draws on a pixmap for each of the usual scales.
template <class Paint>
void addTo(QIcon& icon, QIcon::Mode mode, Paint paint) {
  constexpr int size = 16;
  for (const int scale : {1, 2, 3}) {
    QPixmap pixmap(size * scale, size * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter, QRectF(0, 0, size, size));
    painter.end();
    icon.addPixmap(pixmap, mode);
  }
}

template <class Paint>
QIcon iconOf(Paint paint) {
  QIcon icon;
  addTo(icon, QIcon::Normal, paint);
  return icon;
}

template <class Paint>
QIcon strokedIcon(const QColor& color, const QColor& disabled, Paint paint) {
  QIcon icon;
  for (const auto& [mode, ink] : {std::pair(QIcon::Normal, color), std::pair(QIcon::Disabled, disabled)})
    addTo(icon, mode, [&](QPainter& painter, const QRectF& square) {
      painter.setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
      painter.setBrush(Qt::NoBrush);
      paint(painter, square);
    });
  return icon;
}

void paintLetter(QPainter& painter, const QRectF& square, const std::string& databaseId, const QColor& color) {
  const QString text = badgeText(databaseId);
  painter.setFont(textFont(square.height() * (text.size() > 1 ? 0.5 : 0.62), QFont::Bold));
  painter.setPen(color);
  painter.drawText(square, Qt::AlignCenter, text);
}

} // namespace

QColor signColor(topology::Sign sign, const Theme& theme) {
  switch (sign) {
  case topology::Sign::good:
    return theme.good;
  case topology::Sign::warning:
    return theme.warning;
  case topology::Sign::bad:
    return theme.bad;
  case topology::Sign::unknown:
  case topology::Sign::none:
    break;
  }
  return theme.unknown;
}

void paintSign(QPainter& painter, const QRectF& square, topology::Sign sign, const QColor& color) {
  const double unit = square.width() / 12;
  const auto at = [&](double x, double y) { return square.topLeft() + QPointF(x, y) * unit; };
  painter.setPen(QPen(color, 1.9 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  switch (sign) {
  case topology::Sign::good:
    painter.drawPolyline(QPolygonF{at(2, 6.6), at(4.8, 9.3), at(10, 3.2)});
    break;
  case topology::Sign::bad:
    painter.drawLine(at(2.6, 2.6), at(9.4, 9.4));
    painter.drawLine(at(9.4, 2.6), at(2.6, 9.4));
    break;
  case topology::Sign::warning:
    painter.drawLine(at(6, 1.8), at(6, 6.8));
    painter.drawPoint(at(6, 10));
    break;
  case topology::Sign::unknown:
    painter.setFont(textFont(11 * unit, QFont::Bold));
    painter.drawText(square, Qt::AlignCenter, QStringLiteral("?"));
    break;
  case topology::Sign::none:
    break;
  }
}

QString badgeText(const std::string& databaseId) {
  return databaseId.empty() || databaseId.front() == '?' ? QStringLiteral("?") : QString::fromStdString(databaseId);
}

void paintBadge(QPainter& painter, const QRectF& square, const std::string& databaseId, const QColor& ground,
                const QColor& letter) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);
  painter.drawRoundedRect(square, square.height() * 0.25, square.height() * 0.25);
  paintLetter(painter, square, databaseId, letter);
}

void paintOutlinedBadge(QPainter& painter, const QRectF& square, const std::string& databaseId, const QColor& color) {
  painter.setPen(QPen(color, 1.2));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(square.adjusted(0.6, 0.6, -0.6, -0.6), square.height() * 0.25, square.height() * 0.25);
  paintLetter(painter, square, databaseId, color);
}

void paintCylinder(QPainter& painter, const QRectF& rect, const QColor& color) {
  const double lid = rect.height() * 0.26;
  const QRectF top(rect.left(), rect.top(), rect.width(), lid);
  QPainterPath path;
  path.addEllipse(top);
  path.moveTo(rect.left(), rect.top() + lid / 2);
  path.lineTo(rect.left(), rect.bottom() - lid / 2);
  path.arcTo(QRectF(rect.left(), rect.bottom() - lid, rect.width(), lid), 180, 180);
  path.lineTo(rect.right(), rect.top() + lid / 2);
  const double middle = rect.top() + (rect.height() - lid) / 2;
  path.arcMoveTo(QRectF(rect.left(), middle, rect.width(), lid), 180);
  path.arcTo(QRectF(rect.left(), middle, rect.width(), lid), 180, 180);
  painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(path);
}

QIcon eyeIcon(const QColor& color, const QColor& disabled) {
  return strokedIcon(color, disabled, [](QPainter& painter, const QRectF& square) {
    const QPointF left(square.left() + 1.2, square.center().y()), right(square.right() - 1.2, square.center().y());
    QPainterPath lids(left);
    lids.quadTo(QPointF(square.center().x(), square.top() - 0.6), right);
    lids.quadTo(QPointF(square.center().x(), square.bottom() + 0.6), left);
    painter.drawPath(lids);
    painter.drawEllipse(square.center(), 2.1, 2.1);
  });
}

QIcon pencilIcon(const QColor& color, const QColor& disabled) {
  return strokedIcon(color, disabled, [](QPainter& painter, const QRectF& square) {
    const auto at = [&](double x, double y) { return square.topLeft() + QPointF(x, y); };
    painter.drawPolygon(QPolygonF{at(2.2, 13.8), at(3.2, 9.9), at(10.7, 2.4), at(13.6, 5.3), at(6.1, 12.8)});
    painter.drawLine(at(8.9, 4.2), at(11.8, 7.1));
  });
}

QIcon signIcon(topology::Sign sign, const Theme& theme) {
  return iconOf([&](QPainter& painter, const QRectF& square) {
    paintSign(painter, square.adjusted(2, 2, -2, -2), sign, signColor(sign, theme));
  });
}

QIcon badgeIcon(const std::string& databaseId, const Theme& theme) {
  return iconOf([&](QPainter& painter, const QRectF& square) {
    paintBadge(painter, square, databaseId, theme.database(databaseId), theme.onDatabase(databaseId));
  });
}

} // namespace whichbase::ui
