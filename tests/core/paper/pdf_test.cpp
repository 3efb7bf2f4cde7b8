// The PDF as Poppler reads it: what it says, when it was made, and that it is the same every time.
#include "paper/paper.h"
#include "pdf_tools.h"
#include "reports.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace whichbase::paper {

namespace {

std::string pdfOf(const document::Report& report, Format format = Format::a4) {
  auto pdf = toPdf(report, format);
  EXPECT_TRUE(pdf.has_value()) << (pdf ? "" : pdf.error().text);
  return pdf.value_or("");
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Runs this program again, to write the nasty report where it is told.
std::string pdfOfAnotherProcess(const std::map<std::string, std::string>& environment = {}) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "other.pdf";
  test::RunOptions options;
  options.environment = environment;
  options.environment["WHICHBASE_TEST_WRITE_PDF"] = file.string();
  const auto result = test::runProgram(
      {std::filesystem::read_symlink("/proc/self/exe").string(), "--gtest_filter=AnotherProcess.WritesTheReport"},
      options);
  EXPECT_EQ(result.exitCode, 0) << result.output << result.errors;
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

TEST(AnotherProcess, WritesTheReport) {
  const char* file = std::getenv("WHICHBASE_TEST_WRITE_PDF");
  if (file == nullptr)
    GTEST_SKIP() << "only where another test runs it";
  const auto pdf = toPdf(nastyReport(), Format::a4);
  std::ofstream(file, std::ios::binary) << (pdf ? *pdf : pdf.error().text);
}

TEST(Pdf, HoldsWhatTheReportSaysAsText) {
  const document::Report report = incidentReport();
  const std::string text = textOf(pdfOf(report));
  for (const std::string& part : std::vector<std::string>{
           report.title, report.sections.front().title, report.sections.back().title, "What was left behind",
           "postgresql://tovplay:***@postgres:5432/", "Production Backend", "22", "audit_log", "2025-12-03 14:31"})
    EXPECT_TRUE(says(text, part)) << part << '\n' << text;
}

TEST(Pdf, HasTheReportsTitleAndItsDate) {
  const document::Report report = incidentReport();
  const std::string pdf = pdfOf(report);
  EXPECT_EQ(infoOf(pdf, "Title"), report.title);
  EXPECT_EQ(infoOf(pdf, "CreationDate"), "2025-12-03T14:31:30Z");
  EXPECT_EQ(infoOf(pdf, "ModDate"), "2025-12-03T14:31:30Z");
}

TEST(Pdf, IsAsLargeAsThePaper) {
  EXPECT_TRUE(says(infoOf(pdfOf(smallReport(), Format::a4), "Page size"), "(A4)"));
  EXPECT_TRUE(says(infoOf(pdfOf(smallReport(), Format::letter), "Page size"), "612 x 792 pts (letter)"));
}

TEST(Pdf, NumbersItsPagesAndNamesTheReportOnEach) {
  const std::string pdf = pdfOf(longReport(120));
  const auto pages = textOfPages(pdf);
  ASSERT_GT(pages.size(), 3U);
  ASSERT_EQ(static_cast<int>(pages.size()), pagesOf(pdf));
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_TRUE(says(pages[i], std::to_string(i + 1) + " of " + std::to_string(pages.size())));
    EXPECT_TRUE(says(pages[i], "Many servers"));
  }
}

TEST(Pdf, HasABookmarkForEverySection) {
  const document::Report report = incidentReport();
  const std::string outline = outlineOf(pdfOf(report));
  for (const char* title : {">Summary<", ">Timeline<"})
    EXPECT_TRUE(says(outline, title)) << outline;
}

TEST(Pdf, EmbedsItsFonts) {
  std::istringstream fonts(fontsOf(pdfOf(incidentReport())));
  std::string line;
  std::getline(fonts, line);
  std::getline(fonts, line);
  int count = 0;
  for (; std::getline(fonts, line); ++count)
    EXPECT_TRUE(says(line, " yes yes yes ")) << line; // embedded, a subset, with Unicode
  EXPECT_GT(count, 1);
}

TEST(Pdf, OfTheSameReportIsTheSameByteForByte) {
  const std::string first = pdfOfAnotherProcess();
  ASSERT_TRUE(first.starts_with("%PDF"));
  std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // another second, should a clock have been read
  EXPECT_EQ(first, pdfOfAnotherProcess({{"TZ", "Asia/Tokyo"}, {"LC_ALL", "C.UTF-8"}, {"LANG", "de_DE.UTF-8"}}));
  EXPECT_EQ(first, pdfOf(nastyReport()));
}

TEST(Pdf, WithoutAnyFontIsAnErrorThatSaysWhatToInstall) {
  const test::TemporaryFolder folder;
  const auto config = folder.write("fonts.conf", "<?xml version=\"1.0\"?><fontconfig><cachedir>" +
                                                     folder.path().string() + "</cachedir></fontconfig>");
  const std::string text =
      pdfOfAnotherProcess({{"FONTCONFIG_FILE", config.string()}, {"HOME", folder.path().string()}});
  EXPECT_TRUE(says(text, "no font")) << text.substr(0, 200);
  EXPECT_TRUE(says(text, "fonts-dejavu-core")) << text.substr(0, 200);
}

TEST(Pdf, OfAnEmptyReportIsOnePage) {
  EXPECT_EQ(pagesOf(pdfOf({})), 1);
}

TEST(Pdf, IsMadeOnSeveralThreadsAtOnce) {
  const std::string alone = pdfOf(incidentReport());
  std::vector<std::string> made(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& each : made)
      threads.emplace_back([&each] { each = toPdf(incidentReport(), Format::a4).value_or(""); });
  }
  for (const std::string& each : made)
    EXPECT_TRUE(each == alone);
}

} // namespace whichbase::paper
