#include "report/report_files.h"

#include "connection/connection_string.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QSaveFile>

namespace whichbase::ui {

namespace {

QString nameOf(paper::Kind kind) {
  switch (kind) {
  case paper::Kind::markdown:
    return QObject::tr("Markdown, for GitHub and chats");
  case paper::Kind::html:
    return QObject::tr("HTML page, one file");
  case paper::Kind::pdf:
    return QObject::tr("PDF, to print and to send");
  case paper::Kind::svg:
    return QObject::tr("Diagram alone, SVG");
  case paper::Kind::png:
    return QObject::tr("Diagram alone, PNG");
  case paper::Kind::json:
    return QObject::tr("JSON, for other programs");
  case paper::Kind::mermaid:
    return QObject::tr("Diagram alone, Mermaid");
  case paper::Kind::text:
    return QObject::tr("Plain text");
  }
  return {};
}

} // namespace

QStringList reportFilters() {
  QStringList filters;
  for (const auto kind : paper::allKinds())
    filters << QStringLiteral("%1 (*.%2)").arg(nameOf(kind), QString::fromStdString(paper::endingOf(kind)));
  return filters;
}

QString reportEnding(const QString& filter) {
  const auto dot = filter.lastIndexOf(QStringLiteral("(*."));
  return dot < 0 ? QString() : filter.mid(dot + 3).chopped(1);
}

QString problemOfName(const QString& file) {
  if (paper::kindOf(QFile::encodeName(file).toStdString()))
    return {};
  QStringList endings;
  for (const auto kind : paper::allKinds())
    endings << QStringLiteral(".") + QString::fromStdString(paper::endingOf(kind));
  return QObject::tr("%1: the name's ending tells what to write. It may be %2.")
      .arg(QFileInfo(file).fileName(), endings.join(QStringLiteral(", ")));
}

QString saveReport(const ReportSource& source, const QString& file, const paper::RenderOptions& options) {
  if (const QString problem = problemOfName(file); !problem.isEmpty())
    return problem;
  const auto kind = *paper::kindOf(QFile::encodeName(file).toStdString());
  const auto rendered = paper::render(incidentOf(source), kind, options);
  if (!rendered)
    return QString::fromStdString(connection::redact(rendered.error().text));
  QSaveFile written(file);
  const auto size = static_cast<qint64>(rendered->size());
  if (!written.open(QIODevice::WriteOnly) || written.write(rendered->data(), size) != size || !written.commit())
    return QObject::tr("%1 cannot be written: %2. Choose another folder, or make room.")
        .arg(file, written.errorString());
  return {};
}

} // namespace whichbase::ui
