// Paints one cell of the matrix: a mark and a word for what leads there, and below it who is connected.
#pragma once

#include "style/theme.h"

#include <QStyledItemDelegate>

namespace whichbase::ui {

class MatrixCellDelegate : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void setTheme(const Theme& theme) { m_theme = theme; }
  // What is selected in the whole window; -1: nothing.
  void setSelected(int row, int column) {
    m_row = row;
    m_column = column;
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
  Theme m_theme = Theme::light();
  int m_row = -1, m_column = -1;
};

// ● reached, ○ configured only, ◌ by address only, ? not sure: in a square of any size.
void paintMatrixMark(QPainter& painter, const QRectF& square, int mark, const QColor& color, const Theme& theme);

} // namespace whichbase::ui
