#include "report/report_copy.h"

#include "connection/connection_string.h"
#include "paper/render.h"

#include <QMimeData>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

picture::Drawing diagramOf(const document::Incident& incident) {
  return incident.comparison() ? picture::topologyDrawing(*incident.comparison())
                               : picture::topologyDrawing(incident.present());
}

double copyScaleOf(const picture::Drawing& drawing) {
  constexpr double wished = 2;
  constexpr double longest = 30'000; // pixels, below what paper::toPng() takes
  constexpr double largest = 120e6;
  const double side = std::max({drawing.width, drawing.height, 1.0});
  const double area = std::max(drawing.width * drawing.height, 1.0);
  return std::min({wished, longest / side, std::sqrt(largest / area)});
}

namespace {

ReportCopy pictureOf(const document::Incident& incident) {
  ReportCopy copy;
  copy.as = CopyAs::picture;
  const auto drawing = diagramOf(incident);
  const auto png = paper::toPng(drawing, picture::Look::light, copyScaleOf(drawing));
  if (!png) {
    copy.problem = QString::fromStdString(connection::redact(png.error().text));
    return copy;
  }
  copy.png = QByteArray::fromStdString(*png);
  copy.image = QImage::fromData(copy.png, "PNG");
  return copy;
}

} // namespace

ReportCopy copyOf(const ReportSource& source, CopyAs as) {
  const auto incident = incidentOf(source);
  if (as == CopyAs::picture)
    return pictureOf(incident);
  ReportCopy copy;
  copy.as = as;
  const auto rendered = paper::render(incident, as == CopyAs::markdown ? paper::Kind::markdown : paper::Kind::text);
  if (rendered)
    copy.text = QString::fromStdString(*rendered);
  else
    copy.problem = QString::fromStdString(connection::redact(rendered.error().text));
  return copy;
}

QString copiedText(CopyAs as) {
  switch (as) {
  case CopyAs::picture:
    return QObject::tr("The whole diagram was copied as a picture");
  case CopyAs::markdown:
    return QObject::tr("The report was copied as Markdown");
  case CopyAs::text:
    break;
  }
  return QObject::tr("The report was copied as text");
}

std::unique_ptr<QMimeData> mimeDataOf(const ReportCopy& copy) {
  auto data = std::make_unique<QMimeData>();
  if (copy.as == CopyAs::picture) {
    data->setData(QStringLiteral("image/png"), copy.png);
    if (!copy.image.isNull())
      data->setImageData(copy.image);
    return data;
  }
  data->setText(copy.text);
  if (copy.as == CopyAs::markdown)
    data->setData(QStringLiteral("text/markdown"), copy.text.toUtf8());
  return data;
}

} // namespace whichbase::ui
