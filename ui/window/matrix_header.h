// The headers of the matrix: databases with their badges, and servers, in up to two lines; what is too long keeps both
// ends.
#pragma once

#include "style/theme.h"

#include <QHeaderView>
#include <QPixmap>

namespace whichbase::ui {

class MatrixHeader : public QHeaderView {
public:
  MatrixHeader(Qt::Orientation orientation, QWidget* parent);
  void setTheme(const Theme& theme);
  void setSelected(int section); // -1: none

  // At which every name stands whole in two lines.
  int wantedWidth() const;

protected:
  void paintSection(QPainter* painter, const QRect& rect, int section) const override;

private:
  QPixmap chipOf(int section) const;

  Theme m_theme = Theme::light();
  int m_selected = -1;
};

} // namespace whichbase::ui
