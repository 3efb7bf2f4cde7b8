#include "report/report_maker.h"

#include "connection/connection_string.h"
#include "paper/paper.h"
#include "report/report_copy.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace whichbase::ui {

namespace {

constexpr double thumbnailWidth = 640; // on screens of 200 %

bool sameState(const View& a, const View& b) {
  return a.before == b.before && a.after == b.after && a.comparison == b.comparison;
}

QImage pictureOf(const picture::Drawing& drawing, double scale, QByteArray& png, QString& problem) {
  const auto bytes = paper::toPng(drawing, picture::Look::light, scale);
  if (!bytes) {
    problem = QString::fromStdString(connection::redact(bytes.error().text));
    return {};
  }
  png = QByteArray::fromStdString(*bytes);
  return QImage::fromData(png, "PNG");
}

void draw(ReportMaker::Made& made, const document::Incident& incident) {
  const auto drawing = diagramOf(incident);
  made.image = pictureOf(drawing, copyScaleOf(drawing), made.png, made.problem);
  if (made.png.isEmpty())
    return;
  QByteArray small;
  made.thumbnail =
      pictureOf(drawing, std::min(1.0, thumbnailWidth / std::max(1.0, drawing.width)), small, made.problem);
}

// `last`: made before; its pictures still hold where the state is the same.
ReportMaker::Made makeOf(ReportSource source, const ReportMaker::Made& last) {
  ReportMaker::Made made;
  const auto incident = incidentOf(source);
  made.report = std::make_shared<const document::Report>(document::reportOf(incident));
  made.prompts = document::promptsOf(incident);
  if (!last.png.isEmpty() && sameState(last.source.view, source.view)) {
    made.png = last.png;
    made.image = last.image;
    made.thumbnail = last.thumbnail;
  } else {
    draw(made, incident);
  }
  made.source = std::move(source);
  return made;
}

} // namespace

ReportMaker::ReportMaker(ProbeController& controller, QObject* parent) : QObject(parent), m_controller(controller) {}

void ReportMaker::make(ReportSource source) {
  m_wish = std::move(source);
  if (!m_running)
    start();
}

void ReportMaker::start() {
  m_running = true;
  m_controller.run([source = *std::exchange(m_wish, std::nullopt),
                    last = m_last](const std::stop_token&) mutable { return makeOf(std::move(source), last); },
                   [self = QPointer(this)](Made made) {
                     if (self)
                       self->deliver(std::move(made));
                   });
}

void ReportMaker::deliver(Made made) {
  m_running = false;
  m_last = std::move(made);
  if (m_wish)
    start(); // something newer is wished for
  else
    Q_EMIT this->made(m_last);
}

} // namespace whichbase::ui
