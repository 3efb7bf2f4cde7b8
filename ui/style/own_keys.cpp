#include "style/own_keys.h"

#include <QCoreApplication>

namespace whichbase::ui {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("OwnKeys", text);
}

} // namespace

const std::vector<OwnKey<DiagramCommand>>& diagramKeys() {
  using enum DiagramCommand;
  static const std::vector<OwnKey<DiagramCommand>> keys = {
      {left, {Qt::Key_Left}, tr("Walk from card to card")},
      {right, {Qt::Key_Right}, {}},
      {up, {Qt::Key_Up}, {}},
      {down, {Qt::Key_Down}, {}},
      {open, {Qt::Key_Return, Qt::Key_Enter}, tr("Show its details, or unfold the stack")},
      {toggle, {Qt::Key_Space}, tr("Select it, or unfold and fold the stack")},
      {clear, {Qt::Key_Escape}, tr("Select nothing")},
  };
  return keys;
}

const std::vector<OwnKey<TimeCommand>>& timeKeys() {
  using enum TimeCommand;
  static const std::vector<OwnKey<TimeCommand>> keys = {
      {earlier, {Qt::Key_Left}, tr("Earlier, later; with Shift in larger steps")},
      {later, {Qt::Key_Right}, {}},
      {muchEarlier, {Qt::Key_PageUp}, tr("A tenth of the time shown earlier, later")},
      {muchLater, {Qt::Key_PageDown}, {}},
      {previousEvent, {Qt::Key_BracketLeft, Qt::CTRL | Qt::Key_Left}, tr("Event before")},
      {nextEvent, {Qt::Key_BracketRight, Qt::CTRL | Qt::Key_Right}, tr("Event after")},
      {play, {Qt::Key_Space}, tr("Play or pause")},
      {start, {Qt::Key_Home}, tr("To the beginning")},
      {present, {Qt::Key_End, Qt::Key_Escape, Qt::Key_L}, tr("Back to the present")},
      {zoomIn, {Qt::Key_Plus, Qt::Key_Equal}, tr("Zoom in")},
      {zoomOut, {Qt::Key_Minus}, tr("Zoom out")},
  };
  return keys;
}

bool isPressed(const QKeyEvent& event, QKeyCombination key) {
  const auto control = [](Qt::KeyboardModifiers modifiers) { return modifiers.testFlag(Qt::ControlModifier); };
  return event.key() == key.key() && control(event.modifiers()) == control(key.keyboardModifiers());
}

} // namespace whichbase::ui
