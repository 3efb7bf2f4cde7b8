#include "diagram/diagram_scene.h"
#include "diagram/diagram_view.h"
#include "diagram/legend.h"
#include "diagram/spoken_diagram.h"
#include "support/sample_snapshots.h"

#include <QAccessible>
#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace whichbase::ui {
namespace {

layout::DiagramPair incident(double width = 520) {
  return layout::layOut(samples::incident(), {.width = width});
}

class Shown : public testing::Test {
protected:
  void SetUp() override {
    view.setAnimated(false);
    view.resize(520, 520);
    view.setDiagram(incident().before);
    view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
  }
  NodeItem* node(const char* key) const { return view.diagramScene()->node(key); }
  QPoint centerOf(const char* key) const {
    const NodeItem* item = node(key);
    return view.mapFromScene(item->mapToScene(item->boundingRect().center()));
  }
  Emphasis emphasisOf(const char* key) const { return node(key)->state().emphasis; }

  DiagramView view;
};

TEST_F(Shown, KeepsTheItemsThatSurviveAnUpdate) {
  DiagramScene* scene = view.diagramScene();
  const std::vector<std::string> keys = {"db:A", "db:B", "server:Production Backend", "server:Dashboard"};
  std::vector<const NodeItem*> before;
  for (const auto& key : keys)
    before.push_back(scene->node(key));
  const EdgeItem* edge = scene->edge("link:Production Backend");
  ASSERT_TRUE(edge);
  view.setDiagram(incident().after);
  for (std::size_t i = 0; i < keys.size(); ++i)
    EXPECT_EQ(scene->node(keys[i]), before[i]) << keys[i];
  EXPECT_EQ(scene->edge("link:Production Backend"), edge);
  EXPECT_EQ(edge->path().toKey, "db:B");
  EXPECT_EQ(scene->node("db:A")->box().kind, layout::BoxKind::ghost);
}

TEST_F(Shown, RemovesWhatIsGoneAndAddsWhatIsNew) {
  layout::Diagram diagram = incident().before;
  const auto count = view.diagramScene()->items().size();
  diagram.boxes.pop_back();
  diagram.paths.pop_back();
  view.setDiagram(diagram);
  EXPECT_EQ(view.diagramScene()->items().size(), count - 2);
  view.setDiagram(incident().before);
  EXPECT_EQ(view.diagramScene()->items().size(), count);
}

TEST_F(Shown, MovesTheEdgeOfAMovedServerOnce) {
  view.setAnimated(true);
  DiagramScene* scene = view.diagramScene();
  const layout::Point from = scene->edge("link:Production Backend")->shown().to;
  view.setDiagram(incident().after);
  EXPECT_TRUE(scene->isMoving());
  EXPECT_EQ(scene->edge("link:Production Backend")->shown().to, from);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !scene->isMoving(); }, 3000));
  const EdgeItem* edge = scene->edge("link:Production Backend");
  EXPECT_EQ(edge->shown(), edge->path());
  view.setDiagram(incident().after);
  EXPECT_FALSE(scene->isMoving());
}

TEST_F(Shown, MovesAtOnceWhereAnimationsAreOff) {
  view.setDiagram(incident().after);
  EXPECT_FALSE(view.diagramScene()->isMoving());
  const EdgeItem* edge = view.diagramScene()->edge("link:Production Backend");
  EXPECT_EQ(edge->shown(), edge->path());
}

TEST_F(Shown, SelectsByClick) {
  QSignalSpy spy(&view, &DiagramView::selected);
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, centerOf("server:Dashboard"));
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, centerOf("db:B"));
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(5, 500));
  ASSERT_EQ(spy.size(), 3);
  EXPECT_EQ(spy[0][0].value<Selection>(), (Selection{QStringLiteral("Dashboard"), {}}));
  EXPECT_EQ(spy[1][0].value<Selection>(), (Selection{{}, QStringLiteral("B")}));
  EXPECT_EQ(spy[2][0].value<Selection>(), Selection{});
}

TEST_F(Shown, LiftsTheServersAndEdgesOfASelectedDatabase) {
  view.setSelection({{}, QStringLiteral("B")});
  EXPECT_EQ(emphasisOf("db:B"), Emphasis::selected);
  EXPECT_EQ(emphasisOf("server:Dashboard"), Emphasis::normal);
  EXPECT_EQ(emphasisOf("server:Production Backend"), Emphasis::faded);
  EXPECT_EQ(view.diagramScene()->edge("link:Dashboard")->emphasis(), Emphasis::selected);
  EXPECT_EQ(view.diagramScene()->edge("link:Production Backend")->emphasis(), Emphasis::faded);
  view.setSelection({});
  EXPECT_EQ(emphasisOf("server:Production Backend"), Emphasis::normal);
}

TEST_F(Shown, FadesNothingForADatabaseOfTheOtherSide) {
  view.setSelection({{}, QStringLiteral("Z")});
  EXPECT_EQ(emphasisOf("db:A"), Emphasis::normal);
}

TEST_F(Shown, FadesWhatASearchDoesNotFind) {
  view.setHighlight(QStringLiteral("dashb"));
  EXPECT_EQ(emphasisOf("server:Dashboard"), Emphasis::normal);
  EXPECT_EQ(emphasisOf("server:Staging Backend"), Emphasis::faded);
  view.setHighlight({});
  EXPECT_EQ(emphasisOf("server:Staging Backend"), Emphasis::normal);
}

TEST_F(Shown, WalksWithArrowsAndActivatesWithEnter) {
  QSignalSpy spy(&view, &DiagramView::activated);
  view.clearFocus();
  view.setFocus(Qt::TabFocusReason);
  EXPECT_TRUE(node("db:A")->state().focused);
  QTest::keyClick(&view, Qt::Key_Right);
  EXPECT_TRUE(node("db:B")->state().focused);
  QTest::keyClick(&view, Qt::Key_Down);
  EXPECT_FALSE(node("db:B")->state().focused);
  QTest::keyClick(&view, Qt::Key_Left);
  QTest::keyClick(&view, Qt::Key_Left);
  EXPECT_TRUE(node("server:Production Backend")->state().focused);
  const auto* there = QAccessible::queryAccessibleInterface(&view)->focusChild();
  ASSERT_TRUE(there);
  EXPECT_TRUE(there->text(QAccessible::Name).contains(QStringLiteral("Production Backend, database A")));
  QTest::keyClick(&view, Qt::Key_Return);
  ASSERT_EQ(spy.size(), 1);
  EXPECT_EQ(spy[0][0].value<Selection>().server, QStringLiteral("Production Backend"));
}

TEST_F(Shown, TabVisitsEveryBox) {
  view.clearFocus();
  view.setFocus(Qt::TabFocusReason);
  std::set<std::string> visited;
  for (std::size_t i = 0; i < view.diagramScene()->diagram().boxes.size(); ++i) {
    for (const NodeItem* item : view.diagramScene()->nodesInReadingOrder())
      if (item->state().focused)
        visited.insert(item->box().key);
    QTest::keyClick(&view, Qt::Key_Tab);
  }
  EXPECT_EQ(visited.size(), view.diagramScene()->diagram().boxes.size());
}

TEST_F(Shown, UnfoldsAndFoldsStacks) {
  const layout::Diagram folded = layout::layOut(samples::sixtyServers(), {.width = 1060});
  const auto stack = std::ranges::find(folded.boxes, layout::BoxKind::stack, &layout::Box::kind);
  ASSERT_NE(stack, folded.boxes.end());
  view.resize(1060, 600);
  view.setDiagram(folded);
  QSignalSpy spy(&view, &DiagramView::stackToggled);
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, centerOf(stack->key.c_str()));
  ASSERT_EQ(spy.size(), 1);
  EXPECT_EQ(spy[0][0].toString().toStdString(), stack->key);

  view.setDiagram(layout::layOut(samples::sixtyServers(), {.width = 1060, .unfolded = {stack->key}}));
  view.actualSize();
  const std::string member = "server:" + stack->members.front();
  const NodeItem* item = node(member.c_str());
  ASSERT_TRUE(item);
  const QPoint mark = view.mapFromScene(item->mapToScene(foldMark(item->box()).center()));
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, mark);
  ASSERT_EQ(spy.size(), 2);
  EXPECT_EQ(spy[1][0].toString().toStdString(), stack->key);
}

TEST_F(Shown, FitsUntilTheUserZoomsAndNeverAboveFullSize) {
  view.resize(1400, 1000);
  EXPECT_EQ(view.zoom(), 1);
  view.resize(260, 260);
  EXPECT_LT(view.zoom(), 0.7);
  view.actualSize();
  view.resize(250, 250);
  EXPECT_EQ(view.zoom(), 1);
  view.fit();
  EXPECT_LT(view.zoom(), 0.7);
}

TEST_F(Shown, ZoomsAroundThePointerWithControlAndTheWheel) {
  view.actualSize();
  view.zoomIn();
  view.zoomIn();
  view.centerOn(270, 200); // away from the edges, where there is nothing to scroll to
  const double zoom = view.zoom();
  const QPoint at(300, 200);
  const QPointF under = view.mapToScene(at);
  QTest::mouseMove(view.viewport(), at);
  for (int i = 0; i < 4; ++i) {
    QWheelEvent wheel(at, view.viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &wheel);
  }
  EXPECT_NEAR(view.zoom(), zoom * std::pow(1.2, 4), 1e-6);
  const QPointF now = view.mapToScene(at);
  EXPECT_NEAR(now.x(), under.x(), 3);
  EXPECT_NEAR(now.y(), under.y(), 3);
}

TEST_F(Shown, PansByDraggingEmptyGround) {
  view.actualSize();
  view.resize(300, 200);
  view.zoomIn();
  view.horizontalScrollBar()->setValue(0);
  view.verticalScrollBar()->setValue(100);
  const QPoint empty = view.mapFromScene(QPointF(30, 200));
  ASSERT_FALSE(view.itemAt(empty));
  QSignalSpy spy(&view, &DiagramView::selected);
  QTest::mousePress(view.viewport(), Qt::LeftButton, {}, empty);
  QTest::mouseMove(view.viewport(), empty - QPoint(20, 0));
  QTest::mouseMove(view.viewport(), empty - QPoint(60, 20));
  QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, empty - QPoint(60, 20));
  EXPECT_EQ(view.horizontalScrollBar()->value(), 60);
  EXPECT_EQ(view.verticalScrollBar()->value(), 120);
  EXPECT_EQ(spy.size(), 0);
}

TEST_F(Shown, TellsItsWidthForAnotherLayout) {
  QSignalSpy spy(&view, &DiagramView::widthChanged);
  view.resize(700, 520);
  ASSERT_EQ(spy.size(), 1);
  EXPECT_EQ(spy[0][0].toInt(), 700);
  view.resize(700, 400);
  EXPECT_EQ(spy.size(), 1);
}

TEST_F(Shown, SpeaksTheWholeTopology) {
  const QString text = QAccessible::queryAccessibleInterface(&view)->text(QAccessible::Description);
  EXPECT_TRUE(text.startsWith(QStringLiteral("2 databases, 3 servers."))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("Database A, Local container, 22 users"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("Production Backend PROD writes"))) << text.toStdString();
}

TEST_F(Shown, IsAListOfItsBoxesForAssistivePrograms) {
  QSignalSpy spy(&view, &DiagramView::selected);
  auto* list = QAccessible::queryAccessibleInterface(&view);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->role(), QAccessible::List);
  ASSERT_EQ(list->childCount(), 5);
  for (int i = 0; i < list->childCount(); ++i) {
    auto* box = list->child(i);
    ASSERT_TRUE(box && box->isValid());
    EXPECT_EQ(box->role(), QAccessible::ListItem);
    EXPECT_EQ(list->indexOfChild(box), i);
    EXPECT_EQ(box->parent(), list);
    EXPECT_EQ(list->child(i), box) << "the same object as long as the box is there";
    EXPECT_EQ(list->childAt(box->rect().center().x(), box->rect().center().y()), box);
  }
  EXPECT_TRUE(list->child(0)->text(QAccessible::Name).startsWith(QStringLiteral("Local container, database A")));
  auto* server = list->child(2);
  EXPECT_TRUE(server->text(QAccessible::Name).startsWith(QStringLiteral("Production Backend, database A")));
  server->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
  ASSERT_EQ(spy.size(), 1);
  EXPECT_EQ(spy[0][0].value<Selection>().server, QStringLiteral("Production Backend"));
  view.setDiagram({});
  EXPECT_EQ(list->childCount(), 0);
  EXPECT_FALSE(server->isValid()) << "what is gone says so, whoever still holds it";
}

TEST(Spoken, NamesWhatWasNotReached) {
  const QString text = spoken(layout::layOut(samples::allUnreachable(), {}));
  EXPECT_TRUE(text.contains(QStringLiteral("Not reached: "))) << text.toStdString();
}

TEST(Legend, ShowsOnlyWhatOccurs) {
  LegendWidget legend;
  EXPECT_EQ(legend.heightForWidth(400), 0);
  legend.setDiagram(incident().before);
  EXPECT_EQ(legend.accessibleName(),
            QStringLiteral("solid: writes, dashed: reads, same colour and letter = same database"));
  EXPECT_GT(legend.heightForWidth(160), legend.heightForWidth(600));
}

TEST(Nodes, TellLongNamesWholeInTheirTooltips) {
  DiagramView view;
  const layout::Diagram diagram = layout::layOut(samples::longNames(), {.width = 390});
  view.setDiagram(diagram);
  for (const auto& box : diagram.boxes)
    EXPECT_TRUE(view.diagramScene()->node(box.key)->toolTip().contains(QString::fromStdString(box.title)));
}

} // namespace
} // namespace whichbase::ui
