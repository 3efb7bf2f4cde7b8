#include "window/sign.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace whichbase::ui {

Sign signOf(topology::VerdictKind verdict) {
  switch (verdict) {
  case topology::VerdictKind::singleSource:
    return Sign::good;
  case topology::VerdictKind::split:
    return Sign::bad;
  case topology::VerdictKind::undetermined:
    return Sign::unknown;
  case topology::VerdictKind::nothingToCompare:
    break;
  }
  return Sign::none;
}

Sign signOf(topology::Severity severity) {
  switch (severity) {
  case topology::Severity::error:
    return Sign::bad;
  case topology::Severity::warning:
    return Sign::warning;
  case topology::Severity::info:
    break;
  }
  return Sign::unknown;
}

QString nameOf(Sign sign) {
  const auto tr = [](const char* text) { return QCoreApplication::translate("Sign", text); };
  switch (sign) {
  case Sign::good:
    return tr("good");
  case Sign::bad:
    return tr("bad");
  case Sign::warning:
    return tr("warning");
  case Sign::unknown:
    return tr("unknown");
  case Sign::none:
    break;
  }
  return {};
}

namespace {

void paintText(QPainter& painter, const QRectF& rect, const QString& text, const QColor& color) {
  painter.setPen(color);
  painter.setFont(textFont(rect.height() * 1.05, QFont::ExtraBold));
  painter.drawText(rect.adjusted(-4, -4, 4, 4), Qt::AlignCenter, text);
}

} // namespace

void paintSign(QPainter& painter, const QRectF& rect, Sign sign, const Theme& theme) {
  if (sign == Sign::none)
    return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const auto point = [&](double x, double y) {
    return QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y);
  };
  const double stroke = std::max(1.6, rect.height() / 6.5);
  if (sign == Sign::good) {
    QPainterPath tick(point(0.08, 0.55));
    tick.lineTo(point(0.36, 0.83));
    tick.lineTo(point(0.94, 0.18));
    painter.strokePath(tick, QPen(theme.good, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  } else if (sign == Sign::bad) {
    painter.setPen(QPen(theme.bad, stroke, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(point(0.12, 0.12), point(0.88, 0.88));
    painter.drawLine(point(0.88, 0.12), point(0.12, 0.88));
  } else if (sign == Sign::warning) {
    paintText(painter, rect, QStringLiteral("!"), theme.warning);
  } else {
    paintText(painter, rect, QStringLiteral("?"), theme.unknown);
  }
  painter.restore();
}

SignLabel::SignLabel(int pixels, QWidget* parent) : QWidget(parent) {
  setFixedSize(pixels, pixels);
}

void SignLabel::setSign(Sign sign) {
  m_sign = sign;
  setAccessibleName(nameOf(sign));
  update();
}

void SignLabel::setTheme(const Theme& theme) {
  m_theme = theme;
  update();
}

void SignLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paintSign(painter, QRectF(rect()).adjusted(1, 1, -1, -1), m_sign, m_theme);
}

} // namespace whichbase::ui
