#include "report/report_files.h"

#include "connection/connection_string.h"
#include "document/report.h"

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

QString questionOf(const std::string& key, const document::Incident& incident) {
  for (const auto& prompt : document::promptsOf(incident))
    if (prompt.key == key)
      return QString::fromStdString(prompt.question);
  return QString::fromStdString(key);
}

// Takes over into `incident` what the file that is about to be replaced has and the window has not.
void takeOver(document::Incident& incident, const SaveWish& wish, SaveResult& result) {
  const auto inFile = document::writtenInFile(QFile::encodeName(wish.file).toStdString());
  if (!inFile) {
    result.problem = QString::fromStdString(connection::redact(inFile.error()));
    return;
  }
  if (inFile->empty())
    return;
  const auto rendered = paper::render(incident, paper::Kind::markdown, wish.options);
  const auto ours = rendered ? document::writtenIn(*rendered) : Answers(); // as a file has them
  for (const auto& [key, theirs] : *inFile) {
    const auto known = wish.known.find(key);
    const auto mine = ours.find(key);
    if ((known != wish.known.end() && known->second == theirs) || (mine != ours.end() && mine->second == theirs))
      continue; // nobody but the window has written there
    if (mine != ours.end() && wish.differing == SaveWish::Differing::ask)
      result.differing << questionOf(key, incident);
    else if (mine == ours.end() || wish.differing == SaveWish::Differing::keepBoth)
      incident.written[key] = result.taken[key] = mine == ours.end() ? theirs : theirs + "\n\n" + mine->second;
  }
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

SaveResult saveReport(const ReportSource& source, const SaveWish& wish) {
  SaveResult result;
  if (result.problem = problemOfName(wish.file); !result.problem.isEmpty())
    return result;
  const auto kind = *paper::kindOf(QFile::encodeName(wish.file).toStdString());
  auto incident = incidentOf(source);
  if (kind == paper::Kind::markdown)
    takeOver(incident, wish, result);
  if (!result.problem.isEmpty() || !result.differing.isEmpty())
    return result;
  const auto rendered = paper::render(incident, kind, wish.options);
  if (!rendered) {
    result.problem = QString::fromStdString(connection::redact(rendered.error().text));
    return result;
  }
  QSaveFile written(wish.file);
  const auto size = static_cast<qint64>(rendered->size());
  if (!written.open(QIODevice::WriteOnly) || written.write(rendered->data(), size) != size || !written.commit())
    result.problem = QObject::tr("%1 cannot be written: %2. Choose another folder, or make room.")
                         .arg(wish.file, written.errorString());
  else if (kind == paper::Kind::markdown)
    result.written = document::writtenIn(*rendered);
  return result;
}

} // namespace whichbase::ui
