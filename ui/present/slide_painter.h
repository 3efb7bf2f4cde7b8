// Paints a page of a presentation, as large as the screen: on 1920 × 1080 pixels no text is smaller than 24.
#pragma once

#include "present/slides.h"
#include "style/theme.h"

#include <QSizeF>

class QPainter;

namespace whichbase::ui {

constexpr double leastSlideText = 24; // pixels on a page of 1920 × 1080

struct SlideLook {
  Theme theme = Theme::light();
  bool hideAddresses = false;
  QString hint; // how to go on, in the foot; empty: none
};

void paintSlide(QPainter& painter, const QSizeF& size, const Slides& slides, std::size_t page, const SlideLook& look);

} // namespace whichbase::ui
