#include "window/connections_panel.h"

#include <QScrollBar>

namespace whichbase::ui {

ConnectionsPanel::ConnectionsPanel(QWidget* parent) : QTextBrowser(parent) {
  setOpenLinks(false);
  setFrameShape(QFrame::NoFrame);
  setProperty("quiet", true);
  setFont(textFont(12.5));
  setAccessibleName(tr("Connections"));
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
    const QString link = url.toString(QUrl::FullyEncoded);
    const auto request = copyRequestOf(link);
    if (isForgetLink(link))
      Q_EMIT forgetRequested(request.server, request.side);
    else
      Q_EMIT copyRequested(request);
  });
}

void ConnectionsPanel::setRows(std::vector<ConnectionRow> rows, bool hasBefore) {
  if (rows == m_rows && hasBefore == m_hasBefore)
    return;
  m_rows = std::move(rows);
  m_hasBefore = hasBefore;
  refresh();
}

void ConnectionsPanel::setSelection(const Selection& selection) {
  if (selection.server == m_server)
    return;
  m_server = selection.server;
  refresh();
}

void ConnectionsPanel::setTheme(const Theme& theme) {
  m_theme = theme;
  refresh();
}

void ConnectionsPanel::refresh() {
  const int place = verticalScrollBar()->value();
  setHtml(connectionsHtml(m_rows, m_hasBefore, m_server, m_theme));
  verticalScrollBar()->setValue(place);
}

} // namespace whichbase::ui
