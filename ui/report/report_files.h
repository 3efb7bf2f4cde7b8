// The report as a file of any kind, chosen by the name's ending.
#pragma once

#include "paper/render.h"
#include "report/report_source.h"

#include <QString>
#include <QStringList>

namespace whichbase::ui {

// "PDF, to print and to send (*.pdf)", in the order of paper::allKinds().
QStringList reportFilters();
QString reportEnding(const QString& filter); // "pdf"

// What is wrong with that name for a report, in a sentence; empty: nothing.
QString problemOfName(const QString& file);

// Writes the file in one piece: an older one stays as it is where that fails. Returns what went wrong, in a sentence;
// empty: it is written. Takes its time: not for the GUI thread.
QString saveReport(const ReportSource& source, const QString& file, const paper::RenderOptions& options);

} // namespace whichbase::ui
