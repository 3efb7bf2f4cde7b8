// The command line of the window's program, read and checked before there is a window.
#pragma once

#include "window/workspace_state.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <expected>
#include <optional>

class QCoreApplication;

namespace whichbase::gui {

struct Arguments {
  QStringList files;     // as if they were dropped on the window
  QString before, after; // recorded snapshots
  QString screenshot;
  QString select;                     // a server or the letter of a database
  std::optional<ui::ShownSides> side; // left out: as the project was left
  std::optional<bool> dark;           // left out: as preferred
  QSize size;                         // of the window; invalid where none is given
  bool demo = false;
  bool probe = false;

  bool opensNothing() const { return files.isEmpty() && before.isEmpty() && after.isEmpty() && !demo; }
};

// What is asked for, or a sentence about what cannot be meant. --help and --version are answered here and end the
// program.
std::expected<Arguments, QString> readArguments(const QCoreApplication& application);

} // namespace whichbase::gui
