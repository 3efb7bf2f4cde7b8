#include "model/left_behind.h"
#include "model/server_lines_model.h"
#include "model/sights_model.h"
#include "model/verification_lines.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

using topology::ServerCheck;
using topology::Sign;
using verify::TestRowStep;

ServerCheck seen(bool confirmed = false) {
  return {"Dashboard", "B", true, true, 4.2, confirmed, {}};
}

ServerCheck notReached() {
  return {"Dashboard", "", false, false, {}, false, "connection refused"};
}

} // namespace

TEST(VerificationLines, TickAsAServerConfirms) {
  const ServerCheck looking{"Dashboard", "B", true, false, {}, false, {}};
  EXPECT_EQ(testRowLine(looking, TestRowStep::waiting).sign, Sign::none);
  EXPECT_EQ(testRowLine(seen(), TestRowStep::waiting).sign, Sign::good);
  EXPECT_EQ(testRowLine(seen(), TestRowStep::waiting).text, QStringLiteral("saw it after 4.2 ms"));
  EXPECT_EQ(testRowLine(seen(), TestRowStep::confirming).sign, Sign::none) << "the deletion is still to be confirmed";
  EXPECT_EQ(testRowLine(seen(true), TestRowStep::confirming).sign, Sign::good);
  EXPECT_EQ(testRowLine(seen(), TestRowStep::done).sign, Sign::warning);
}

TEST(VerificationLines, NeverCallAServerBlindThatWasNotReached) {
  const ServerCheck blind{"Dashboard", "A", true, false, {}, false, {}};
  EXPECT_EQ(testRowLine(blind, TestRowStep::done).sign, Sign::bad);
  EXPECT_EQ(testRowLine(notReached(), TestRowStep::done).sign, Sign::unknown);
  EXPECT_EQ(checkLine(blind, true).sign, Sign::bad);
  EXPECT_EQ(checkLine(notReached(), true).sign, Sign::unknown);
  EXPECT_EQ(checkLine(notReached(), true).text, QStringLiteral("not reached: connection refused"));
}

TEST(VerificationLines, TellWhatASessionMayDo) {
  verify::Ability ability;
  ability.reached = true;
  ability.canWrite = false;
  ability.whyNot = "standby, 3 s behind";
  EXPECT_TRUE(checkLine(seen(), ability).text.contains(QStringLiteral("cannot write: standby, 3 s behind")));
  ability.canWrite.reset();
  EXPECT_TRUE(checkLine(seen(), ability).text.contains(QStringLiteral("not known")));
}

TEST(ServerLines, KeepTheirServerAndItsLastKnownLetter) {
  ServerLinesModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setLines({waitingLine(QStringLiteral("Dashboard"), QStringLiteral("B")),
                  waitingLine(QStringLiteral("Staging"), QStringLiteral("B"))});
  model.setLine(0, checkLine(notReached(), true));
  EXPECT_EQ(model.lines()[0].database, QStringLiteral("B"));
  EXPECT_EQ(model.confirmed(), 0);
  model.setLine(1, checkLine({"Staging", "B", true, true, {}, false, {}}, true));
  EXPECT_EQ(model.confirmed(), 1);
  model.setLine(7, checkLine(notReached(), true)); // of nobody here
  EXPECT_EQ(model.rowCount(), 2);
}

TEST(Sights, AreTheRowsAndTheTimesComeFromTheColumns) {
  verify::CheckResult result;
  result.servers = {"One", "Two"};
  result.abilities.resize(2);
  result.sights = {{verify::Sight::sameDatabase, verify::Sight::sameDatabase},
                   {verify::Sight::notSeen, verify::Sight::sameDatabase}};
  result.reasons.assign(2, std::vector<std::string>(2));
  result.notifyMs = {{std::nullopt, std::nullopt}, {2.5, std::nullopt}};
  SightsModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setResult(result);
  EXPECT_EQ(model.index(0, 1).data().toString(), QStringLiteral("2.5 ms")) << "from Two to One";
  EXPECT_EQ(model.index(1, 0).data().toString(), QString());
  EXPECT_TRUE(model.describe(model.index(1, 0)).startsWith(QStringLiteral("Two does not see the flag of One")));
}

TEST(Sights, AStandbyThatDoesNotSeeAFlagProvesNothingAgainstIt) {
  verify::CheckResult result;
  result.servers = {"Primary", "Standby"};
  result.abilities.resize(2);
  result.abilities[1].inRecovery = true;
  result.sights.assign(2, std::vector(2, verify::Sight::notSeen));
  SightsModel model;
  model.setResult(result);
  EXPECT_EQ(model.index(1, 0).data().toString(), QStringLiteral("standby"));
  EXPECT_TRUE(model.describe(model.index(1, 0)).contains(QStringLiteral("one of them is a standby")));
}

TEST(LeftBehind, IsToldToItsOwnProjectAndToAWindowWithout) {
  std::vector<verify::JournalEntry> all(2);
  all[0].project = "/x/a.whichbase.toml";
  all[0].address = "203.0.113.196:5432/TovPlay";
  all[0].server = "Production Backend";
  all[0].removeSql = "DELETE FROM public.whichbase_canary WHERE token = 't';";
  all[1].project = "/x/b.whichbase.toml";
  EXPECT_EQ(leftBehindOf(all, "/x/a.whichbase.toml", true).size(), 1U);
  EXPECT_EQ(leftBehindOf(all, "", true).size(), 0U) << "a project without a file";
  EXPECT_EQ(leftBehindOf(all, "", false).size(), 2U);
  const auto left = leftBehindOf(all, "/x/a.whichbase.toml", true);
  EXPECT_TRUE(leftBehindText(left, false).contains(QStringLiteral("203.0.113.196:5432/TovPlay")));
  EXPECT_TRUE(whatToRun(left).contains(QStringLiteral("DELETE FROM")));
}

TEST(LeftBehind, ThatCouldNotBeRemovedKeepsWhatToRun) {
  const auto told = removalText({{verify::JournalEntry{}, true, "Removed."}, {verify::JournalEntry{}, false, "Not."}});
  EXPECT_EQ(told.text, QStringLiteral("Removed. Not."));
  EXPECT_EQ(told.left.size(), 1U);
  EXPECT_FALSE(removalText({}).text.isEmpty());
}

} // namespace whichbase::ui
