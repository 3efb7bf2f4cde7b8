// The tab of details: all facts and evidence of what is selected.
#pragma once

#include "diagram/diagram_view.h"
#include "model/view.h"
#include "style/theme.h"

#include <QTextBrowser>

namespace whichbase::ui {

class DetailsPanel : public QTextBrowser {
  Q_OBJECT
public:
  explicit DetailsPanel(QWidget* parent = nullptr);
  void setView(const View& view);
  void setSelection(const Selection& selection);
  void setTheme(const Theme& theme);

private:
  void refresh(); // keeps the place that one reads at

  View m_view;
  Selection m_selection;
  Theme m_theme = Theme::light();
  QString m_html;
};

} // namespace whichbase::ui
