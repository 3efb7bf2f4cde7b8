#include "chart/users_chart.h"
#include "support/sample_snapshots.h"

#include <QImage>
#include <QPixmap>

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

QImage render(const std::vector<UserBars>& groups, const Theme& theme, const Selection& selection = {}) {
  UsersChart chart;
  chart.setTheme(theme);
  chart.setBars(groups);
  chart.setSelection(selection);
  chart.resize(420, 200);
  return chart.grab().toImage();
}

int pixelsOf(const QImage& image, const QColor& color) {
  int pixels = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      pixels += image.pixelColor(x, y) == color ? 1 : 0;
  return pixels;
}

std::vector<UserBars> bars(std::optional<std::int64_t> count) {
  return {{QStringLiteral("Now"),
           {{"A", QStringLiteral("Local"), count, count ? QString::number(*count) : QStringLiteral("?"), {}}}}};
}

} // namespace

TEST(UsersChart, BarsHaveTheirDatabasesColoursInLightAndDark) {
  const auto groups = userBars(makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                                        std::make_shared<const topology::Snapshot>(samples::incidentAfter())));
  for (const auto& theme : {Theme::light(), Theme::dark_()}) {
    const auto image = render(groups, theme);
    EXPECT_GT(pixelsOf(image, theme.database("A")), 500);
    EXPECT_GT(pixelsOf(image, theme.database("B")), 500);
  }
}

TEST(UsersChart, AnUnknownCountIsAHatchedBarAndNotAnEmptyPlace) {
  const auto theme = Theme::light();
  const int badgeOnly = pixelsOf(render(bars(0), theme), theme.database("A"));
  const int hatched = pixelsOf(render(bars(std::nullopt), theme), theme.database("A"));
  const int full = pixelsOf(render(bars(22), theme), theme.database("A"));
  EXPECT_GT(hatched, badgeOnly + 100);
  EXPECT_LT(hatched, full / 2);
}

TEST(UsersChart, OtherDatabasesFadeWhenOneIsSelected) {
  const auto theme = Theme::light();
  const auto groups = userBars(makeView(nullptr, std::make_shared<const topology::Snapshot>(samples::twoServers())));
  const auto before = pixelsOf(render(groups, theme), theme.database("A"));
  const auto after = pixelsOf(render(groups, theme, {{}, QStringLiteral("B")}), theme.database("A"));
  EXPECT_LT(after, before / 2);
}

TEST(UsersChart, ReadsItselfAloud) {
  UsersChart chart;
  chart.setBars(bars(22));
  EXPECT_EQ(chart.accessibleDescription(), QStringLiteral("Now: A Local 22."));
}

TEST(UsersChart, HundredDatabasesAndHugeCountsRender) {
  std::vector<UserBars> groups = {{QStringLiteral("Now"), {}}};
  for (int i = 0; i < 100; ++i)
    groups[0].bars.push_back({std::string(1, static_cast<char>('A' + i % 26)),
                              QStringLiteral("database"),
                              std::int64_t{9'000'000'000'000} + i,
                              QStringLiteral("9,000,000,000,000"),
                              {}});
  EXPECT_FALSE(render(groups, Theme::dark_()).isNull());
}

} // namespace whichbase::ui
