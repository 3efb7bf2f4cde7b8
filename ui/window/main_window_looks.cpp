// The looks into two databases, or at one, from the menu Verify.
#include "window/compare_dialog.h"
#include "window/main_window.h"
#include "window/stop_dialog.h"

#include <QAction>
#include <QMenu>

namespace whichbase::ui {

void MainWindow::makeLookActions() {
  m_compareAction = m_verifyMenu->addAction(tr("Compare &databases…"));
  m_compareAction->setShortcut(QKeySequence(tr("Ctrl+D")));
  connect(m_compareAction, &QAction::triggered, this, &MainWindow::compareDatabases);
  m_canStopAction = m_verifyMenu->addAction(tr("Can it be &switched off?…"));
  connect(m_canStopAction, &QAction::triggered, this, &MainWindow::askWhetherItCanStop);
  connect(m_verifyMenu, &QMenu::aboutToShow, this, &MainWindow::refreshLookActions);
  connect(&m_document, &Document::viewChanged, this, &MainWindow::refreshLookActions);
  connect(&m_document, &Document::opened, this, &MainWindow::refreshLookActions);
  refreshLookActions();
}

void MainWindow::refreshLookActions() {
  const QString why = m_document.whyNoLook();
  const auto& after = m_document.view().after;
  const bool areTwo = after && after->databases.size() > 1;
  m_compareAction->setEnabled(why.isEmpty() && areTwo);
  m_compareAction->setToolTip(!why.isEmpty() ? why
                              : areTwo       ? tr("Reads only: schemas and rows of two databases")
                                             : tr("There is one database alone to see."));
  m_canStopAction->setEnabled(why.isEmpty() && after && !after->databases.empty());
  m_canStopAction->setToolTip(why.isEmpty() ? tr("Reads only: who is connected, who writes, and what exists only there")
                                            : why);
}

void MainWindow::showLook(QDialog* dialog) {
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setModal(false);
  connect(&m_document, &Document::opened, dialog, &QDialog::close); // it was about something else
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

void MainWindow::compareDatabases() {
  const auto around = m_document.surroundings();
  if (!around)
    return; // greyed by then
  auto* dialog = new CompareDialog(m_controller, *around, theme(), this);
  connect(dialog, &CompareDialog::proven, &m_document,
          [this](const topology::RowsFact& rows) { m_document.addProof(rows); });
  showLook(dialog);
}

void MainWindow::askWhetherItCanStop() {
  const auto around = m_document.surroundings();
  if (!around)
    return;
  auto* dialog = new StopDialog(m_controller, *around, theme(), this);
  // What no server uses any more is what people mean.
  for (const auto& database : around->snapshot->databases)
    if (around->snapshot->serversOn(database.id).empty())
      dialog->choose(database.id);
  showLook(dialog);
}

} // namespace whichbase::ui
