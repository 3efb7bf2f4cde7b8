#include "layout/diagram.h"
#include "model/topology_table_model.h"
#include "support/sample_snapshots.h"
#include "topology/wording.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

#include <array>

namespace whichbase::ui {

namespace {

using Column = TopologyTableModel::Column;

std::string cell(const TopologyTableModel& model, int row, Column column) {
  return model.data(model.index(row, column), Qt::DisplayRole).toString().toStdString();
}

std::shared_ptr<const topology::Snapshot> shared(topology::Snapshot snapshot) {
  return std::make_shared<const topology::Snapshot>(std::move(snapshot));
}

// That the table says, in its own row, every text of the box.
void expectSaid(const TopologyTableModel& model, const layout::Box& box, Column side) {
  const bool isDatabase = box.members.empty();
  const int row = isDatabase ? model.rowOf({{}, QString::fromStdString(box.databaseId)})
                             : model.rowOf({QString::fromStdString(box.members.front()), {}});
  ASSERT_GE(row, 0) << box.key;
  std::string all;
  for (int column = 0; column < TopologyTableModel::columns; ++column)
    all += cell(model, row, static_cast<Column>(column)) + "\n";
  const std::string here = cell(model, row, side);
  const auto says = [&](const std::string& where, const std::string& text) {
    EXPECT_NE(where.find(text), std::string::npos) << box.key << " does not say \"" << text << "\" but\n" << where;
  };
  says(all, box.title);
  says(box.kind == layout::BoxKind::ghost || box.kind == layout::BoxKind::outline ? here : all, box.subtitle);
  says(cell(model, row, Column::roleColumn), box.role);
  EXPECT_EQ(topology::environmentWord(cell(model, row, Column::environmentColumn), 10), box.environment) << box.key;
  says(here, box.moved);
  says(here, box.failure);
  if (!box.usersText.empty())
    says(here, box.usersText + " " + (box.usersText == "1" ? "user" : "users"));
  for (const auto& line : box.lines)
    says(here, line.text);
  if (!isDatabase && box.kind != layout::BoxKind::notReached)
    says(here, box.identityProven ? box.databaseId + "  " : "? ");
}

void expectAllSaid(const TopologyTableModel& model, const layout::Diagram& diagram, Column side) {
  for (const auto& box : diagram.boxes)
    expectSaid(model, box, side);
  for (const auto& path : diagram.paths) // a link leads where the server's row says that it is
    if (const auto& name = path.fromKey; name.starts_with("server:")) {
      const int row = model.rowOf({QString::fromStdString(name.substr(7)), {}});
      ASSERT_GE(row, 0) << path.key;
      const std::string letter = path.databaseId.starts_with('?') ? "? " : path.databaseId + "  ";
      EXPECT_TRUE(cell(model, row, side).starts_with(letter)) << path.key << ": " << cell(model, row, side);
    }
}

} // namespace

TEST(TopologyTable, SaysWhereEachServerWasAndIs) {
  TopologyTableModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Warning);
  model.setView(makeView(shared(samples::incidentBefore()), shared(samples::incidentAfter())));
  ASSERT_EQ(model.rowCount(), 5) << "three servers, two databases";
  EXPECT_EQ(cell(model, 0, Column::nameColumn), "Production Backend");
  EXPECT_EQ(cell(model, 0, Column::beforeColumn), "A  Local container");
  EXPECT_EQ(cell(model, 0, Column::nowColumn), "B  External, was A");
  EXPECT_EQ(cell(model, 0, Column::usersColumn), "22");
  EXPECT_EQ(model.rowOf({QStringLiteral("Dashboard"), {}}), 1);
  EXPECT_EQ(model.selectionOf(model.index(1, 0)).server, QStringLiteral("Dashboard"));
}

TEST(TopologyTable, SaysWhatTheCardsOfDatabasesSay) {
  TopologyTableModel model;
  model.setView(makeView(shared(samples::incidentBefore()), shared(samples::incidentAfter())));
  const int local = model.rowOf({{}, QStringLiteral("A")});
  ASSERT_GE(local, 3);
  EXPECT_EQ(cell(model, local, Column::nameColumn), "Database A: Local container");
  EXPECT_EQ(cell(model, local, Column::beforeColumn), "22 users; 17 tables, 3 protection triggers");
  EXPECT_EQ(cell(model, local, Column::nowColumn), "not in use here; 22 users; last reached 14:20 UTC");
  EXPECT_EQ(model.selectionOf(model.index(local, 0)).database, QStringLiteral("A"));
}

TEST(TopologyTable, SaysAllThatTheDiagramsOfBothSidesSay) {
  TopologyTableModel model;
  const auto view = makeView(shared(samples::incidentBefore()), shared(samples::incidentAfter()));
  model.setView(view);
  const auto diagrams = layout::layOut(*view.comparison, {.stackFrom = 0});
  expectAllSaid(model, diagrams.before, Column::beforeColumn);
  expectAllSaid(model, diagrams.after, Column::nowColumn);
}

TEST(TopologyTable, SaysAllThatTheDiagramOfOneSideSays) {
  for (const auto& snapshot :
       {samples::sixtyServers(), samples::allUnreachable(), samples::unknownIdentity(), samples::longNames(),
        samples::replica(), samples::routes(), samples::twelveServers(), samples::oneServer()}) {
    TopologyTableModel model;
    model.setView(makeView(nullptr, shared(snapshot)));
    expectAllSaid(model, layout::layOut(snapshot, {.stackFrom = 0}), Column::nowColumn);
  }
}

TEST(TopologyTable, SaysAllOfASideOnWhichNoServerHadAConnection) {
  const auto comparison = samples::oneSideEmpty();
  TopologyTableModel model;
  const auto view = makeView(shared(comparison.before), shared(comparison.after));
  model.setView(view);
  const auto diagrams = layout::layOut(*view.comparison, {.stackFrom = 0});
  expectAllSaid(model, diagrams.before, Column::beforeColumn);
  expectAllSaid(model, diagrams.after, Column::nowColumn);
}

TEST(TopologyTable, NamesStageAndReasonOfWhatWasNotReached) {
  TopologyTableModel model;
  model.setView(makeView(nullptr, shared(samples::allUnreachable())));
  for (int row = 0; row < model.rowCount(); ++row) {
    EXPECT_TRUE(cell(model, row, Column::nowColumn).starts_with("not reached, "));
    EXPECT_EQ(cell(model, row, Column::usersColumn), "?") << "unknown is never 0";
  }
}

TEST(TopologyTable, NeverGivesALetterToAnUnknownIdentity) {
  TopologyTableModel model;
  model.setView(makeView(nullptr, shared(samples::unknownIdentity())));
  int unknown = 0;
  for (int row = 0; row < model.rowCount(); ++row)
    unknown += cell(model, row, Column::nowColumn).starts_with("? ") &&
                       !model.selectionOf(model.index(row, 0)).server.isEmpty()
                   ? 1
                   : 0;
  EXPECT_EQ(unknown, 1);
}

} // namespace whichbase::ui
