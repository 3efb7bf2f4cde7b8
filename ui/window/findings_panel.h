// The tab of findings: open now, and fixed since before; each with its sign, and with what to do.
#pragma once

#include "model/findings_model.h"
#include "style/theme.h"

#include <QWidget>

class QListView;
class QPushButton;

namespace whichbase::ui {

class FindingDelegate;

class FindingsPanel : public QWidget {
  Q_OBJECT
public:
  explicit FindingsPanel(QWidget* parent = nullptr);

  void setView(const View& view);
  void setTheme(const Theme& theme);
  // Marks the findings about it; does nothing when one of them is current already.
  void setSelection(const Selection& selection);

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);
  void copied(const QString& what);

private:
  void copyCurrent();
  void copyAll();

  FindingsModel* m_model;
  QListView* m_list;
  FindingDelegate* m_delegate;
  QPushButton* m_copyAll;
};

} // namespace whichbase::ui
