#include "style/theme.h"

#include <QFontDatabase>
#include <QFontInfo>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace whichbase::ui {

namespace {

// Blue and magenta first, as in the design's pictures. No red, orange or green: those are verdicts. Every pair stays
// apart for deuteranopes and protanopes, the first six by a wide margin (tests/ui/style measures it).
constexpr std::array<QRgb, 12> databasesOnLight = {0xff2563c9, 0xffa33c8c, 0xff6f6808, 0xff2e135f,
                                                   0xff0b4453, 0xff410421, 0xffca1572, 0xff512fa3,
                                                   0xff1d7297, 0xff091a3e, 0xff343214, 0xff204fec};
constexpr std::array<QRgb, 12> databasesOnDark = {0xff78a9ff, 0xffe58fd0, 0xffe4df9d, 0xff9478ff,
                                                  0xffa9e6f1, 0xfff44fa8, 0xffc7cefe, 0xff33a4b6,
                                                  0xffe8b1cb, 0xff60c3fc, 0xff9d975b, 0xffe56edc};

bool isUnknown(const std::string& id) {
  return id.empty() || id.front() < 'A' || id.front() > 'Z';
}

// "A" is 0, "Z" 25, "AA" 26.
std::size_t indexOf(const std::string& id) {
  std::size_t index = 0;
  for (const char letter : id)
    index = index * 26 + static_cast<std::size_t>(std::clamp(letter, 'A', 'Z') - 'A') + 1;
  return index - 1;
}

double luminance(const QColor& color) {
  const auto linear = [](double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

Theme Theme::light() {
  Theme theme;
  theme.window = QColor(0xf4, 0xf5, 0xf7);
  theme.pane = QColor(0xff, 0xff, 0xff);
  theme.card = QColor(0xff, 0xff, 0xff);
  theme.border = QColor(0xd9, 0xdc, 0xe1);
  theme.text = QColor(0x1d, 0x23, 0x30);
  theme.secondaryText = QColor(0x5b, 0x65, 0x73);
  theme.button = QColor(0xee, 0xf0, 0xf3);
  theme.selection = QColor(0xe8, 0xf0, 0xfe);
  theme.accent = QColor(0x25, 0x63, 0xc9);
  theme.onAccent = QColor(0xff, 0xff, 0xff);
  theme.good = QColor(0x18, 0x7a, 0x48);
  theme.warning = QColor(0x8a, 0x5a, 0x00);
  theme.bad = QColor(0xb3, 0x26, 0x1e);
  theme.unknown = QColor(0x5b, 0x65, 0x73);
  return theme;
}

Theme Theme::dark_() {
  Theme theme;
  theme.dark = true;
  theme.window = QColor(0x15, 0x18, 0x1d);
  theme.pane = QColor(0x1c, 0x20, 0x27);
  theme.card = QColor(0x23, 0x28, 0x31);
  theme.border = QColor(0x3a, 0x42, 0x4e);
  theme.text = QColor(0xe8, 0xea, 0xee);
  theme.secondaryText = QColor(0xa3, 0xac, 0xba);
  theme.button = QColor(0x2d, 0x34, 0x40);
  theme.selection = QColor(0x22, 0x30, 0x4d);
  theme.accent = QColor(0x78, 0xa9, 0xff);
  theme.onAccent = QColor(0x15, 0x18, 0x1d);
  theme.good = QColor(0x57, 0xd4, 0x93);
  theme.warning = QColor(0xff, 0xc8, 0x61);
  theme.bad = QColor(0xff, 0x8a, 0x80);
  theme.unknown = QColor(0xa3, 0xac, 0xba);
  return theme;
}

Theme Theme::fromPalette(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < 128 ? dark_() : light();
}

QColor Theme::database(const std::string& id) const {
  if (isUnknown(id))
    return unknown;
  const auto& colors = dark ? databasesOnDark : databasesOnLight;
  return QColor::fromRgb(colors[indexOf(id) % colors.size()]);
}

QColor Theme::onDatabase(const std::string& id) const {
  const QColor ground = database(id);
  const QColor ink(0x15, 0x18, 0x1d);
  return contrastRatio(ground, Qt::white) >= contrastRatio(ground, ink) ? QColor(Qt::white) : ink;
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
  const double first = luminance(a);
  const double second = luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace whichbase::ui
