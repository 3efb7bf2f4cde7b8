// What goes beyond a sweep, on somebody's wish: the menu Verify.
#include "window/main_window.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

namespace whichbase::ui {

void MainWindow::makeVerifyMenu() {
  m_verifyMenu = menuBar()->addMenu(tr("&Verify"));
  m_verifyMenu->setToolTipsVisible(true);
  refreshVerifyActions();
}

void MainWindow::refreshVerifyActions() {
  m_verifyMenu->menuAction()->setVisible(!m_verifyMenu->isEmpty());
}

} // namespace whichbase::ui
