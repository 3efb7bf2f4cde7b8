// The incident full screen, page by page, for a projector.
#include "present/presentation.h"
#include "window/main_window.h"

#include <QAction>
#include <QToolBar>

namespace whichbase::ui {

void MainWindow::addPresentButton(QToolBar* bar) {
  m_presentationAction->setIconText(tr("Present F5")); // of the button alone
  bar->addAction(m_presentationAction);
}

void MainWindow::refreshPresentation() {
  const bool any = !m_document.view().empty();
  m_presentationAction->setEnabled(any);
  m_presentationAction->setToolTip(any ? tr("Shows it full screen, page by page, on a projector (F5)")
                                       : tr("There is nothing to show yet: probe first."));
}

void MainWindow::startPresentation() {
  m_controller.run([view = m_document.view(), overview = m_document.replay().overview(),
                    looks = theme().environments](const std::stop_token&) { return slidesOf(view, overview, looks); },
                   [this](Slides slides) {
                     if (m_presentation || slides.pages.empty())
                       return;
                     m_presentation = new Presentation(std::move(slides), theme(), this);
                     m_presentation->setAttribute(Qt::WA_DeleteOnClose);
                     m_presentation->begin(*this);
                   });
}

} // namespace whichbase::ui
