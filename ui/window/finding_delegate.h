// Paints one finding: sign, bold title, what it is, what to do; wrapped to the list's width.
#pragma once

#include "style/theme.h"

#include <QStyledItemDelegate>

namespace whichbase::ui {

class FindingDelegate : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void setTheme(const Theme& theme) { m_theme = theme; }
  // Of the list's viewport: what the texts are wrapped to.
  void setWidth(int pixels) { m_width = pixels; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
  // Lays the texts out below each other from `top`; paints where there is a painter. Returns the bottom.
  double texts(QPainter* painter, double top, double width, const QModelIndex& index) const;

  Theme m_theme = Theme::light();
  int m_width = 280;
};

} // namespace whichbase::ui
