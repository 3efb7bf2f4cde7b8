// What files that somebody brings to the window are: dropped on it, or named on its command line.
#pragma once

#include <QString>
#include <QStringList>

namespace whichbase::ui {

// Exactly one of these is filled.
struct Dropped {
  QString open;          // a project or a history
  QString before, after; // recorded snapshots: one, or both
  QStringList imports;   // files and folders to look for servers in
  QString problem;       // why nothing can be done, in a sentence
  bool operator==(const Dropped&) const = default;
};

// Told by what stands in the files, not by their names. Of two snapshots the older one is before, unless they say
// themselves which side they are. Reads files: not for the GUI thread.
Dropped recognise(const QStringList& paths);

} // namespace whichbase::ui
