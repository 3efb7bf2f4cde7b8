// Pages and drawings as pixels.
#include "paper/laid_out.h"
#include "paper/paper.h"
#include "reports.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <thread>

namespace whichbase::paper {

namespace {

const picture::Drawing& incidentDrawing() {
  static const picture::Drawing drawing = picture::topologyDrawing(samples::incident());
  return drawing;
}

std::uint32_t wordAt(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

int inkedPixels(const PageImage& image) {
  return static_cast<int>(std::ranges::count_if(image.pixels, [](std::uint32_t p) { return p != 0xFFFFFFFF; }));
}

} // namespace

TEST(Png, HasSoManyPixelsForEachOfTheDrawings) {
  for (const double scale : {0.5, 1.0, 2.0}) {
    const auto png = toPng(incidentDrawing(), picture::Look::light, scale);
    ASSERT_TRUE(png.has_value()) << png.error().text;
    ASSERT_TRUE(png->starts_with("\x89PNG"));
    EXPECT_EQ(wordAt(*png, 16), static_cast<std::uint32_t>(std::ceil(incidentDrawing().width * scale)));
    EXPECT_EQ(wordAt(*png, 20), static_cast<std::uint32_t>(std::ceil(incidentDrawing().height * scale)));
    EXPECT_GT(png->size(), 5'000U);
  }
}

TEST(Png, IsTheSameEveryTimeAndAnotherOneInTheDark) {
  const auto light = toPng(incidentDrawing(), picture::Look::light, 1);
  EXPECT_EQ(light.value(), toPng(incidentDrawing(), picture::Look::light, 1).value());
  EXPECT_NE(light.value(), toPng(incidentDrawing(), picture::Look::dark, 1).value());
}

TEST(Png, OfAThousandServersIsMadeInSecondsOrSaysTheLargestScale) {
  picture::DrawingOptions options;
  options.stackFrom = 0;
  const auto drawing = picture::topologyDrawing(samples::manyServers(1000, 3), options);
  const std::clock_t begin = std::clock(); // of this process: others may be busy
  EXPECT_TRUE(toPng(drawing, picture::Look::light, 2).has_value());
  EXPECT_LT(std::clock() - begin, 10 * CLOCKS_PER_SEC);
  const auto large = toPng(drawing, picture::Look::light, 8);
  ASSERT_FALSE(large.has_value());
  const std::string& text = large.error().text;
  const std::string before = "largest scale that works for it is ";
  ASSERT_NE(text.find(before), std::string::npos) << text;
  const double largest = std::stod(text.substr(text.find(before) + before.size()));
  EXPECT_EQ(largest, largestScale(drawing));
  EXPECT_GE(largest, 2);
  EXPECT_LT(largest, 8);
}

TEST(Png, OfWhatHasNoSizeOrNoScaleIsAnError) {
  EXPECT_FALSE(toPng({}, picture::Look::light, 1).has_value());
  EXPECT_FALSE(toPng(incidentDrawing(), picture::Look::light, 0).has_value());
  EXPECT_FALSE(toPng(incidentDrawing(), picture::Look::light, -1).has_value());
  EXPECT_FALSE(toPng(incidentDrawing(), picture::Look::light, std::nan("")).has_value());
}

TEST(PageImages, AreThePagesOfThePdf) {
  const auto report = incidentReport();
  const auto images = pageImages(report, Format::a4, 1);
  ASSERT_TRUE(images.has_value()) << images.error().text;
  ASSERT_EQ(images->total, static_cast<int>(images->pages.size()));
  EXPECT_GT(images->total, 3);
  EXPECT_EQ(images->pages[0].width, 794);
  EXPECT_EQ(images->pages[0].height, 1123);
  for (const PageImage& page : images->pages) {
    EXPECT_GT(inkedPixels(page), 1000);
    EXPECT_TRUE(std::ranges::all_of(page.pixels, [](std::uint32_t p) { return p >> 24 == 0xFF; }));
  }
}

TEST(PageImages, AreDrawnOnlyWhereTheyAreAskedFor) {
  const auto report = longReport(100);
  const auto all = pageImages(report, Format::letter, 0.5);
  const auto some = pageImages(report, Format::letter, 0.5, 1, 2);
  ASSERT_TRUE(all && some);
  EXPECT_EQ(some->total, all->total);
  ASSERT_EQ(some->pages.size(), 2U);
  EXPECT_EQ(some->pages[0].pixels, all->pages[1].pixels);
  EXPECT_TRUE(pageImages(report, Format::letter, 0.5, 1000, 2)->pages.empty());
}

TEST(PageImages, OfAVeryLargePageAreBounded) {
  const auto laidOut = LaidOut::of(figureReport(1400, 18'000), Format::a4);
  ASSERT_TRUE(laidOut.has_value());
  ASSERT_EQ(laidOut->pages(), 2);
  const auto image = laidOut->image(1, 8);
  ASSERT_TRUE(image.has_value()) << image.error().text;
  EXPECT_LE(image->pixels.size(), 65'000'000U);
  EXPECT_GT(inkedPixels(*image), 1000);
}

TEST(PageImages, AreDrawnOnSeveralThreadsAtOnce) {
  const auto report = nastyReport();
  const auto alone = pageImages(report, Format::a4, 1);
  ASSERT_TRUE(alone.has_value());
  std::vector<PageImages> drawn(3);
  {
    std::vector<std::jthread> threads;
    for (PageImages& each : drawn)
      threads.emplace_back([&each, &report] { each = pageImages(report, Format::a4, 1).value_or(PageImages{}); });
  }
  for (const PageImages& each : drawn) {
    ASSERT_EQ(each.pages.size(), alone->pages.size());
    for (std::size_t i = 0; i < each.pages.size(); ++i)
      EXPECT_TRUE(each.pages[i].pixels == alone->pages[i].pixels);
  }
}

} // namespace whichbase::paper
