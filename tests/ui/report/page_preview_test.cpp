// Pages in a window, and on a printer.
#include "mailbox.h"
#include "report/page_preview.h"
#include "report/print.h"
#include "support/qt_test_main.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

#include <QApplication>
#include <QPrinter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace whichbase::ui {

namespace {

bool waitFor(const std::function<bool()>& reached) {
  return QTest::qWaitFor(reached, 120'000);
}

std::shared_ptr<const document::Report> longReport(int rows = 150) {
  document::Table table{"Servers", {"Server", "Address"}, {false, false}, {}};
  for (int i = 0; i < rows; ++i)
    table.rows.push_back({{{"Server " + std::to_string(i)}}, {{"203.0.113.20:5432"}}});
  return std::make_shared<const document::Report>(
      document::Report{"Many servers", "Open", {}, {{"evidence", "Evidence", {table}}}});
}

std::shared_ptr<const document::Report> reportWithAWideFigure() {
  picture::Drawing drawing;
  drawing.width = 1200;
  drawing.height = 480;
  drawing.shapes.push_back({picture::Block{{10, 10, 1180, 460}}});
  const document::Figure figure{"topology", "Wide", std::make_shared<const picture::Drawing>(drawing), ""};
  return std::make_shared<const document::Report>(
      document::Report{"A figure", "Open", {}, {{"topology", "Before and after", {figure}}}});
}

int inkOf(PagePreview& preview) {
  const QImage image = preview.viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32);
  int ink = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      ink += qGray(image.pixel(x, y)) < 120 ? 1 : 0;
  return ink;
}

} // namespace

TEST(PagePreview, ShowsThePagesThatAreLookedAt) {
  PagePreview preview;
  preview.resize(700, 800);
  preview.show();
  preview.show(longReport(), paper::Format::a4);
  EXPECT_TRUE(preview.drawing());
  ASSERT_TRUE(waitFor([&] { return preview.pages() > 3 && !preview.drawing(); }));
  EXPECT_EQ(preview.currentPage(), 0);
  EXPECT_GT(inkOf(preview), 1000);
  preview.goToPage(preview.pages() - 1);
  EXPECT_EQ(preview.currentPage(), preview.pages() - 1);
  ASSERT_TRUE(waitFor([&] { return !preview.drawing(); }));
  EXPECT_GT(inkOf(preview), 200);
  EXPECT_TRUE(preview.accessibleDescription().contains(QString::number(preview.pages())));
}

TEST(PagePreview, FillsItsWidthUntilAnotherZoomIsChosen) {
  PagePreview preview;
  preview.resize(700, 800);
  preview.show();
  preview.show(longReport(), paper::Format::letter);
  ASSERT_TRUE(waitFor([&] { return preview.pages() > 3 && !preview.drawing(); }));
  EXPECT_TRUE(preview.zoomsToWidth());
  EXPECT_EQ(preview.horizontalScrollBar()->maximum(), 0);
  const double narrow = preview.zoom();
  preview.resize(1000, 800);
  EXPECT_GT(preview.zoom(), narrow);
  preview.setZoom(3);
  EXPECT_FALSE(preview.zoomsToWidth());
  EXPECT_GT(preview.horizontalScrollBar()->maximum(), 0);
  ASSERT_TRUE(waitFor([&] { return !preview.drawing(); }));
  QTest::keyClick(&preview, Qt::Key_0, Qt::ControlModifier);
  EXPECT_TRUE(preview.zoomsToWidth());
}

TEST(PagePreview, KeepsThePlaceWhenTheReportIsMadeAgain) {
  PagePreview preview;
  preview.resize(700, 800);
  preview.show();
  preview.show(longReport(), paper::Format::a4);
  ASSERT_TRUE(waitFor([&] { return preview.pages() > 3; }));
  preview.goToPage(2);
  preview.show(longReport(151), paper::Format::a4);
  ASSERT_TRUE(waitFor([&] { return !preview.drawing(); }));
  EXPECT_EQ(preview.currentPage(), 2);
  preview.show(nullptr, paper::Format::a4);
  EXPECT_EQ(preview.pages(), 0);
}

TEST(PagePreview, MayGoWhileItsPagesAreDrawn) {
  {
    PagePreview preview;
    preview.resize(700, 800);
    preview.show();
    preview.show(longReport(2000), paper::Format::a4);
  }
  EXPECT_TRUE(waitFor([] { return threadsLaunched() == 0; }));
}

TEST(ReportPrint, PrintsEveryPageOnThePrintersPaper) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "printed.pdf";
  auto printer = std::make_unique<QPrinter>(QPrinter::HighResolution);
  printer->setOutputFormat(QPrinter::PdfFormat);
  printer->setOutputFileName(QString::fromStdString(file.string()));
  printer->setPageSize(QPageSize(QPageSize::Letter));
  ReportPrint print;
  QSignalSpy finished(&print, &ReportPrint::finished);
  print.print(reportWithAWideFigure(), std::move(printer));
  EXPECT_TRUE(print.printing());
  ASSERT_TRUE(waitFor([&] { return finished.count() == 1; }));
  EXPECT_EQ(finished[0][0].toString(), QString());
  EXPECT_FALSE(print.printing());
  const auto info = test::runProgram({"pdfinfo", file.string()});
  EXPECT_NE(info.output.find("Pages:           2"), std::string::npos) << info.output << info.errors;
  EXPECT_NE(info.output.find("612 x 792 pts (letter)"), std::string::npos) << info.output;
}

TEST(ReportPrint, PrintsOnlyThePagesThatWereChosen) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "printed.pdf";
  auto printer = std::make_unique<QPrinter>(QPrinter::HighResolution);
  printer->setOutputFormat(QPrinter::PdfFormat);
  printer->setOutputFileName(QString::fromStdString(file.string()));
  printer->setPrintRange(QPrinter::PageRange);
  printer->setFromTo(2, 3);
  ReportPrint print;
  QSignalSpy finished(&print, &ReportPrint::finished);
  QSignalSpy progressed(&print, &ReportPrint::progressed);
  print.print(longReport(), std::move(printer));
  ASSERT_TRUE(waitFor([&] { return finished.count() == 1; }));
  EXPECT_EQ(progressed.count(), 2);
  EXPECT_NE(test::runProgram({"pdfinfo", file.string()}).output.find("Pages:           2"), std::string::npos);
}

TEST(ReportPrint, ThatCannotWriteSaysSo) {
  tests::expectedQtWarnings().push_back("QPainter::begin(): Returned false");
  tests::expectedQtWarnings().push_back("/nowhere/at/all.pdf");
  auto printer = std::make_unique<QPrinter>(QPrinter::HighResolution);
  printer->setOutputFormat(QPrinter::PdfFormat);
  printer->setOutputFileName(QStringLiteral("/nowhere/at/all.pdf"));
  ReportPrint print;
  QSignalSpy finished(&print, &ReportPrint::finished);
  print.print(longReport(), std::move(printer));
  ASSERT_TRUE(waitFor([&] { return finished.count() == 1; }));
  EXPECT_FALSE(finished[0][0].toString().isEmpty());
}

} // namespace whichbase::ui
