// The thread behind a preview of pages: lays a report out and draws the pages that are wished for, the newest wishes
// first.
#pragma once

#include "document/report.h"
#include "paper/laid_out.h"

#include <QImage>
#include <QSizeF>
#include <QString>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

class QObject;

namespace whichbase::ui {

class Mailbox;

struct PageWish {
  int page = 0;
  double pixels = 1; // of a point
};
struct DrawnPage {
  QImage image;
  double asked = 0; // pixels of a point
};

QImage toQImage(paper::PageImage image); // without copying the pixels

class PageWorkshop : public std::enable_shared_from_this<PageWorkshop> {
public:
  // Both are called on the receiver's thread, and not any more for a report that another took the place of.
  struct Delivery {
    std::function<void(std::vector<QSizeF> sizes, const QString& problem)> sizes; // points
    std::function<void(int page, const DrawnPage& drawn)> page;
  };
  static std::shared_ptr<PageWorkshop> open(QObject* receiver, Delivery delivery);
  void close(); // by the receiver's destructor; waits for nothing

  void show(std::shared_ptr<const document::Report> report, paper::Format format); // null: nothing
  void wish(std::vector<PageWish> pages);                                          // in place of earlier wishes

private:
  struct Order {
    std::shared_ptr<const document::Report> report;
    paper::Format format = paper::Format::a4;
  };
  void startIfIdle(const std::unique_lock<std::mutex>& locked);
  void work();
  bool workOnce();
  void layOut(const Order& order, quint64 generation);
  void draw(const PageWish& wish, quint64 generation);
  void post(quint64 generation, std::function<void()> what);

  std::shared_ptr<Mailbox> m_mailbox;
  Delivery m_delivery;
  std::mutex m_mutex; // of all below
  std::optional<Order> m_order;
  std::vector<PageWish> m_wishes;
  quint64 m_generation = 0; // of the report
  bool m_working = false, m_closed = false;
  std::optional<paper::LaidOut> m_laidOut; // the working thread's alone
};

} // namespace whichbase::ui
