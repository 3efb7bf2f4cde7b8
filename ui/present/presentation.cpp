#include "present/presentation.h"

#include "present/hidden_addresses.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QWindow>

#include <utility>

namespace whichbase::ui {

namespace {
constexpr std::chrono::seconds hintStays{12};
constexpr std::chrono::seconds pointerStays{3};
} // namespace

Presentation::Presentation(Slides slides, const Theme& theme, QWidget* parent)
    : QWidget(parent, Qt::Window), m_slides(std::move(slides)) {
  setWindowTitle(m_slides.title.isEmpty() ? tr("Present") : tr("Present: %1").arg(m_slides.title));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  m_look.theme = theme;
  m_look.hint = tr("H hides addresses · arrow keys, Space or a click go on · B blacks the screen · Esc ends");
  m_hint.setSingleShot(true);
  m_hint.setInterval(hintStays);
  connect(&m_hint, &QTimer::timeout, this, &Presentation::hideHint);
  m_idle.setSingleShot(true);
  m_idle.setInterval(pointerStays);
  connect(&m_idle, &QTimer::timeout, this, [this] { setCursor(Qt::BlankCursor); });
  tell();
}

void Presentation::begin(const QWidget& window) {
  if (auto* screen = window.screen())
    setGeometry(screen->geometry());
  showFullScreen();
  raise();
  activateWindow();
  setFocus();
  m_hint.start();
  m_idle.start();
}

void Presentation::setTheme(const Theme& theme) {
  m_look.theme = theme;
  update();
}

void Presentation::go(std::size_t page) {
  setBlack(false);
  if (page >= m_slides.pages.size() || page == m_page)
    return;
  m_page = page;
  tell();
  update();
}

void Presentation::next() {
  go(m_page + 1);
}

void Presentation::previous() {
  if (m_page > 0)
    go(m_page - 1);
  else
    setBlack(false);
}

void Presentation::setBlack(bool black) {
  if (std::exchange(m_black, black) != black)
    update();
}

void Presentation::hideHint() {
  m_hint.stop();
  m_look.hint.clear();
  update();
}

// What is spoken hides no less than what is shown.
void Presentation::tell() {
  if (m_page >= m_slides.pages.size())
    return;
  const auto& slide = m_slides.pages[m_page];
  const auto shown = [&](const QString& text) {
    return m_look.hideAddresses ? withoutAddresses(text, m_slides.addresses) : text;
  };
  setAccessibleDescription(shown(spokenText(slide)));
  setAccessibleName(
      tr("Page %1 of %2, %3: %4").arg(m_page + 1).arg(m_slides.pages.size()).arg(slide.heading, shown(slide.sentence)));
}

bool Presentation::handle(int key) {
  switch (key) {
  case Qt::Key_Right:
  case Qt::Key_Down:
  case Qt::Key_Space:
  case Qt::Key_PageDown:
  case Qt::Key_Return:
  case Qt::Key_Enter:
  case Qt::Key_N:
    next();
    return true;
  case Qt::Key_Left:
  case Qt::Key_Up:
  case Qt::Key_PageUp:
  case Qt::Key_Backspace:
  case Qt::Key_P:
    previous();
    return true;
  case Qt::Key_Home:
    go(0);
    return true;
  case Qt::Key_End:
    go(m_slides.pages.size() - 1);
    return true;
  case Qt::Key_B:
  case Qt::Key_Period:
    setBlack(!m_black);
    return true;
  case Qt::Key_H:
    m_look.hideAddresses = !m_look.hideAddresses;
    hideHint();
    tell();
    return true;
  case Qt::Key_F5: // a clicker's own start
    return true;
  case Qt::Key_Escape:
    close();
    return true;
  default:
    return false;
  }
}

void Presentation::keyPressEvent(QKeyEvent* event) {
  const auto withControl = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
  if (withControl || !handle(event->key()))
    QWidget::keyPressEvent(event);
}

// No shortcut of the window behind may take our keys.
bool Presentation::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    event->accept();
    return true;
  }
  return QWidget::event(event);
}

void Presentation::mouseMoveEvent(QMouseEvent*) {
  unsetCursor();
  m_idle.start();
}

void Presentation::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton || event->button() == Qt::ForwardButton)
    next();
  else if (event->button() == Qt::RightButton || event->button() == Qt::BackButton)
    previous();
}

void Presentation::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (m_black)
    painter.fillRect(rect(), Qt::black);
  else
    paintSlide(painter, size(), m_slides, m_page, m_look);
}

} // namespace whichbase::ui
