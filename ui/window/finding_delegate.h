// Paints one finding: sign, bold title, what it is, what to do; wrapped to the list's width.
#pragma once

#include "style/theme.h"

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

namespace whichbase::ui {

class FindingDelegate : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void setTheme(const Theme& theme) { m_theme = theme; }
  // Of the list's viewport: what the texts are wrapped to.
  void setWidth(int pixels) { m_width = pixels; }
  // Where not everything fits, only the current finding stands with all of its text.
  void setCompact(bool compact) { m_compact = compact; }
  bool compact() const { return m_compact; }
  void setCurrent(const QModelIndex& index) { m_current = index; }
  int fullHeight(const QModelIndex& index) const;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
  // Lays the texts out below each other from `top`; paints where there is a painter. Returns the bottom.
  double texts(QPainter* painter, double top, double width, const QModelIndex& index, bool whole) const;
  double environments(QPainter* painter, double top, double width, const QStringList& names) const;
  bool isWhole(const QModelIndex& index) const { return !m_compact || m_current == index; }

  Theme m_theme = Theme::light();
  int m_width = 280;
  bool m_compact = false;
  QPersistentModelIndex m_current;
};

} // namespace whichbase::ui
