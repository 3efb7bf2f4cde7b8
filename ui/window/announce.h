// Tells people who cannot see the window that something in it changed by itself.
#pragma once

class QString;
class QWidget;

namespace whichbase::ui {

// `text` is what `widget` now says. Nothing where no assistive program listens. Qt's bridge to AT-SPI passes on
// announcements from 6.8 on; before, only that a label's name changed, which labels tell by themselves.
void announce(QWidget& widget, const QString& text);

} // namespace whichbase::ui
