#include "window/details_panel.h"

#include "model/details_text.h"

#include <QScrollBar>

namespace whichbase::ui {

DetailsPanel::DetailsPanel(QWidget* parent) : QTextBrowser(parent) {
  setOpenLinks(false);
  setFrameShape(QFrame::NoFrame);
  setProperty("quiet", true);
  setFont(textFont(12.5));
  setAccessibleName(tr("Details"));
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
}

void DetailsPanel::setView(const View& view) {
  m_view = view;
  refresh();
}

void DetailsPanel::setSelection(const Selection& selection) {
  if (selection == m_selection)
    return;
  m_selection = selection;
  refresh();
  verticalScrollBar()->setValue(0);
}

void DetailsPanel::setTheme(const Theme& theme) {
  m_theme = theme;
  refresh();
}

void DetailsPanel::refresh() {
  const QString html = detailsHtml(m_view, m_selection, m_theme);
  if (html == m_html)
    return;
  m_html = html;
  const int place = verticalScrollBar()->value();
  setHtml(html);
  verticalScrollBar()->setValue(place);
}

} // namespace whichbase::ui
