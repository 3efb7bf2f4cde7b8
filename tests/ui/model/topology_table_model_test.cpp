#include "model/topology_table_model.h"
#include "support/sample_snapshots.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

std::string cell(const TopologyTableModel& model, int row, TopologyTableModel::Column column) {
  return model.data(model.index(row, column), Qt::DisplayRole).toString().toStdString();
}

} // namespace

TEST(TopologyTable, SaysWhereEachServerWasAndIs) {
  TopologyTableModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Warning);
  model.setView(makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                         std::make_shared<const topology::Snapshot>(samples::incidentAfter())));
  ASSERT_EQ(model.rowCount(), 3);
  EXPECT_EQ(cell(model, 0, TopologyTableModel::serverColumn), "Production Backend");
  EXPECT_EQ(cell(model, 0, TopologyTableModel::beforeColumn), "A  Local container");
  EXPECT_EQ(cell(model, 0, TopologyTableModel::nowColumn), "B  External");
  EXPECT_EQ(cell(model, 0, TopologyTableModel::usersColumn), "22");
  EXPECT_EQ(model.rowOf(QStringLiteral("Dashboard")), 1);
  EXPECT_EQ(model.selectionOf(model.index(1, 0)).server, QStringLiteral("Dashboard"));
}

TEST(TopologyTable, NamesStageAndReasonOfWhatWasNotReached) {
  TopologyTableModel model;
  model.setView(makeView(nullptr, std::make_shared<const topology::Snapshot>(samples::allUnreachable())));
  for (int row = 0; row < model.rowCount(); ++row) {
    EXPECT_TRUE(cell(model, row, TopologyTableModel::nowColumn).starts_with("not reached, "));
    EXPECT_EQ(cell(model, row, TopologyTableModel::usersColumn), "?") << "unknown is never 0";
  }
}

TEST(TopologyTable, NeverGivesALetterToAnUnknownIdentity) {
  TopologyTableModel model;
  const auto snapshot = samples::unknownIdentity();
  model.setView(makeView(nullptr, std::make_shared<const topology::Snapshot>(snapshot)));
  int unknown = 0;
  for (int row = 0; row < model.rowCount(); ++row)
    unknown += cell(model, row, TopologyTableModel::nowColumn).starts_with("? ") ? 1 : 0;
  EXPECT_EQ(unknown, 1);
}

} // namespace whichbase::ui
