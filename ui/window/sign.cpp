#include "window/sign.h"

#include "style/marks.h"

#include <QCoreApplication>
#include <QPainter>

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

SignLabel::SignLabel(int pixels, QWidget* parent) : QWidget(parent) {
  setFixedSize(pixels, pixels + 6); // as high as a line of text beside it
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
  paintSign(painter, QRectF(1, 4, width() - 2, width() - 2), m_sign, signColor(m_sign, m_theme));
}

} // namespace whichbase::ui
