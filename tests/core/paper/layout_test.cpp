// Where things stand on the pages.
#include "paper/laid_out.h"
#include "paper/paper.h"
#include "pdf_tools.h"
#include "reports.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

namespace whichbase::paper {

namespace {

std::string pdfOf(const document::Report& report, Format format = Format::a4) {
  return toPdf(report, format).value_or("");
}

void expectAllOnThePage(const std::string& pdf) {
  constexpr double margin = 50;
  const PdfWords found = wordsOf(pdf);
  ASSERT_FALSE(found.words.empty());
  for (const PdfWord& word : found.words) {
    const PdfPage& page = found.pages[static_cast<std::size_t>(word.page)];
    EXPECT_GE(word.left, margin) << word.text;
    EXPECT_LE(word.right, page.width - margin) << word.text;
    EXPECT_GE(word.top, 40) << word.text;
    EXPECT_LE(word.bottom, page.height - 15) << word.text;
  }
}

// The text of the whole without blanks and line breaks.
std::string packed(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

} // namespace

TEST(Layout, KeepsEverythingOnThePageWhateverNamesThereAre) {
  for (const Format format : {Format::a4, Format::letter}) {
    expectAllOnThePage(pdfOf(nastyReport(), format));
    expectAllOnThePage(pdfOf(incidentReport(), format));
    expectAllOnThePage(pdfOf(longReport(60), format));
  }
}

TEST(Layout, BreaksAWordThatIsLongerThanALineAndLosesNothingOfIt) {
  const std::string text = packed(textOf(pdfOf(nastyReport())));
  EXPECT_NE(text.find(longWord), std::string::npos);
}

TEST(Layout, NeverLetsANameTurnTheDirectionOfWriting) {
  const std::string text = textOf(pdfOf(nastyReport()));
  EXPECT_EQ(text.find("\u202E"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("evil"), std::string::npos);
}

TEST(Layout, ShowsWritingFromRightToLeftAndMarkupAsText) {
  const std::string text = textOf(pdfOf(nastyReport()));
  for (const char* part : {"הייצור", "<b>& \"markup\" </b>"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST(Layout, RepeatsATablesHeadOnEveryPageAndLosesNoRow) {
  const auto pages = textOfPages(pdfOf(longReport(200)));
  ASSERT_GT(pages.size(), 4U);
  std::string all;
  for (const std::string& page : pages) {
    EXPECT_NE(page.find("Configured (masked)"), std::string::npos) << page;
    all += page;
  }
  for (int i = 0; i < 200; ++i) {
    const std::string number = std::to_string(7578418168285106101 + i);
    EXPECT_NE(packed(all).find(number), std::string::npos) << number;
  }
}

TEST(Layout, BreaksARowThatIsHigherThanAPageAndLosesNothingOfIt) {
  document::Report report{"High", "", {}, {{"x", "X", {}}}};
  std::string words;
  for (int i = 0; i < 3000; ++i)
    words += "word" + std::to_string(10'000 + i) + " ";
  report.sections[0].blocks.emplace_back(
      document::Table{"", {"Left", "Right"}, {false, false}, {{{{words}}, {{"short"}}}, {{{"next"}}, {{"row"}}}}});
  const std::string pdf = pdfOf(report);
  EXPECT_GE(pagesOf(pdf), 2);
  expectAllOnThePage(pdf);
  const std::string text = packed(textOf(pdf));
  for (int i = 0; i < 3000; ++i)
    EXPECT_NE(text.find("word" + std::to_string(10'000 + i)), std::string::npos) << i;
  EXPECT_NE(text.find("next"), std::string::npos);
}

TEST(Layout, KeepsAHeadingWithWhatFollowsIt) {
  // Whatever height stands above it.
  for (int lines = 20; lines < 60; ++lines) {
    document::Report report{"Headings", "", {}, {}};
    document::Section first{"first", "First", {}};
    for (int i = 0; i < lines; ++i)
      first.blocks.emplace_back(document::Paragraph{{{"Line"}}});
    report.sections = {first, {"second", "SecondHeading", {document::Paragraph{{{"FollowsIt"}}}}}};
    const PdfWords found = wordsOf(pdfOf(report));
    const auto pageOf = [&](const char* text) {
      const auto word = std::ranges::find(found.words, text, &PdfWord::text);
      return word == found.words.end() ? -1 : word->page;
    };
    ASSERT_GE(pageOf("SecondHeading"), 0);
    EXPECT_EQ(pageOf("SecondHeading"), pageOf("FollowsIt")) << lines;
  }
}

TEST(Layout, ShowsAPromptWithWhatWasWrittenOrWithLinesToWriteOn) {
  const document::Report report = smallReport();
  const std::string text = textOf(pdfOf(report));
  EXPECT_NE(text.find("What of Production Backend?"), std::string::npos);
  EXPECT_NE(text.find("and Production Backend"), std::string::npos);
  EXPECT_NE(text.find("What will be done?"), std::string::npos);
}

TEST(Layout, TakesFiveHundredServersInSeconds) {
  const std::clock_t begin = std::clock();
  const std::string pdf = pdfOf(longReport(500));
  EXPECT_LT(std::clock() - begin, 10 * CLOCKS_PER_SEC);
  EXPECT_GT(pagesOf(pdf), 10);
}

} // namespace whichbase::paper
