// Which sign a verdict or a finding bears, and a widget that shows one.
#pragma once

#include "style/theme.h"
#include "topology/card_lines.h"
#include "topology/snapshot.h"

#include <QWidget>

namespace whichbase::ui {

using topology::Sign;

Sign signOf(topology::VerdictKind verdict);
Sign signOf(topology::Severity severity);
QString nameOf(Sign sign); // for screen readers: "good", "bad", …

class SignLabel : public QWidget {
public:
  explicit SignLabel(int pixels, QWidget* parent = nullptr);
  void setSign(Sign sign);
  void setTheme(const Theme& theme);
  Sign sign() const { return m_sign; }

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  Sign m_sign = Sign::none;
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
