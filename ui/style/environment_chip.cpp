#include "style/environment_chip.h"

#include <QFontMetricsF>
#include <QGuiApplication>

#include <cmath>

namespace whichbase::ui {

namespace {

QFont chipFont() {
  return textFont(11, QFont::DemiBold);
}

QString word(const Theme& theme, const std::string& environment) {
  return QString::fromStdString(wordOf(theme.environments, environment));
}

} // namespace

EnvironmentColours environmentColours(const Theme& theme, const std::string& environment) {
  switch (markOf(theme.environments, environment)) {
  case EnvironmentMark::plain:
    return {theme.secondaryText, theme.button, {}};
  case EnvironmentMark::outlined:
    return {theme.text, {}, theme.text};
  case EnvironmentMark::filled:
    return {theme.pane, theme.text, {}};
  case EnvironmentMark::red:
    return {theme.bad, {}, theme.bad};
  case EnvironmentMark::amber:
    return {theme.warning, {}, theme.warning};
  }
  return {};
}

double environmentChipWidth(const Theme& theme, const std::string& environment) {
  return environment.empty() ? 0 : QFontMetricsF(chipFont()).horizontalAdvance(word(theme, environment)) + 14;
}

void paintEnvironmentChip(QPainter& painter, const QRectF& rect, const Theme& theme, const std::string& environment) {
  const auto colours = environmentColours(theme, environment);
  const double half = colours.line.isValid() ? 0.75 : 0;
  painter.setBrush(colours.ground.isValid() ? QBrush(colours.ground) : Qt::NoBrush);
  painter.setPen(colours.line.isValid() ? QPen(colours.line, 1.5) : QPen(Qt::NoPen));
  painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), rect.height() / 2, rect.height() / 2);
  painter.setFont(chipFont());
  painter.setPen(colours.ink);
  painter.drawText(rect, Qt::AlignCenter,
                   QFontMetricsF(chipFont()).elidedText(word(theme, environment), Qt::ElideMiddle, rect.width() - 8));
}

QPixmap environmentPixmap(const Theme& theme, const std::string& environment) {
  if (environment.empty())
    return {};
  const double ratio = qGuiApp->devicePixelRatio();
  const QSizeF size(std::ceil(environmentChipWidth(theme, environment)), environmentChipHeight);
  QPixmap picture((size * ratio).toSize());
  picture.setDevicePixelRatio(ratio);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  paintEnvironmentChip(painter, QRectF(QPointF(), size), theme, environment);
  return picture;
}

// Rich text draws no outline around words: an outlined one stands between brackets.
QString environmentHtml(const Theme& theme, const std::string& environment) {
  if (environment.empty())
    return {};
  const auto colours = environmentColours(theme, environment);
  const QString ground =
      colours.ground.isValid() ? QStringLiteral("; background-color:%1").arg(colours.ground.name()) : QString();
  const QString shown = word(theme, environment).toHtmlEscaped();
  return QStringLiteral(" <span style='font-size:11px; font-weight:600; color:%1%2'>%3</span>")
      .arg(colours.ink.name(), ground,
           colours.line.isValid() ? QStringLiteral("[%1]").arg(shown) : QStringLiteral("&nbsp;%1&nbsp;").arg(shown));
}

bool isOfItsOwn(const Theme& theme, const std::string& environment) {
  return isMarked(theme, environment) ||
         wordOf(theme.environments, environment) != wordOf(usualEnvironments(), environment);
}

bool isMarked(const Theme& theme, const std::string& environment) {
  return markOf(theme.environments, environment) != EnvironmentMark::plain;
}

} // namespace whichbase::ui
