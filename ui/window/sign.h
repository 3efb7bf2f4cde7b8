// The signs of verdicts and findings, ✓ ✕ ! ?, drawn, so that no font can lack them.
#pragma once

#include "style/theme.h"
#include "topology/snapshot.h"

#include <QWidget>

class QPainter;

namespace whichbase::ui {

enum class Sign { none, good, bad, warning, unknown };

Sign signOf(topology::VerdictKind verdict);
Sign signOf(topology::Severity severity);
QString nameOf(Sign sign); // for screen readers: "good", "bad", …

void paintSign(QPainter& painter, const QRectF& rect, Sign sign, const Theme& theme);

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
