// The report in the forms in which it is copied into other programs.
#pragma once

#include "report/report_source.h"

#include <QByteArray>
#include <QImage>
#include <QString>

class QMimeData;

namespace whichbase::ui {

enum class CopyAs { picture, markdown, text };

struct ReportCopy {
  CopyAs as = CopyAs::text;
  QByteArray png; // the whole diagram, two pixels for each of its own
  QImage image;   // the same; null where it is too large to be held
  QString text;
  QString problem; // a sentence; empty: there is none
};

// Takes its time: not for the GUI thread.
ReportCopy copyOf(const ReportSource& source, CopyAs as);

QString copiedText(CopyAs as); // "The diagram was copied as a picture"
std::unique_ptr<QMimeData> mimeDataOf(const ReportCopy& copy);

} // namespace whichbase::ui
