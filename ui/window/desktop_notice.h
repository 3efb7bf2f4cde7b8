// Tells something on the desktop, outside the window: the notifications that freedesktop.org specifies, over D-Bus.
#pragma once

#include <QObject>

namespace whichbase::ui {

class DesktopNotice : public QObject {
  Q_OBJECT
public:
  using QObject::QObject;
  // The next one takes the place of the one before. Waits for nothing.
  void show(const QString& title, const QString& text);

Q_SIGNALS:
  void failed(const QString& text); // this desktop shows none: one sentence

private:
  uint m_shown = 0;
};

} // namespace whichbase::ui
