// The tab of the matrix: what each server is configured for, what was reached, and where its sessions really are; one
// table a side, one below the other, and in words what is known of the selected cell.
#pragma once

#include "model/view.h"
#include "window/matrix_table.h"

#include <QWidget>

class QLabel;
class QPushButton;

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

protected:
  void resizeEvent(QResizeEvent* event) override;

private:
  struct Side {
    QLabel* name;
    MatrixTable* table;
  };
  Side makeSide(const QString& name);
  void shareHeight();
  void describe(const QString& text);
  void copy();

  View m_view;
  Side m_before, m_after;
  QLabel* m_words;
  QPushButton* m_copy;
};

} // namespace whichbase::ui
