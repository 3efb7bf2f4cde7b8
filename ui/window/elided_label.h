// A line of text that ends in "…" where there is no room for all of it; text() stays whole.
#pragma once

#include <QLabel>

namespace whichbase::ui {

class ElidedLabel : public QLabel {
  Q_OBJECT
public:
  using QLabel::QLabel;
  QSize minimumSizeHint() const override { return {0, QLabel::minimumSizeHint().height()}; }

protected:
  void paintEvent(QPaintEvent* event) override;
};

} // namespace whichbase::ui
