// The report as a file of any kind, chosen by the name's ending.
#pragma once

#include "paper/render.h"
#include "report/report_source.h"

#include <QString>
#include <QStringList>

#include <map>
#include <string>

namespace whichbase::ui {

// "PDF, to print and to send (*.pdf)", in the order of paper::allKinds().
QStringList reportFilters();
QString reportEnding(const QString& filter); // "pdf"

// What is wrong with that name for a report, in a sentence; empty: nothing.
QString problemOfName(const QString& file);

using Answers = std::map<std::string, std::string>; // what was written into a report, by the prompts' keys

struct SaveWish {
  QString file;
  paper::RenderOptions options{};
  Answers known{}; // what this window itself wrote into that file before
  // What becomes of answers that an older report in Markdown under that name has otherwise than the window.
  enum class Differing { ask, keepBoth, replace } differing = Differing::ask;
};

struct SaveResult {
  QString problem;       // what went wrong, in a sentence; empty: nothing
  QStringList differing; // the questions whose answers differ: nothing was written, somebody has to choose
  Answers taken{};       // answers that the window has to take over from the file
  Answers written{};     // all that the file has now
};

// Writes the file in one piece: an older one stays as it is where that fails. What somebody wrote into an older report
// in Markdown stays. Takes its time: not for the GUI thread.
SaveResult saveReport(const ReportSource& source, const SaveWish& wish);

} // namespace whichbase::ui
