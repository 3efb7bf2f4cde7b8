// Files that are brought to the window: dropped on it, or named on the command line.
#include "window/dropped.h"
#include "window/main_window.h"
#include "window/message_bar.h"

namespace whichbase::ui {

void MainWindow::openFiles(const QStringList& files) {
  m_controller.run([files](const std::stop_token&) { return recognise(files); },
                   [this](const Dropped& dropped) {
                     m_messages->clear(QStringLiteral("dropped"));
                     if (!dropped.problem.isEmpty()) {
                       m_messages->show(QStringLiteral("dropped"), Sign::warning, dropped.problem);
                       Q_EMIT filesRefused(dropped.problem);
                     } else if (!dropped.open.isEmpty())
                       open(dropped.open);
                     else if (!dropped.imports.isEmpty())
                       importFrom(dropped.imports);
                     else
                       openRecordings(dropped.before, dropped.after);
                   });
}

} // namespace whichbase::ui
