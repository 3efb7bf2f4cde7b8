// Keys that a widget understands without a menu command: the one list that the widget acts on and the sheet of
// shortcuts shows, so that neither says what the other does not do.
#pragma once

#include <QKeyCombination>
#include <QKeyEvent>
#include <QList>
#include <QString>

#include <optional>
#include <vector>

namespace whichbase::ui {

enum class DiagramCommand { left, right, up, down, open, toggle, clear };
enum class TimeCommand {
  earlier,
  later,
  muchEarlier,
  muchLater,
  start,
  present,
  previousEvent,
  nextEvent,
  play,
  zoomIn,
  zoomOut
};

template <class Command>
struct OwnKey {
  Command command;
  QList<QKeyCombination> keys; // any of them
  QString does;                // "Earlier; with Shift in larger steps"; empty: told with the one before
};

const std::vector<OwnKey<DiagramCommand>>& diagramKeys();
const std::vector<OwnKey<TimeCommand>>& timeKeys();

// Shift, AltGr and the keypad make no difference, since layouts need them for signs such as + and [.
bool isPressed(const QKeyEvent& event, QKeyCombination key);

template <class Command>
std::optional<Command> commandOf(const QKeyEvent& event, const std::vector<OwnKey<Command>>& keys) {
  for (const auto& own : keys)
    for (const auto key : own.keys)
      if (isPressed(event, key))
        return own.command;
  return std::nullopt;
}

} // namespace whichbase::ui
