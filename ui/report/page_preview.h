// A report's pages one below the other, as they are printed and saved as PDF. They are laid out and drawn on a thread
// behind: only those that are looked at, and one beside them.
#pragma once

#include "document/report.h"
#include "paper/paper.h"
#include "report/page_workshop.h"

#include <QAbstractScrollArea>
#include <QHash>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <memory>
#include <vector>

namespace whichbase::ui {

class PagePreview : public QAbstractScrollArea {
  Q_OBJECT
public:
  explicit PagePreview(QWidget* parent = nullptr);
  ~PagePreview() override;

  // In place of what it shows; the place in it is kept, and what is shown stays until the new pages are laid out.
  // Null: nothing.
  void show(std::shared_ptr<const document::Report> report, paper::Format format);
  using QAbstractScrollArea::show;

  // Every page fills the width (the default), or has its own size times `zoom`, 0.25 to 4.
  void setZoomToWidth();
  void setZoom(double zoom);
  void zoomBy(double factor); // from what is shown now
  bool zoomsToWidth() const { return m_toWidth; }
  double zoom() const;

  int pages() const { return static_cast<int>(m_sizes.size()); }
  int currentPage() const; // from 0: the one in the middle of what is seen
  void goToPage(int page);
  QString problem() const { return m_problem; } // why nothing is shown, in a sentence; empty: no problem
  bool drawing() const;                         // something that is looked at is not drawn yet

Q_SIGNALS:
  void changed(); // pages, what of them is drawn, the current one, zoom or problem

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

private:
  double scaleOf(int page) const;  // device-independent pixels of a point
  double pixelsOf(int page) const; // the screen's pixels of a point
  QRectF rectOf(int page) const;   // in the whole, in device-independent pixels
  std::vector<int> pagesInSight() const;
  bool isDrawn(int page) const;
  void takeSizes(std::vector<QSizeF> sizes, const QString& problem);
  void takePage(int page, const DrawnPage& drawn);
  void layPagesOut();
  void notePlace();
  void wish();

  std::shared_ptr<PageWorkshop> m_workshop;
  std::vector<QSizeF> m_sizes; // points
  QSizeF m_whole;
  QHash<int, DrawnPage> m_drawn;
  QString m_problem;
  double m_zoom = 1;
  bool m_toWidth = true;
  bool m_laidOut = true;
  int m_current = 0;   // the page in the middle,
  double m_within = 0; // and where on it the middle is, 0 to 1
};

} // namespace whichbase::ui
