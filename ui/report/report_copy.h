// The report in the forms in which it is copied into other programs.
#pragma once

#include "picture/drawing.h"
#include "report/report_source.h"

#include <QByteArray>
#include <QImage>
#include <QString>

class QMimeData;

namespace whichbase::ui {

enum class CopyAs { picture, markdown, text };

struct ReportCopy {
  CopyAs as = CopyAs::text;
  QByteArray png; // the whole diagram
  QImage image;   // the same; null where it is too large to be held
  QString text;
  QString problem; // a sentence; empty: there is none
};

// The whole diagram of its state, and at which scale it is copied: two pixels for each of its own, or fewer where a
// picture could not hold them.
picture::Drawing diagramOf(const document::Incident& incident);
double copyScaleOf(const picture::Drawing& drawing);

// Takes its time: not for the GUI thread.
ReportCopy copyOf(const ReportSource& source, CopyAs as);

QString copiedText(CopyAs as); // "The diagram was copied as a picture"
std::unique_ptr<QMimeData> mimeDataOf(const ReportCopy& copy);

} // namespace whichbase::ui
