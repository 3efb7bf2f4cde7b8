// The pane below the diagrams that tells what changed between before and after.
#pragma once

#include "diagram/diagram_view.h"
#include "model/view.h"
#include "style/theme.h"

#include <QFrame>

class QLabel;
class QListWidget;

namespace whichbase::ui {

class ChangesPane : public QFrame {
  Q_OBJECT
public:
  explicit ChangesPane(QWidget* parent = nullptr);
  void setView(const View& view);
  void setTheme(const Theme& theme);

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);

private:
  void refresh();

  std::shared_ptr<const topology::Comparison> m_comparison;
  std::vector<topology::Change> m_shown;
  Theme m_theme = Theme::light();
  QLabel* m_when;
  QListWidget* m_list;
  QLabel* m_empty;
};

} // namespace whichbase::ui
