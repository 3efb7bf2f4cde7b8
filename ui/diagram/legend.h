// The line below a diagram that says what its strokes and colours mean. Wraps where the pane is narrow.
#pragma once

#include "layout/diagram.h"
#include "style/theme.h"

#include <QWidget>

#include <vector>

namespace whichbase::ui {

class LegendWidget : public QWidget {
  Q_OBJECT
public:
  explicit LegendWidget(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setDiagram(const layout::Diagram& diagram); // shows only what occurs in it

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  struct Entry {
    bool hasStroke = false;
    Qt::PenStyle stroke = Qt::SolidLine;
    QString text;
    bool operator==(const Entry&) const = default;
  };
  // Calls `place(entry, top left, width)` for each; returns the height that all need.
  template <class Place>
  int flow(int width, Place place) const;

  Theme m_theme = Theme::light();
  std::vector<Entry> m_entries;
};

} // namespace whichbase::ui
