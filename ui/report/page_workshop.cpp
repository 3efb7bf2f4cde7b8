#include "report/page_workshop.h"

#include "mailbox.h"

#include <utility>

namespace whichbase::ui {

QImage toQImage(paper::PageImage image) {
  auto* pixels = new std::vector<std::uint32_t>(std::move(image.pixels));
  return QImage(
      reinterpret_cast<const uchar*>(pixels->data()), image.width, image.height, image.width * 4, QImage::Format_RGB32,
      [](void* owned) { delete static_cast<std::vector<std::uint32_t>*>(owned); }, pixels);
}

std::shared_ptr<PageWorkshop> PageWorkshop::open(QObject* receiver, Delivery delivery) {
  auto workshop = std::make_shared<PageWorkshop>();
  workshop->m_mailbox = std::make_shared<Mailbox>(receiver);
  workshop->m_delivery = std::move(delivery);
  return workshop;
}

void PageWorkshop::close() {
  m_mailbox->close();
  const std::unique_lock lock(m_mutex);
  m_closed = true;
  m_order.reset();
  m_wishes.clear();
}

void PageWorkshop::show(std::shared_ptr<const document::Report> report, paper::Format format) {
  const std::unique_lock lock(m_mutex);
  ++m_generation;
  m_wishes.clear();
  m_order.reset();
  if (!report)
    return;
  m_order = Order{std::move(report), format};
  startIfIdle(lock);
}

void PageWorkshop::wish(std::vector<PageWish> pages) {
  const std::unique_lock lock(m_mutex);
  m_wishes = std::move(pages);
  if (!m_wishes.empty())
    startIfIdle(lock);
}

void PageWorkshop::startIfIdle(const std::unique_lock<std::mutex>&) {
  if (m_working || m_closed)
    return;
  m_working = true;
  launchThread([self = shared_from_this()] { self->work(); });
}

void PageWorkshop::work() {
  while (workOnce()) {
  }
}

bool PageWorkshop::workOnce() {
  std::unique_lock lock(m_mutex);
  const quint64 generation = m_generation;
  if (m_order) {
    const Order order = *std::exchange(m_order, std::nullopt);
    lock.unlock();
    layOut(order, generation);
    return true;
  }
  if (m_wishes.empty()) {
    m_working = false;
    return false;
  }
  const PageWish next = m_wishes.front();
  m_wishes.erase(m_wishes.begin());
  lock.unlock();
  draw(next, generation);
  return true;
}

void PageWorkshop::layOut(const Order& order, quint64 generation) {
  auto laidOut = paper::LaidOut::of(*order.report, order.format);
  m_laidOut.reset();
  std::vector<QSizeF> sizes;
  QString problem;
  if (laidOut) {
    for (int page = 0; page < laidOut->pages(); ++page)
      sizes.emplace_back(laidOut->size(page).width, laidOut->size(page).height);
    m_laidOut.emplace(std::move(*laidOut));
  } else {
    problem = QString::fromStdString(laidOut.error().text);
  }
  post(generation, [this, sizes = std::move(sizes), problem] { m_delivery.sizes(sizes, problem); });
}

void PageWorkshop::draw(const PageWish& wish, quint64 generation) {
  if (!m_laidOut || wish.page >= m_laidOut->pages())
    return;
  auto image = m_laidOut->image(wish.page, wish.pixels * 72 / 96);
  if (!image) {
    post(generation, [this, problem = QString::fromStdString(image.error().text)] { m_delivery.sizes({}, problem); });
    return;
  }
  DrawnPage drawn{toQImage(std::move(*image)), wish.pixels};
  post(generation, [this, page = wish.page, drawn = std::move(drawn)] { m_delivery.page(page, drawn); });
}

void PageWorkshop::post(quint64 generation, std::function<void()> what) {
  m_mailbox->post([self = shared_from_this(), generation, what = std::move(what)] {
    {
      const std::unique_lock lock(self->m_mutex);
      if (self->m_closed || self->m_generation != generation)
        return;
    }
    what();
  });
}

} // namespace whichbase::ui
