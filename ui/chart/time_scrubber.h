// The slider below a history: its handle is the moment shown, times in UTC stand below it. Its keys are
// timeKeys().
#pragma once

#include "model/time_scale.h"
#include "style/theme.h"

#include <QAbstractSlider>

#include <optional>

namespace whichbase::ui {

class TimeScrubber : public QAbstractSlider {
  Q_OBJECT
public:
  explicit TimeScrubber(QWidget* parent = nullptr);

  void setScale(const TimeScale& scale, bool endIsNow);
  void setCursor(std::optional<topology::UtcTime> at); // nothing: the right end
  void setTheme(const Theme& theme);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

  // The time below that x of the widget, as far as the axis goes; nothing at its right end.
  std::optional<topology::UtcTime> timeAt(double x) const;

Q_SIGNALS:
  void moved(std::optional<topology::UtcTime> at); // nothing: to the right end
  void eventStepRequested(int direction);
  void playToggled();
  void zoomRequested(double factor);
  void menuRequested(topology::UtcTime at, const QPoint& place);

protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void sliderChange(SliderChange change) override;

private:
  double cursorX() const;
  void moveTo(double x);
  void drawTicks(QPainter& painter) const;

  TimeScale m_scale;
  bool m_endIsNow = true;
  bool m_setting = false;
  std::optional<topology::UtcTime> m_cursor;
  Theme m_theme = Theme::light();
};

} // namespace whichbase::ui
