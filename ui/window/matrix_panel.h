// The tab of the matrix: what each server is configured for, what was reached, and where its sessions really are; of
// one side at a time, and in words what is known of the selected cell.
#pragma once

#include "model/view.h"
#include "window/matrix_table.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTabBar;

namespace whichbase::ui {

class MatrixPanel : public QWidget {
  Q_OBJECT
public:
  explicit MatrixPanel(QWidget* parent = nullptr);
  void setView(const View& view);
  void setSelection(const Selection& selection);
  void setTheme(const Theme& theme);

Q_SIGNALS:
  void selected(const whichbase::ui::Selection& selection);
  void copied(const QString& what);

private:
  void showSide();
  void describe(const QString& text);
  void copy();

  View m_view;
  Selection m_selection;
  QTabBar* m_sides; // Before and After, where there are both
  MatrixTable* m_table;
  QLabel* m_words;
  QPushButton* m_copy;
};

} // namespace whichbase::ui
