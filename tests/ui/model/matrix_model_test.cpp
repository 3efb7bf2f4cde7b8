#include "model/matrix_model.h"
#include "support/sample_snapshots.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

std::shared_ptr<const topology::Snapshot> shared(topology::Snapshot snapshot) {
  return std::make_shared<const topology::Snapshot>(std::move(snapshot));
}

struct Tested {
  MatrixModel model;
  QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Warning};

  explicit Tested(topology::Snapshot snapshot) { model.setSnapshot(shared(std::move(snapshot))); }
  std::string text(int row, int column, int role = Qt::DisplayRole) const {
    return model.data(model.index(row, column), role).toString().toStdString();
  }
  std::string head(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const {
    return model.headerData(section, orientation, role).toString().toStdString();
  }
};

} // namespace

TEST(MatrixModel, HasServersBesideDatabasesAndOtherSessionsLast) {
  const Tested tested(samples::routes());
  EXPECT_EQ(tested.model.rowCount(), 6);
  EXPECT_EQ(tested.model.columnCount(), 2);
  EXPECT_EQ(tested.head(0, Qt::Vertical), "Production Backend");
  EXPECT_EQ(tested.head(5, Qt::Vertical), "Other sessions");
  EXPECT_EQ(tested.head(0, Qt::Horizontal), "Production");
  EXPECT_EQ(tested.head(1, Qt::Horizontal, Qt::AccessibleTextRole), "B Staging");
  EXPECT_EQ(tested.text(5, 0), "1 session");
  EXPECT_EQ(tested.text(5, 1), "");
}

TEST(MatrixModel, SaysInACellWhatIsConfiguredReachedAndConnected) {
  const Tested tested(samples::routes());
  EXPECT_EQ(tested.text(0, 0), "configured, reached, 5 sessions");
  EXPECT_EQ(tested.text(0, 0, MatrixModel::leadRole), "reached");
  EXPECT_EQ(tested.text(0, 0, MatrixModel::connectedRole), "5 sessions");
  EXPECT_EQ(tested.model.data(tested.model.index(0, 0), MatrixModel::markRole).toInt(), MatrixModel::reachedMark);
  EXPECT_EQ(tested.model.data(tested.model.index(0, 1), MatrixModel::markRole).toInt(), MatrixModel::sameAddressMark);
}

TEST(MatrixModel, MarksSessionsWhereTheServerIsNotConfigured) {
  const Tested tested(samples::routes());
  EXPECT_TRUE(tested.model.data(tested.model.index(2, 1), MatrixModel::elsewhereRole).toBool());
  EXPECT_FALSE(tested.model.data(tested.model.index(2, 0), MatrixModel::elsewhereRole).toBool());
  EXPECT_EQ(tested.text(2, 1, Qt::AccessibleTextRole),
            "Report Worker on B Staging: 2 sessions, but configured for another");
}

TEST(MatrixModel, TellsConfigurationRouteAndReasonInTheTooltip) {
  const Tested tested(samples::routes());
  EXPECT_EQ(tested.text(2, 0, Qt::ToolTipRole),
            "Report Worker is configured for postgres:5432/app, read from DATABASE_URL in worker/.env, looked at "
            "through docker exec -i worker nc %h %p. On A Production: configured, reached, no session seen.");
  EXPECT_NE(tested.head(4, Qt::Vertical, Qt::ToolTipRole).find("Not reached, route: ssh mail: Permission denied"),
            std::string::npos);
}

TEST(MatrixModel, AnUnknownIsNeverAnEmptyCell) {
  const Tested tested(samples::incident().after);
  EXPECT_EQ(tested.text(0, 0), "sessions unknown");
  EXPECT_EQ(tested.text(0, 0, MatrixModel::connectedRole), "? sessions");
  EXPECT_NE(tested.text(0, 0, Qt::ToolTipRole).find("the database was not reached in this sweep"), std::string::npos);
}

TEST(MatrixModel, AnUnprovenIdentityIsNotMarkedAsReached) {
  const Tested tested(samples::unknownIdentity());
  const int column = tested.model.columnOf(QStringLiteral("?1"));
  ASSERT_GE(column, 0);
  EXPECT_EQ(tested.model.data(tested.model.index(2, column), MatrixModel::markRole).toInt(), MatrixModel::unsureMark);
}

TEST(MatrixModel, SelectsTheServerOfARowAndTheDatabaseOfOtherSessions) {
  const Tested tested(samples::routes());
  EXPECT_EQ(tested.model.selectionOf(tested.model.index(1, 0)), (Selection{QStringLiteral("Staging Backend"), {}}));
  EXPECT_EQ(tested.model.selectionOf(tested.model.index(5, 1)), (Selection{{}, QStringLiteral("B")}));
  EXPECT_EQ(tested.model.rowOf(QStringLiteral("Mailer")), 4);
  EXPECT_EQ(tested.model.columnOf(QStringLiteral("B")), 1);
  EXPECT_EQ(tested.model.rowOf(QStringLiteral("nobody")), -1);
  EXPECT_EQ(tested.model.homeOf(1), 1) << "Staging Backend is configured for B";
  EXPECT_EQ(tested.model.homeOf(4), 0) << "Mailer for none";
}

TEST(MatrixModel, ALiveUpdateThatChangesNothingDoesNotReset) {
  Tested tested(samples::routes());
  const QSignalSpy resets(&tested.model, &QAbstractItemModel::modelReset);
  auto later = samples::routes();
  later.finishedAt += std::chrono::seconds(30);
  tested.model.setSnapshot(shared(later));
  EXPECT_EQ(resets.count(), 0);
  later.databases[0].clients.value->groups[0].sessions = 6;
  tested.model.setSnapshot(shared(later));
  EXPECT_EQ(resets.count(), 1);
  EXPECT_EQ(tested.text(0, 0), "configured, reached, 6 sessions");
}

TEST(MatrixModel, IsEmptyWithoutASide) {
  Tested tested(samples::routes());
  tested.model.setSnapshot(nullptr);
  EXPECT_EQ(tested.model.rowCount(), 0);
  EXPECT_EQ(tested.model.columnCount(), 0);
}

} // namespace whichbase::ui
