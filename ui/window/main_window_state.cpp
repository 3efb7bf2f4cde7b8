// How the window and each project were left, and what is shown of the project at the start.
#include "window/beside_chart.h"
#include "window/main_window.h"
#include "window/workspace.h"

#include <QScreen>

#include <utility>

namespace whichbase::ui {

void MainWindow::restoreState() {
  resize(1440, 900);
  if (const auto available = screen() ? screen()->availableSize() : QSize(); available.isValid())
    resize(size().boundedTo(available - QSize(4, 34))); // the frame around it
  setMinimumSize(860, 560);
  restoreGeometry(m_settings->value(QStringLiteral("window/geometry")).toByteArray());
  if (const auto layout = m_settings->value(QStringLiteral("window/layout")).toByteArray(); !layout.isEmpty())
    m_workspace->restoreLayout(layout);
}

void MainWindow::keepState() {
  m_settings->setValue(QStringLiteral("window/geometry"), saveGeometry());
  m_settings->setValue(QStringLiteral("window/layout"), m_workspace->saveLayout());
  keepProjectState();
}

void MainWindow::keepProjectState() {
  if (!m_stateFile.isEmpty())
    ui::keepState(*m_settings, m_stateFile, {m_workspace->state(), m_liveInterval.value_or(std::chrono::seconds(0))});
}

// The demo's project is another one each time, and goes with it.
QString MainWindow::stateFile() const {
  if (m_demo.state() != DemoPlayer::State::off)
    return {};
  return m_document.isHistory() ? m_document.historyFile() : m_document.file();
}

void MainWindow::enterProject() {
  keepProjectState(); // of the one before: the workspace still shows it
  m_stateFile = stateFile();
  WorkspaceState fresh; // what is nobody's in particular stays
  fresh.tab = m_workspace->state().tab;
  fresh.bottom = m_workspace->state().bottom;
  const auto kept = m_stateFile.isEmpty() ? std::nullopt : keptState(*m_settings, m_stateFile);
  m_liveInterval = kept && kept->interval.count() > 0 ? std::optional(kept->interval) : std::nullopt;
  m_workspace->restore(kept ? kept->workspace : fresh);
  m_selectionLeft = kept ? std::optional(kept->workspace.selection) : std::nullopt;
}

// Once there is something to select.
void MainWindow::restoreSelection() {
  if (!m_selectionLeft || m_document.view().empty())
    return;
  const Selection left = *std::exchange(m_selectionLeft, std::nullopt);
  if (m_workspace->selection() == Selection{} || m_workspace->selection() == left)
    m_workspace->setSelection(left);
}

bool MainWindow::select(const QString& name) {
  const auto& view = m_document.view();
  for (const auto& side : {view.after, view.before}) {
    if (!side)
      continue;
    for (const auto& server : side->servers)
      if (QString::fromStdString(server.name).compare(name, Qt::CaseInsensitive) == 0) {
        m_workspace->setSelection({QString::fromStdString(server.name), {}});
        return true;
      }
    for (const auto& database : side->databases)
      if (QString::fromStdString(database.id).compare(name, Qt::CaseInsensitive) == 0) {
        m_workspace->setSelection({{}, QString::fromStdString(database.id)});
        return true;
      }
  }
  return false;
}

void MainWindow::showSides(ShownSides sides) {
  m_workspace->showSides(sides);
  refreshActions();
}

} // namespace whichbase::ui
