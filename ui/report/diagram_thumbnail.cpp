#include "report/diagram_thumbnail.h"

#include <QAccessibleWidget>
#include <QApplication>
#include <QDrag>
#include <QFile>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QTemporaryDir>
#include <QUrl>

namespace whichbase::ui {

DiagramThumbnail::DiagramThumbnail(QWidget* parent) : QWidget(parent) {
  QAccessible::installFactory(+[](const QString&, QObject* object) -> QAccessibleInterface* {
    auto* picture = dynamic_cast<DiagramThumbnail*>(object);
    return picture ? new QAccessibleWidget(picture, QAccessible::Graphic) : nullptr;
  });
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  setMinimumHeight(80);
  setMaximumHeight(sizeHint().height());
  setAccessibleName(tr("The diagram as a picture"));
  setAccessibleDescription(tr("Drag it into another program, or copy it with Ctrl+C."));
  setToolTip(tr("Drag the picture into another program: the whole diagram, at twice its size"));
  setCursor(Qt::OpenHandCursor);
}

DiagramThumbnail::~DiagramThumbnail() = default;

void DiagramThumbnail::setPicture(const QImage& image, const QByteArray& png, const QString& name) {
  m_image = image;
  m_png = png;
  m_name = name;
  m_drawn = true;
  update();
}

void DiagramThumbnail::setTheme(const Theme& theme) {
  m_theme = theme;
  update();
}

std::unique_ptr<QMimeData> DiagramThumbnail::dragged() {
  if (m_png.isEmpty())
    return nullptr;
  auto carried = std::make_unique<QMimeData>();
  carried->setData(QStringLiteral("image/png"), m_png);
  // File managers and mail programs take files.
  if (!m_folder)
    m_folder = std::make_unique<QTemporaryDir>();
  const QString path = m_folder->filePath(m_name + QStringLiteral(".png"));
  QFile file(path);
  if (m_folder->isValid() && file.open(QIODevice::WriteOnly) && file.write(m_png) == m_png.size() && file.flush())
    carried->setUrls({QUrl::fromLocalFile(path)});
  return carried;
}

QRect DiagramThumbnail::pictureRect() const {
  constexpr int edge = 6;
  const QRect room = rect().adjusted(edge, edge, -edge, -edge);
  const QSize size = m_image.size().scaled(room.size(), Qt::KeepAspectRatio);
  QRect fitting(QPoint(), size);
  fitting.moveCenter(room.center());
  return fitting;
}

void DiagramThumbnail::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  painter.setPen(QPen(hasFocus() ? m_theme.accent : m_theme.border, hasFocus() ? 2 : 1));
  painter.setBrush(m_theme.card);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
  if (m_image.isNull()) {
    painter.setPen(m_theme.secondaryText);
    painter.drawText(rect(), Qt::AlignCenter,
                     m_drawn ? tr("There is no picture of it") : tr("The diagram is being drawn…"));
    return;
  }
  painter.drawImage(pictureRect(), m_image);
}

void DiagramThumbnail::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void DiagramThumbnail::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

void DiagramThumbnail::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy))
    Q_EMIT copyRequested();
  else
    QWidget::keyPressEvent(event);
}

void DiagramThumbnail::mousePressEvent(QMouseEvent* event) {
  m_pressed = event->pos();
}

void DiagramThumbnail::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton) ||
      (event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance())
    return;
  auto carried = dragged();
  if (!carried)
    return;
  auto* drag = new QDrag(this);
  drag->setMimeData(carried.release());
  if (!m_image.isNull())
    drag->setPixmap(QPixmap::fromImage(m_image.scaledToWidth(200, Qt::SmoothTransformation)));
  drag->exec(Qt::CopyAction);
}

} // namespace whichbase::ui
