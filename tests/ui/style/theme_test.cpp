#include "style/theme.h"

#include <QApplication>
#include <QPushButton>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace whichbase::ui {
namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

// Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
constexpr Matrix normal = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix deuteranopia = {
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix protanopia = {
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix toXyz = {
    {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};

Triple times(const Matrix& m, const Triple& v) {
  Triple result{};
  for (std::size_t i = 0; i < 3; ++i)
    result[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
  return result;
}

// CIE L*a*b* as seen through `vision`, D65.
Triple lab(const QColor& color, const Matrix& vision) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  Triple rgb = times(vision, {linear(color.redF()), linear(color.greenF()), linear(color.blueF())});
  for (double& part : rgb)
    part = std::clamp(part, 0.0, 1.0);
  const Triple xyz = times(toXyz, rgb);
  const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
  const double x = f(xyz[0] / 0.95047);
  const double y = f(xyz[1]);
  const double z = f(xyz[2] / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const QColor& a, const QColor& b, const Matrix& vision) {
  const Triple p = lab(a, vision);
  const Triple q = lab(b, vision);
  return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

double smallestDistance(const Theme& theme, std::size_t count, const Matrix& vision) {
  double smallest = 1000;
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < i; ++j)
      smallest = std::min(smallest, distance(theme.database(std::string(1, static_cast<char>('A' + i))),
                                             theme.database(std::string(1, static_cast<char>('A' + j))), vision));
  return smallest;
}

class EveryTheme : public testing::TestWithParam<bool> {
protected:
  Theme theme = GetParam() ? Theme::dark_() : Theme::light();
};

TEST_P(EveryTheme, KeepsTheFirstSixDatabasesApartForColourBlindEyes) {
  EXPECT_GE(smallestDistance(theme, 6, normal), 25);
  EXPECT_GE(smallestDistance(theme, 6, deuteranopia), 12);
  EXPECT_GE(smallestDistance(theme, 6, protanopia), 12);
}

TEST_P(EveryTheme, KeepsAllTwelveDatabasesApart) {
  EXPECT_GE(smallestDistance(theme, 12, normal), 20);
  EXPECT_GE(smallestDistance(theme, 12, deuteranopia), 10);
  EXPECT_GE(smallestDistance(theme, 12, protanopia), 10);
}

TEST_P(EveryTheme, KeepsDatabasesApartFromVerdicts) {
  for (char letter = 'A'; letter <= 'L'; ++letter)
    for (const QColor& verdict : {theme.good, theme.warning, theme.bad})
      EXPECT_GE(distance(theme.database(std::string(1, letter)), verdict, normal), 20) << letter;
}

TEST_P(EveryTheme, HasReadableTextOnEveryGround) {
  for (const QColor& ground : {theme.window, theme.pane, theme.card, theme.button, theme.selection})
    for (const QColor& ink : {theme.text, theme.secondaryText, theme.good, theme.warning, theme.bad, theme.unknown})
      EXPECT_GE(contrastRatio(ground, ink), 4.5) << ink.name().toStdString() << " on " << ground.name().toStdString();
  EXPECT_GE(contrastRatio(theme.accent, theme.onAccent), 4.5);
  EXPECT_GE(contrastRatio(theme.accent, theme.pane), 4.5);
}

TEST_P(EveryTheme, HasReadableLettersOnBadgesAndColoursOnCards) {
  for (const char* id : {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "AA", "?1"}) {
    EXPECT_GE(contrastRatio(theme.database(id), theme.onDatabase(id)), 4.5) << id;
    EXPECT_GE(contrastRatio(theme.database(id), theme.card), 4.5) << id;
  }
}

TEST_P(EveryTheme, GivesNoColourToAnUnknownIdentity) {
  EXPECT_EQ(theme.database("?1"), theme.unknown);
  EXPECT_EQ(theme.database(""), theme.unknown);
  EXPECT_NE(theme.database("A"), theme.database("B"));
  EXPECT_EQ(theme.database("M"), theme.database("A"));
  EXPECT_EQ(theme.database("AA"), theme.database("C")); // the 27th, of twelve
}

TEST_P(EveryTheme, IsFoundAgainFromItsPalette) {
  EXPECT_EQ(Theme::fromPalette(theme.toPalette()).dark, theme.dark);
}

TEST_P(EveryTheme, HasAStyleSheetWithoutLeftoversThatQtAccepts) {
  const QString sheet = theme.styleSheet();
  EXPECT_FALSE(sheet.contains(u'@')) << sheet.mid(sheet.indexOf(u'@'), 40).toStdString();
  qApp->setStyleSheet(sheet); // a sheet that Qt cannot parse is a warning, which fails this test
  QPushButton button(QStringLiteral("Probe now"));
  button.ensurePolished();
  EXPECT_EQ(button.palette().color(QPalette::ButtonText), theme.text);
  qApp->setStyleSheet({});
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, EveryTheme, testing::Values(false, true),
                         [](const auto& given) { return given.param ? "Dark" : "Light"; });

TEST(Fonts, AreOfTheAskedSize) {
  EXPECT_EQ(textFont(13).pixelSize(), 13);
  EXPECT_EQ(textFont(28, QFont::Bold).weight(), QFont::Bold);
  EXPECT_EQ(monoFont(11).pixelSize(), 11);
  EXPECT_TRUE(QFontInfo(monoFont(11)).fixedPitch());
}

} // namespace
} // namespace whichbase::ui
