#include "report/page_preview.h"

#include "report/page_workshop.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace whichbase::ui {

namespace {

constexpr double gap = 16;               // between pages and around them, in device-independent pixels
constexpr double screenDots = 96.0 / 72; // device-independent pixels of a point at a page's own size
constexpr double leastZoom = 0.25, mostZoom = 4;
constexpr int beside = 1; // pages that are drawn before somebody scrolls there

} // namespace

PagePreview::PagePreview(QWidget* parent) : QAbstractScrollArea(parent) {
  m_workshop = PageWorkshop::open(
      this, {[this](std::vector<QSizeF> sizes, const QString& problem) { takeSizes(std::move(sizes), problem); },
             [this](int page, const DrawnPage& drawn) { takePage(page, drawn); }});
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  verticalScrollBar()->setSingleStep(40);
  horizontalScrollBar()->setSingleStep(40);
  setAccessibleName(tr("Preview of the pages"));
}

PagePreview::~PagePreview() {
  m_workshop->close();
}

void PagePreview::show(std::shared_ptr<const document::Report> report, paper::Format format) {
  m_problem.clear();
  m_laidOut = report == nullptr;
  if (!report)
    takeSizes({}, {});
  m_workshop->show(std::move(report), format);
  viewport()->update();
}

void PagePreview::setZoomToWidth() {
  m_toWidth = true;
  layPagesOut();
}

void PagePreview::setZoom(double zoom) {
  m_toWidth = false;
  m_zoom = std::clamp(zoom, leastZoom, mostZoom);
  layPagesOut();
}

void PagePreview::zoomBy(double factor) {
  setZoom(zoom() * factor);
}

double PagePreview::zoom() const {
  if (!m_toWidth || m_sizes.empty())
    return m_zoom;
  return scaleOf(std::min(currentPage(), pages() - 1)) / screenDots;
}

double PagePreview::scaleOf(int page) const {
  const double width = m_sizes[static_cast<std::size_t>(page)].width();
  return m_toWidth ? std::max(40.0, viewport()->width() - 2 * gap) / width : m_zoom * screenDots;
}

QRectF PagePreview::rectOf(int page) const {
  double y = gap;
  for (int i = 0; i < page; ++i)
    y += std::round(m_sizes[static_cast<std::size_t>(i)].height() * scaleOf(i)) + gap;
  const QSizeF size = m_sizes[static_cast<std::size_t>(page)] * scaleOf(page);
  const double width = std::max<double>(m_whole.width(), viewport()->width());
  return {std::round((width - size.width()) / 2), y, std::round(size.width()), std::round(size.height())};
}

void PagePreview::layPagesOut() {
  const int page = m_sizes.empty() ? 0 : std::min(m_current, pages() - 1);
  const double within = m_within;
  double width = 0, height = gap;
  for (int i = 0; i < pages(); ++i) {
    const QSizeF size = m_sizes[static_cast<std::size_t>(i)] * scaleOf(i);
    width = std::max(width, size.width() + 2 * gap);
    height += std::round(size.height()) + gap;
  }
  m_whole = QSizeF(width, m_sizes.empty() ? 0 : height);
  horizontalScrollBar()->setPageStep(viewport()->width());
  verticalScrollBar()->setPageStep(viewport()->height());
  horizontalScrollBar()->setRange(0, std::max(0, qRound(m_whole.width()) - viewport()->width()));
  verticalScrollBar()->setRange(0, std::max(0, qRound(m_whole.height()) - viewport()->height()));
  if (!m_sizes.empty()) { // what was in the middle stays there
    const QRectF rect = rectOf(page);
    verticalScrollBar()->setValue(qRound(rect.top() + within * rect.height() - viewport()->height() / 2.0));
  }
  notePlace();
  wish();
  viewport()->update();
  Q_EMIT changed();
}

// The page in the middle and where on it, to come back to when sizes change.
void PagePreview::notePlace() {
  const double middle = verticalScrollBar()->value() + viewport()->height() / 2.0;
  m_current = 0;
  m_within = 0;
  for (int i = 0; i < pages(); ++i) {
    const QRectF rect = rectOf(i);
    if (rect.top() > middle && i > 0)
      break;
    m_current = i;
    m_within = std::clamp((middle - rect.top()) / std::max(1.0, rect.height()), 0.0, 1.0);
  }
  setAccessibleDescription(m_sizes.empty() ? m_problem : tr("Page %1 of %2").arg(m_current + 1).arg(pages()));
}

int PagePreview::currentPage() const {
  return m_current;
}

void PagePreview::goToPage(int page) {
  if (page >= 0 && page < pages())
    verticalScrollBar()->setValue(qRound(rectOf(page).top() - gap));
}

std::vector<int> PagePreview::pagesInSight() const {
  std::vector<int> inSight;
  const double top = verticalScrollBar()->value(), bottom = top + viewport()->height();
  for (int i = 0; i < pages(); ++i) {
    const QRectF rect = rectOf(i);
    if (rect.bottom() >= top && rect.top() <= bottom)
      inSight.push_back(i);
  }
  return inSight;
}

bool PagePreview::drawing() const {
  const auto inSight = pagesInSight();
  return !m_laidOut || std::ranges::any_of(inSight, [&](int page) { return !isDrawn(page); });
}

double PagePreview::pixelsOf(int page) const { // of a point
  return scaleOf(page) * devicePixelRatioF();
}

bool PagePreview::isDrawn(int page) const {
  const auto known = m_drawn.find(page);
  return known != m_drawn.end() && std::abs(known->asked - pixelsOf(page)) < 1e-6;
}

void PagePreview::wish() {
  const auto inSight = pagesInSight();
  std::vector<PageWish> wishes;
  const auto add = [&](int page) {
    if (page >= 0 && page < pages() && !isDrawn(page))
      wishes.push_back({page, pixelsOf(page)});
  };
  std::ranges::for_each(inSight, add);
  if (!inSight.empty()) {
    const int first = inSight.front() - beside, last = inSight.back() + beside;
    add(last);
    add(first);
    m_drawn.removeIf([&](const auto& each) { return each.key() < first || each.key() > last; });
  }
  m_workshop->wish(std::move(wishes));
}

void PagePreview::takeSizes(std::vector<QSizeF> sizes, const QString& problem) {
  m_laidOut = true;
  m_sizes = std::move(sizes);
  m_problem = problem;
  for (DrawnPage& drawn : m_drawn) // shown until it is drawn anew
    drawn.asked = 0;
  layPagesOut();
}

void PagePreview::takePage(int page, const DrawnPage& drawn) {
  if (page >= pages())
    return;
  m_drawn.insert(page, drawn);
  viewport()->update();
  Q_EMIT changed();
}

void PagePreview::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), palette().color(QPalette::Window));
  painter.setPen(palette().color(QPalette::PlaceholderText));
  if (m_sizes.empty()) {
    const QString text = !m_problem.isEmpty() ? m_problem : m_laidOut ? QString() : tr("Laying out the pages…");
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, text);
    return;
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const QPointF offset(horizontalScrollBar()->value(), verticalScrollBar()->value());
  for (const int page : pagesInSight()) {
    const QRectF rect = rectOf(page).translated(-offset);
    painter.fillRect(rect, Qt::white);
    if (const auto drawn = m_drawn.constFind(page); drawn != m_drawn.constEnd())
      painter.drawImage(rect, drawn->image);
    else
      painter.drawText(rect, Qt::AlignCenter, tr("Page %1").arg(page + 1));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5));
    painter.setPen(palette().color(QPalette::PlaceholderText));
  }
}

void PagePreview::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  layPagesOut();
}

void PagePreview::scrollContentsBy(int, int) {
  notePlace();
  wish();
  viewport()->update();
  Q_EMIT changed();
}

void PagePreview::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::ZoomIn))
    zoomBy(1.25);
  else if (event->matches(QKeySequence::ZoomOut))
    zoomBy(0.8);
  else if (event->key() == Qt::Key_0 && event->modifiers() == Qt::ControlModifier)
    setZoomToWidth();
  else if (event->key() == Qt::Key_Home)
    goToPage(0);
  else if (event->key() == Qt::Key_End)
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
  else
    QAbstractScrollArea::keyPressEvent(event);
}

void PagePreview::wheelEvent(QWheelEvent* event) {
  if (!(event->modifiers() & Qt::ControlModifier)) {
    QAbstractScrollArea::wheelEvent(event);
    return;
  }
  zoomBy(std::pow(1.25, event->angleDelta().y() / 120.0));
  event->accept();
}

} // namespace whichbase::ui
