#include "tab_way.h"

#include <QAccessible>
#include <QApplication>
#include <QPixmap>
#include <QTest>

#include <algorithm>

namespace whichbase::test {
namespace {

constexpr std::size_t mostStops = 150;

// What a screen reader would say: in a diagram the box that has the keyboard, not the diagram.
QAccessibleInterface* heardOf(QWidget* widget) {
  auto* heard = QAccessible::queryAccessibleInterface(widget);
  auto* inside = heard ? heard->focusChild() : nullptr;
  return inside && inside->isValid() && !inside->object() ? inside : heard;
}

TabStop stopAt(QWidget* widget) {
  auto* heard = heardOf(widget);
  const QString name = heard ? heard->text(QAccessible::Name) : QString();
  const std::string kind = widget->metaObject()->className();
  const QRect rect = heard && !heard->object() ? heard->rect() : QRect(widget->mapToGlobal(QPoint()), widget->size());
  return {widget, kind + " \"" + name.toStdString() + "\"", rect, false};
}

QImage pictureOf(QWidget& window, const QRect& place) {
  return window.grab(QRect(window.mapFromGlobal(place.topLeft()), place.size()).adjusted(-5, -5, 5, 5)).toImage();
}

// For who reads from left to right and from top to bottom, pane by pane.
bool goesBack(const QRect& from, const QRect& to) {
  const bool above = to.bottom() <= from.top() && to.left() < from.right();
  const bool leftInRow = to.right() <= from.left() && to.top() < from.bottom() && from.top() < to.bottom();
  return above || leftInRow;
}

} // namespace

std::vector<TabStop> tabWay(QWidget& window) {
  std::vector<TabStop> way;
  if (auto* first = QApplication::focusWidget())
    QTest::keyClick(first, Qt::Key_Tab); // the keyboard may have been put where Tab does not go
  while (way.size() < mostStops) {
    auto* widget = QApplication::focusWidget();
    if (!widget || widget->window() != &window)
      break;
    TabStop here = stopAt(widget);
    const bool again = !way.empty() && here.widget == way.front().widget && here.name == way.front().name;
    if (again)
      break;
    const QImage with = pictureOf(window, here.rect);
    QTest::keyClick(widget, Qt::Key_Tab);
    QCoreApplication::processEvents();
    here.isSeen = with != pictureOf(window, here.rect);
    way.push_back(here);
  }
  return way;
}

std::vector<std::string> problemsOf(const std::vector<TabStop>& way) {
  std::vector<std::string> problems;
  if (way.size() >= mostStops)
    problems.push_back("Tab never comes back to the first stop");
  int back = 0;
  for (std::size_t i = 0; i < way.size(); ++i) {
    const auto& here = way[i];
    if (here.name.ends_with("\"\""))
      problems.push_back(here.name + " has no name");
    if (!here.isSeen)
      problems.push_back(here.name + " looks the same with the keyboard and without");
    for (std::size_t k = 0; k < i; ++k)
      if (way[k].widget == here.widget && way[k].name == here.name)
        problems.push_back(here.name + " is visited twice");
    // Whoever begins in the middle comes by the beginning once.
    if (i > 0 && goesBack(way[i - 1].rect, here.rect) && ++back > 1)
      problems.push_back("from " + way[i - 1].name + " back to " + here.name);
  }
  return problems;
}

} // namespace whichbase::test
