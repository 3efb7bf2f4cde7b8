// Diagrams and charts on pages.
#include "paper/paper.h"
#include "pdf_tools.h"
#include "reports.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

namespace whichbase::paper {

namespace {

std::string pdfOf(const document::Report& report, Format format = Format::a4) {
  return toPdf(report, format).value_or("");
}

const PdfWord* find(const PdfWords& found, const std::string& text) {
  const auto word = std::ranges::find(found.words, text, &PdfWord::text);
  return word == found.words.end() ? nullptr : &*word;
}

} // namespace

TEST(Figure, StandsInTheTextWhereItIsReadableThere) {
  const PdfWords found = wordsOf(pdfOf(figureReport(640, 300)));
  EXPECT_EQ(found.pages.size(), 1U);
  ASSERT_NE(find(found, "UpperCorner"), nullptr);
  ASSERT_NE(find(found, "LowerCorner"), nullptr);
  EXPECT_GT(find(found, "caption") == nullptr ? find(found, "shows")->top : 0, find(found, "LowerCorner")->top);
}

TEST(Figure, ThatIsTooWideForThatStandsOnAPageAcross) {
  const PdfWords found = wordsOf(pdfOf(figureReport(1200, 480)));
  ASSERT_EQ(found.pages.size(), 2U);
  EXPECT_GT(found.pages[1].width, found.pages[1].height);
  EXPECT_EQ(find(found, "LowerCorner")->page, 1);
  EXPECT_EQ(find(found, "figure.")->page, 0) << "the text goes on where the figure is spoken of";
}

TEST(Figure, ThatIsTooLargeForThatHasAPageOfItsOwnSize) {
  const PdfWords found = wordsOf(pdfOf(figureReport(1400, 9000)));
  ASSERT_EQ(found.pages.size(), 2U);
  EXPECT_GT(found.pages[1].height, 5000);
  for (const PdfWord& word : found.words)
    EXPECT_LE(word.bottom, found.pages[static_cast<std::size_t>(word.page)].height);
  const PdfWord* corner = find(found, "LowerCorner");
  ASSERT_NE(corner, nullptr);
  EXPECT_GE(corner->bottom - corner->top, 6);
}

TEST(Figure, ThatNoPageCanHoldGoesOnOnTheNextAndIsComplete) {
  const PdfWords found = wordsOf(pdfOf(figureReport(1400, 40'000)));
  ASSERT_GT(found.pages.size(), 2U);
  for (const PdfPage& page : found.pages)
    EXPECT_LE(page.height, 14'400);
  EXPECT_NE(find(found, "UpperCorner"), nullptr);
  EXPECT_NE(find(found, "LowerCorner"), nullptr);
  for (int y = 200; y + 200 < 40'000; y += 200)
    EXPECT_NE(find(found, "Row" + std::to_string(y)), nullptr) << y;
}

TEST(Figure, OfTheIncidentIsSelectableText) {
  const std::string pdf = pdfOf(incidentReport());
  const auto pages = textOfPages(pdf);
  const auto diagram =
      std::ranges::find_if(pages, [](const auto& page) { return page.find("BEFORE") != std::string::npos; });
  ASSERT_NE(diagram, pages.end());
  for (const char* part : {"Local container", "Production Backend", "AFTER"})
    EXPECT_NE(diagram->find(part), std::string::npos) << part;
}

TEST(Figure, OfTheIncidentNeedsNoOtherPaperThanTheReport) {
  const PdfWords found = wordsOf(pdfOf(incidentReport()));
  int turned = 0;
  for (const PdfPage& page : found.pages) {
    EXPECT_NEAR(std::max(page.width, page.height), 841.9, 1);
    EXPECT_NEAR(std::min(page.width, page.height), 595.3, 1);
    turned += page.width > page.height ? 1 : 0;
  }
  EXPECT_EQ(turned, 1) << "the diagram; charts stand in the text";
}

TEST(Figure, IsDrawnAndNotOnlyWritten) {
  const auto ink = inkOf(pdfOf(figureReport(640, 300)));
  const auto bare = inkOf(pdfOf({"With a figure", "Open", {}, {}}));
  ASSERT_EQ(ink.size(), 1U);
  ASSERT_EQ(bare.size(), 1U);
  EXPECT_GT(ink[0], bare[0] + 500);
}

TEST(Figure, OfAThousandServersIsCompleteInSeconds) {
  document::Report report = figureReport(100, 100);
  picture::DrawingOptions options;
  options.stackFrom = 0;
  const auto drawing =
      std::make_shared<picture::Drawing>(picture::topologyDrawing(samples::manyServers(1000, 3), options));
  std::get<document::Figure>(report.sections[0].blocks[0]).drawing = drawing;
  const std::clock_t begin = std::clock(); // of this process: others may be busy
  const std::string pdf = pdfOf(report);
  EXPECT_LT(std::clock() - begin, 10 * CLOCKS_PER_SEC);
  const PdfWords found = wordsOf(pdf);
  std::size_t smallest = 0;
  for (const PdfWord& word : found.words) {
    const PdfPage& page = found.pages[static_cast<std::size_t>(word.page)];
    EXPECT_TRUE(word.left >= 0 && word.right <= page.width && word.bottom <= page.height) << word.text;
    smallest += word.bottom - word.top < 6 ? 1 : 0;
  }
  EXPECT_EQ(smallest, 0U) << "of " << found.words.size() << " words";
  EXPECT_GT(found.words.size(), 2000U);
}

} // namespace whichbase::paper
