#include "report/print.h"

#include "mailbox.h"
#include "model/visible_text.h"
#include "paper/laid_out.h"
#include "report/page_workshop.h"

#include <QPageSize>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace whichbase::ui {

namespace {

constexpr double dotsPerInch = 300; // at most; finer is not seen, and takes a hundred megabytes a page

paper::Format formatFor(const QPrinter& printer) {
  switch (printer.pageLayout().pageSize().id()) {
  case QPageSize::Letter:
  case QPageSize::Legal:
  case QPageSize::Ledger:
  case QPageSize::Tabloid:
  case QPageSize::Executive:
  case QPageSize::AnsiC:
    return paper::Format::letter;
  default:
    return paper::Format::a4;
  }
}

// From 0, in the order in which they are to be printed.
std::vector<int> pagesToPrint(const QPrinter& printer, int total) {
  int first = 1, last = total;
  if (printer.printRange() == QPrinter::PageRange && printer.fromPage() > 0) {
    first = printer.fromPage();
    last = std::min(total, printer.toPage());
  }
  std::vector<int> pages;
  const int copies = printer.supportsMultipleCopies() ? 1 : std::max(1, printer.copyCount());
  for (int copy = 0; copy < copies; ++copy)
    for (int page = first; page <= last; ++page)
      pages.push_back(page - 1);
  if (printer.pageOrder() == QPrinter::LastPageFirst)
    std::ranges::reverse(pages);
  return pages;
}

// Draws it as large as the paper lets it, turned where it is wider than high and the paper is not.
QString drawPage(QPainter& painter, const QPrinter& printer, const paper::LaidOut& report, int page) {
  const QRectF paper = printer.paperRect(QPrinter::DevicePixel);
  const auto size = report.size(page);
  const bool turned = (size.width > size.height) != (paper.width() > paper.height());
  const QSizeF room = turned ? paper.size().transposed() : paper.size();
  const double scale = std::min(room.width() / size.width, room.height() / size.height); // dots of a point
  auto image = report.image(page, std::min(scale, dotsPerInch / 72) * 72 / 96);
  if (!image)
    return QString::fromStdString(image.error().text);
  painter.save();
  painter.translate(paper.width() / 2, paper.height() / 2);
  if (turned)
    painter.rotate(90);
  const QSizeF drawn(size.width * scale, size.height * scale);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(QRectF(QPointF(-drawn.width() / 2, -drawn.height() / 2), drawn), toQImage(std::move(*image)));
  painter.restore();
  return {};
}

QString printAll(const document::Report& report, QPrinter& printer, const std::function<void(int, int)>& progress) {
  const auto laidOut = paper::LaidOut::of(report, formatFor(printer));
  if (!laidOut)
    return QString::fromStdString(laidOut.error().text);
  const auto pages = pagesToPrint(printer, laidOut->pages());
  if (pages.empty())
    return ReportPrint::tr("There is no such page: the report has %n page(s). Choose others.", "", laidOut->pages());
  QPainter painter;
  if (!painter.begin(&printer))
    return ReportPrint::tr("The printer does not answer. Look whether it is on, or print to a file.");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (i > 0 && !printer.newPage())
      return ReportPrint::tr("The printer stopped after %n page(s). Look at it, and print the others.", "",
                             static_cast<int>(i));
    if (const QString problem = drawPage(painter, printer, *laidOut, pages[i]); !problem.isEmpty())
      return problem;
    progress(static_cast<int>(i) + 1, static_cast<int>(pages.size()));
  }
  if (!painter.end() || printer.printerState() == QPrinter::Error || printer.printerState() == QPrinter::Aborted)
    return ReportPrint::tr("The printer took no pages. Look at it, or print to a file.");
  return {};
}

} // namespace

ReportPrint::ReportPrint(QObject* parent) : QObject(parent), m_mailbox(std::make_shared<Mailbox>(this)) {}

ReportPrint::~ReportPrint() {
  m_mailbox->close();
}

void ReportPrint::ask(std::shared_ptr<const document::Report> report, paper::Format format, QWidget* window) {
  auto printer = std::make_shared<std::unique_ptr<QPrinter>>(std::make_unique<QPrinter>(QPrinter::HighResolution));
  (*printer)->setPageSize(QPageSize(format == paper::Format::letter ? QPageSize::Letter : QPageSize::A4));
  auto* dialog = new QPrintDialog(printer->get(), window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setOption(QAbstractPrintDialog::PrintPageRange);
  // Queued: the dialog looks at its printer until it is closed.
  connect(
      dialog, &QDialog::finished, this,
      [this, report = std::move(report), printer](int result) {
        if (result == QDialog::Accepted)
          print(report, std::move(*printer));
      },
      Qt::QueuedConnection);
  connect(dialog, &QObject::destroyed, [printer] {});
  dialog->open();
}

void ReportPrint::print(std::shared_ptr<const document::Report> report, std::unique_ptr<QPrinter> printer) {
  ++m_running;
  printer->setFullPage(true);
  printer->setDocName(visibleText(report->title));
  printer->setCreator(QStringLiteral("Whichbase"));
  launchThread([this, mailbox = m_mailbox, report = std::move(report),
                printer = std::shared_ptr<QPrinter>(std::move(printer))]() mutable {
    const QString problem = printAll(*report, *printer, [&](int done, int total) {
      mailbox->post([this, done, total] { Q_EMIT progressed(done, total); });
    });
    printer.reset(); // it ends its job
    mailbox->post([this, problem] {
      --m_running;
      Q_EMIT finished(problem);
    });
  });
}

} // namespace whichbase::ui
