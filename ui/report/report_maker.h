// Makes what the report's dialog shows, off the GUI thread: the latest wish wins, and what was made for an earlier one
// is dropped.
#pragma once

#include "document/report.h"
#include "probe_controller.h"
#include "report/report_source.h"

#include <QByteArray>
#include <QImage>
#include <QObject>

#include <optional>

namespace whichbase::ui {

class ReportMaker : public QObject {
  Q_OBJECT
public:
  struct Made {
    ReportSource source; // that it was made of
    std::shared_ptr<const document::Report> report;
    std::vector<document::Prompt> prompts;
    QByteArray png;   // the whole diagram, as it is copied
    QImage image;     // the same; null where it is too large to be held
    QImage thumbnail; // in small
    QString problem;  // with the picture, in a sentence; empty: there is none
  };

  explicit ReportMaker(ProbeController& controller, QObject* parent = nullptr);

  void make(ReportSource source); // in place of what was wished for before
  bool making() const { return m_running; }

Q_SIGNALS:
  void made(const whichbase::ui::ReportMaker::Made& made);

private:
  void start();
  void deliver(Made made);

  ProbeController& m_controller;
  std::optional<ReportSource> m_wish;
  Made m_last;
  bool m_running = false;
};

} // namespace whichbase::ui
