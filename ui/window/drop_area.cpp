#include "window/drop_area.h"

#include "style/theme.h"

#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QUrl>

namespace whichbase::ui {

namespace {
constexpr int margin = 14;
constexpr std::chrono::milliseconds betweenWidgets{80};
} // namespace

DropArea::DropArea(QWidget& window) : QObject(&window), m_window(window), m_hint(new QLabel(&window)) {
  window.setAcceptDrops(true);
  m_hint->setObjectName(QStringLiteral("dropHint"));
  m_hint->setText(tr("Drop to open\nProjects, histories and snapshots are opened, two snapshots compared.\n"
                     ".env, Compose and Kubernetes files and folders are looked through for servers."));
  m_hint->setAlignment(Qt::AlignCenter);
  m_hint->setFont(textFont(15, QFont::DemiBold));
  m_hint->setProperty("dropHint", true);
  m_hint->setAttribute(Qt::WA_TransparentForMouseEvents); // what is held over it belongs to the window
  m_hint->hide();
  m_leaving.setSingleShot(true);
  m_leaving.setInterval(betweenWidgets);
  connect(&m_leaving, &QTimer::timeout, m_hint, &QWidget::hide);
  qApp->installEventFilter(this);
}

bool DropArea::isHinting() const {
  return m_hint->isVisible();
}

void DropArea::showHint() {
  m_leaving.stop();
  m_hint->setGeometry(m_window.rect().adjusted(margin, margin, -margin, -margin));
  m_hint->show();
  m_hint->raise();
}

bool DropArea::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
  case QEvent::DragEnter:
  case QEvent::DragMove:
  case QEvent::Drop:
  case QEvent::DragLeave:
    break;
  default:
    return false;
  }
  const auto* widget = qobject_cast<QWidget*>(watched);
  if (!widget || widget->window() != &m_window)
    return false;
  if (QApplication::activeModalWidget()) { // a question of ours comes first
    event->ignore();
    return true;
  }
  if (event->type() == QEvent::DragLeave) {
    m_leaving.start();
    return false;
  }
  auto* drop = static_cast<QDropEvent*>(event); // of which the others are kinds
  const QStringList files = localFilesIn(*drop->mimeData());
  if (files.isEmpty())
    return false; // text into a field
  drop->acceptProposedAction();
  if (event->type() != QEvent::Drop) {
    showHint();
    return true;
  }
  m_hint->hide();
  Q_EMIT dropped(files);
  return true;
}

QStringList localFilesIn(const QMimeData& data) {
  QStringList files;
  for (const auto& url : data.urls())
    if (url.isLocalFile())
      files << url.toLocalFile();
  return files;
}

} // namespace whichbase::ui
