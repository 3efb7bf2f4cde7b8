#include "report/report_copy.h"

#include "connection/connection_string.h"
#include "paper/render.h"

#include <QMimeData>

namespace whichbase::ui {

ReportCopy copyOf(const ReportSource& source, CopyAs as) {
  ReportCopy copy;
  copy.as = as;
  const auto kind = as == CopyAs::picture    ? paper::Kind::png
                    : as == CopyAs::markdown ? paper::Kind::markdown
                                             : paper::Kind::text;
  const auto rendered = paper::render(incidentOf(source), kind);
  if (!rendered) {
    copy.problem = QString::fromStdString(connection::redact(rendered.error().text));
    return copy;
  }
  if (as != CopyAs::picture) {
    copy.text = QString::fromStdString(*rendered);
    return copy;
  }
  copy.png = QByteArray::fromStdString(*rendered);
  copy.image = QImage::fromData(copy.png, "PNG");
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
