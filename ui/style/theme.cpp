#include "style/theme.h"

#include "picture/palette.h"

#include <QFontDatabase>
#include <QFontInfo>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

QColor colorOf(picture::Rgb rgb) {
  return QColor::fromRgb(static_cast<QRgb>(rgb));
}

picture::Rgb rgbOf(const QColor& color) {
  return static_cast<picture::Rgb>(color.rgb()) & 0xFFFFFFU;
}

// What a report's pictures are drawn in, too.
Theme themeOf(const picture::Palette& palette) {
  Theme theme;
  theme.window = colorOf(palette.window);
  theme.pane = colorOf(palette.paper);
  theme.card = colorOf(palette.card);
  theme.border = colorOf(palette.frame);
  theme.text = colorOf(palette.text);
  theme.secondaryText = colorOf(palette.faint);
  theme.button = colorOf(palette.chip);
  theme.good = colorOf(palette.good);
  theme.warning = colorOf(palette.warning);
  theme.bad = colorOf(palette.bad);
  theme.unknown = colorOf(palette.faint);
  return theme;
}

} // namespace

Theme Theme::light() {
  Theme theme = themeOf(picture::lightPalette());
  theme.outline = QColor(0x85, 0x8c, 0x97);
  theme.selection = QColor(0xe8, 0xf0, 0xfe);
  theme.accent = QColor(0x25, 0x63, 0xc9);
  theme.onAccent = QColor(0xff, 0xff, 0xff);
  return theme;
}

Theme Theme::dark_() {
  Theme theme = themeOf(picture::darkPalette());
  theme.dark = true;
  theme.outline = QColor(0x6b, 0x75, 0x84);
  theme.selection = QColor(0x22, 0x30, 0x4d);
  theme.accent = QColor(0x78, 0xa9, 0xff);
  theme.onAccent = QColor(0x15, 0x18, 0x1d);
  return theme;
}

Theme Theme::fromPalette(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < 128 ? dark_() : light();
}

QColor Theme::database(const std::string& id) const {
  const picture::Colour colour{picture::Tone::database, picture::paletteIndex(id)};
  return colorOf(picture::rgbOf(colour, dark ? picture::darkPalette() : picture::lightPalette()));
}

QColor Theme::onDatabase(const std::string& id) const {
  return colorOf(picture::inkOn(rgbOf(database(id))));
}

QPalette Theme::toPalette() const {
  QPalette palette;
  palette.setColor(QPalette::Window, window);
  palette.setColor(QPalette::WindowText, text);
  palette.setColor(QPalette::Base, pane);
  palette.setColor(QPalette::AlternateBase, card);
  palette.setColor(QPalette::Text, text);
  palette.setColor(QPalette::PlaceholderText, secondaryText);
  palette.setColor(QPalette::Button, button);
  palette.setColor(QPalette::ButtonText, text);
  palette.setColor(QPalette::ToolTipBase, card);
  palette.setColor(QPalette::ToolTipText, text);
  palette.setColor(QPalette::Highlight, selection);
  palette.setColor(QPalette::HighlightedText, text);
  palette.setColor(QPalette::Link, accent);
  palette.setColor(QPalette::BrightText, bad);
  palette.setColor(QPalette::Light, dark ? button : pane);
  palette.setColor(QPalette::Midlight, button);
  palette.setColor(QPalette::Mid, border);
  palette.setColor(QPalette::Dark, secondaryText);
  palette.setColor(QPalette::Shadow, dark ? QColor(Qt::black) : secondaryText);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, secondaryText);
  return palette;
}

QFont textFont(double pixels, QFont::Weight weight) {
  static const bool hasInter = QFontDatabase::families().contains(QStringLiteral("Inter"));
  QFont font = hasInter ? QFont(QStringLiteral("Inter")) : QFontDatabase::systemFont(QFontDatabase::GeneralFont);
  font.setStyleHint(QFont::SansSerif);
  font.setPixelSize(std::max(1, static_cast<int>(std::lround(pixels))));
  font.setWeight(weight);
  return font;
}

QFont monoFont(double pixels) {
  static const QStringList families = {QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono"),
                                       QFontDatabase::systemFont(QFontDatabase::FixedFont).family()};
  QFont font(families);
  font.setStyleHint(QFont::Monospace);
  font.setPixelSize(std::max(1, static_cast<int>(std::lround(pixels))));
  return font;
}

double contrastRatio(const QColor& a, const QColor& b) {
  return picture::contrastRatio(rgbOf(a), rgbOf(b));
}

} // namespace whichbase::ui
