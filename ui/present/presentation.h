// Presents an incident on a projector: full screen, one page at a time, by arrow keys, a click or a presenter's
// clicker. It shows what was known when it began, with that time on every page.
#pragma once

#include "present/slide_painter.h"

#include <QTimer>
#include <QWidget>

namespace whichbase::ui {

class Presentation : public QWidget {
  Q_OBJECT
public:
  Presentation(Slides slides, const Theme& theme, QWidget* parent = nullptr);

  // Full screen, where `window` is.
  void begin(const QWidget& window);
  void setTheme(const Theme& theme);

  std::size_t page() const { return m_page; }
  bool isBlack() const { return m_black; }
  bool hidesAddresses() const { return m_look.hideAddresses; }
  const Slides& slides() const { return m_slides; }

protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

private:
  bool handle(int key);
  void go(std::size_t page);
  void next();
  void previous();
  void setBlack(bool black);
  void hideHint();
  void tell(); // the page, to screen readers

  const Slides m_slides;
  SlideLook m_look;
  std::size_t m_page = 0;
  bool m_black = false;
  QTimer m_hint;
  QTimer m_idle; // the pointer hides after a while
};

} // namespace whichbase::ui
