// The command line of the window's program, read and checked before there is a window.
#pragma once

#include <QSize>
#include <QString>

#include <expected>
#include <optional>

class QCoreApplication;

namespace whichbase::gui {

struct Arguments {
  QString file;          // a project or a history
  QString before, after; // recorded snapshots
  QString screenshot;
  std::optional<bool> dark; // left out: as the system says
  QSize size;               // of the window; invalid where none is given
  bool demo = false;
};

// What is asked for, or a sentence about what cannot be meant. --help and --version are answered here and end the
// program.
std::expected<Arguments, QString> readArguments(const QCoreApplication& application);

} // namespace whichbase::gui
