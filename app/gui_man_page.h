// The window's man page, which the packages install: made of what --help prints, and not written twice.
#pragma once

#include <QCommandLineOption>
#include <QList>

namespace whichbase::gui {

// On standard output, in troff. `files` says what may be given without an option.
void printManPage(const QList<QCommandLineOption>& options, const QString& files);

} // namespace whichbase::gui
