// Prints a report by the system's own dialog. Its pages are drawn and sent on a thread behind.
#pragma once

#include "document/report.h"
#include "paper/paper.h"

#include <QObject>
#include <QString>

#include <memory>

class QPrinter;
class QWidget;

namespace whichbase::ui {

class Mailbox;

class ReportPrint : public QObject {
  Q_OBJECT
public:
  explicit ReportPrint(QObject* parent = nullptr);
  // What is being printed goes on to its end.
  ~ReportPrint() override;

  // Asks for printer, paper and pages in the system's dialog, over `window`; `format` is what that begins with.
  void ask(std::shared_ptr<const document::Report> report, paper::Format format, QWidget* window);
  // Without asking. Where the printer's paper is an American one the report is laid out for Letter, else for A4, and
  // fitted to the paper; pages that are wider than high are turned.
  void print(std::shared_ptr<const document::Report> report, std::unique_ptr<QPrinter> printer);
  bool printing() const { return m_running > 0; }

Q_SIGNALS:
  void progressed(int done, int total);  // pages
  void finished(const QString& problem); // in a sentence; empty: it is with the printer

private:
  std::shared_ptr<Mailbox> m_mailbox;
  int m_running = 0;
};

} // namespace whichbase::ui
