#include "model/findings_model.h"
#include "support/sample_snapshots.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

View incidentView() {
  return makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                  std::make_shared<const topology::Snapshot>(samples::incidentAfter()));
}

int rowsOf(const FindingsModel& model, FindingsModel::Kind kind) {
  int rows = 0;
  for (int row = 0; row < model.rowCount(); ++row)
    rows += model.data(model.index(row), FindingsModel::kindRole).toInt() == kind ? 1 : 0;
  return rows;
}

} // namespace

TEST(FindingsModel, HasTwoGroupsWithTheirCountsInTheHeadings) {
  FindingsModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Warning);
  const auto view = incidentView();
  model.setView(view);
  EXPECT_EQ(rowsOf(model, FindingsModel::open), static_cast<int>(openFindings(view).size()));
  EXPECT_EQ(rowsOf(model, FindingsModel::fixed), static_cast<int>(fixedFindings(view).size()));
  EXPECT_EQ(model.data(model.index(0), Qt::DisplayRole).toString().toStdString(),
            "Open now · " + std::to_string(openFindings(view).size()));
  EXPECT_GT(rowsOf(model, FindingsModel::fixed), 0);
}

TEST(FindingsModel, PutsErrorsFirst) {
  FindingsModel model;
  model.setView(makeView(nullptr, std::make_shared<const topology::Snapshot>(samples::incidentBefore())));
  int last = static_cast<int>(topology::Severity::error);
  for (int row = 0; row < model.rowCount(); ++row) {
    const auto index = model.index(row);
    if (model.data(index, FindingsModel::kindRole).toInt() != FindingsModel::open)
      continue;
    const int severity = model.data(index, FindingsModel::severityRole).toInt();
    EXPECT_LE(severity, last);
    last = severity;
  }
}

TEST(FindingsModel, SelectsWhatAFindingIsAbout) {
  FindingsModel model;
  const auto view = incidentView();
  model.setView(view);
  for (int row = 0; row < model.rowCount(); ++row) {
    const auto index = model.index(row);
    const auto selection = model.selectionOf(index);
    if (!selection.server.isEmpty()) {
      EXPECT_TRUE(view.after->server(selection.server.toStdString()));
    }
    if (model.data(index, FindingsModel::codeRole).toString() == QStringLiteral("left-behind")) {
      EXPECT_EQ(selection.database, QStringLiteral("A"));
    }
  }
}

TEST(FindingsModel, CopiesTitleTextAndRemedy) {
  FindingsModel model;
  const auto view = incidentView();
  model.setView(view);
  const auto& first = openFindings(view).front();
  const QString all = model.copyAllText();
  for (const auto& part : {first.title, first.text, first.remedy})
    EXPECT_TRUE(all.contains(QString::fromStdString(part))) << part;
}

TEST(FindingsModel, StaysAsItIsWhenALiveUpdateFindsTheSame) {
  FindingsModel model;
  model.setView(incidentView());
  int resets = 0;
  QObject::connect(&model, &QAbstractItemModel::modelReset, [&resets] { ++resets; });
  model.setView(incidentView());
  EXPECT_EQ(resets, 0);
}

TEST(FindingsModel, SaysSoWhereThereIsNothingToMend) {
  auto snapshot = samples::oneServer();
  snapshot.findings.clear();
  FindingsModel model;
  model.setView(makeView(nullptr, std::make_shared<const topology::Snapshot>(snapshot)));
  ASSERT_EQ(model.rowCount(), 2);
  EXPECT_FALSE(model.data(model.index(1), Qt::DisplayRole).toString().isEmpty());
  EXPECT_FALSE(model.flags(model.index(1)) & Qt::ItemIsSelectable);
}

} // namespace whichbase::ui
