// The tab of connections: before and after of each server, masked, the difference marked, each to be copied.
#pragma once

#include "diagram/diagram_view.h"
#include "model/connection_rows.h"

#include <QTextBrowser>

namespace whichbase::ui {

class ConnectionsPanel : public QTextBrowser {
  Q_OBJECT
public:
  explicit ConnectionsPanel(QWidget* parent = nullptr);
  void setRows(std::vector<ConnectionRow> rows, bool hasBefore);
  void setSelection(const Selection& selection);
  void setTheme(const Theme& theme);

Q_SIGNALS:
  void copyRequested(const whichbase::ui::CopyRequest& request);
  void forgetRequested(const QString& server, topology::Side side); // the password that the keychain keeps for it

private:
  void refresh();

  std::vector<ConnectionRow> m_rows;
  bool m_hasBefore = false;
  QString m_server;
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
