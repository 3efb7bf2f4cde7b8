// Pictures of what the menu Verify opens, made of values.
#include "pictures.h"
#include "support/sample_snapshots.h"
#include "topology/assemble.h"
#include "window/check_dialog.h"
#include "window/test_row_dialog.h"
#include "window/test_row_progress.h"
#include "window_under_test.h"

#include <QLineEdit>
#include <QTableView>
#include <QToolBar>

#include <fmt/format.h>

namespace whichbase {

namespace {

using test::bothSides;
using test::expectNothingCut;
using test::save;

topology::Verification verificationOf(const topology::Snapshot& snapshot, topology::Verification::Means means) {
  topology::Verification verification;
  verification.means = means;
  verification.at = snapshot.finishedAt;
  verification.writer = snapshot.servers.front().name;
  verification.relation = "public.\"User\"";
  double ms = 1.4;
  for (const auto& server : snapshot.servers)
    verification.servers.push_back({server.name,
                                    server.database,
                                    server.reached(),
                                    server.reached(),
                                    ms += 1.2,
                                    means == topology::Verification::Means::testRow,
                                    {}});
  verification.everyoneSees = true;
  return verification;
}

verify::CheckResult checkOf(const topology::Snapshot& snapshot) {
  verify::CheckResult result;
  result.verification = verificationOf(snapshot, topology::Verification::Means::flags);
  const auto servers = snapshot.servers.size();
  for (const auto& server : snapshot.servers)
    result.servers.push_back(server.name);
  result.abilities.resize(servers);
  result.notifyNotes.resize(servers);
  result.sights.assign(servers, std::vector(servers, verify::Sight::sameDatabase));
  result.reasons.assign(servers, std::vector<std::string>(servers));
  result.notifyMs.assign(servers, std::vector<std::optional<double>>(servers));
  for (std::size_t i = 0; i < servers; ++i) {
    result.abilities[i].reached = true;
    result.abilities[i].canWrite = i != 1;
    result.abilities[i].whyNot = i == 1 ? "its role may not INSERT into public.\"User\"" : "";
    for (std::size_t k = 0; k < servers; ++k)
      if (i != k)
        result.notifyMs[i][k] = 0.3 + 0.1 * double(i) + 0.2 * double(k);
  }
  return result;
}

// One that is a standby, one on another database, and one that was not reached.
verify::CheckResult mixedCheckOf(const topology::Snapshot& snapshot) {
  auto result = checkOf(snapshot);
  auto& checks = result.verification.servers;
  result.verification.everyoneSees = false;
  checks[1].saw = false;
  checks[1].note = "on another database of the same instance";
  checks[2].reached = checks[2].saw = false;
  checks[2].note = "no answer within 10 s";
  for (std::size_t i = 0; i < checks.size(); ++i) {
    result.sights[i][1] = result.sights[1][i] = verify::Sight::sameInstance;
    result.sights[i][2] = result.sights[2][i] = verify::Sight::unknown;
    result.reasons[i][2] = result.reasons[2][i] = checks[2].server + " was not reached";
    result.notifyMs[i][2] = result.notifyMs[2][i] = result.notifyMs[i][1] = result.notifyMs[1][i] = std::nullopt;
  }
  result.sights[1][1] = verify::Sight::sameDatabase;
  return result;
}

verify::TestRowPlan ownTablePlan() {
  verify::TestRowPlan plan;
  plan.token = "whichbase-3f9c2a7d";
  plan.writer = "Production Backend";
  plan.database = "B";
  plan.relation = "public.whichbase_canary";
  plan.createSql = "CREATE TABLE public.whichbase_canary (token text PRIMARY KEY)";
  plan.insertSql = "INSERT INTO public.whichbase_canary (token) VALUES ('whichbase-3f9c2a7d')";
  plan.seeSql = "SELECT count(*) FROM public.whichbase_canary WHERE token = 'whichbase-3f9c2a7d'";
  plan.deleteSql = "DELETE FROM public.whichbase_canary WHERE token = 'whichbase-3f9c2a7d'";
  plan.dropSql = "DROP TABLE public.whichbase_canary";
  plan.writesToProduction = true;
  return plan;
}

verify::TestRowPlan usersPlan() {
  auto plan = ownTablePlan();
  plan.place = verify::TestRowPlace::usersTable;
  plan.relation = "public.\"User\"";
  plan.createSql = plan.dropSql = {};
  plan.insertSql = "INSERT INTO public.\"User\" (username, email, discord_id)\nVALUES ('whichbase-3f9c2a7d', "
                   "/* email: text, NOT NULL */, /* discord_id: text, NOT NULL */)";
  plan.seeSql = "SELECT count(*) FROM public.\"User\" WHERE username = 'whichbase-3f9c2a7d'";
  plan.deleteSql = "DELETE FROM public.\"User\" WHERE username = 'whichbase-3f9c2a7d'";
  plan.isComplete = false;
  plan.toFill = {"public.\"User\".email (text, NOT NULL)", "public.\"User\".discord_id (text, NOT NULL)"};
  plan.warnings = {"The trigger welcome_mail on public.\"User\" runs AFTER INSERT: it may send a mail.",
                   "The publication to_warehouse publishes public.\"User\": its subscribers get the row."};
  return plan;
}

} // namespace

class VerifyPictures : public testing::TestWithParam<std::tuple<bool, bool>> {
protected:
  VerifyPictures() : test(options(), small() ? QSize(1024, 700) : QSize(1440, 900)) {
    test.document().openView(bothSides(samples::incidentBefore(), samples::incidentAfter()));
  }
  static bool dark() { return std::get<0>(GetParam()); }
  static bool small() { return std::get<1>(GetParam()); }
  static ui::WindowOptions options() {
    ui::WindowOptions options;
    options.dark = dark();
    return options;
  }
  static ui::Theme theme() { return dark() ? ui::Theme::dark_() : ui::Theme::light(); }
  void take(QWidget& widget, const std::string& name) {
    widget.show();
    test.wait([] { return false; }, 80);
    const std::string ending = std::string(dark() ? "-dark" : "-light") + (small() ? "-1024" : "-1440");
    expectNothingCut(widget, name + ending);
    save(widget, name + ending);
  }
  void takeProgress(ui::TestRowDialog& dialog, const topology::Snapshot& snapshot);

  test::WindowUnderTest test;
  ui::ProbeController controller;
};

TEST_P(VerifyPictures, ThePaneTellsTheProofAndTurnsItGrey) {
  auto after = samples::incidentAfter();
  topology::Proofs proofs;
  proofs.verification = verificationOf(after, topology::Verification::Means::testRow);
  topology::applyProofs(after, proofs);
  test.document().openView(bothSides(samples::incidentBefore(), after));
  take(*test.window, "proof");
  proofs.verification->servers.front().database = "Z";
  topology::applyProofs(after, proofs);
  test.document().openView(bothSides(samples::incidentBefore(), after));
  take(*test.window, "proof-grey");
  const auto* bar = test.window->findChild<QToolBar*>();
  for (auto* action : bar->actions())
    if (action->isVisible()) {
      EXPECT_TRUE(bar->widgetForAction(action)->isVisible()) << action->text().toStdString();
    }
}

TEST_P(VerifyPictures, ACheckWhileItRunsAndItsResult) {
  const auto after = samples::incidentAfter();
  ui::CheckDialog dialog(controller, test.window.get());
  dialog.setTheme(theme());
  dialog.begin(after);
  const auto result = checkOf(after);
  dialog.show({0, true, result.verification.servers[0]});
  dialog.show({1, false, result.verification.servers[1]});
  take(dialog, "check-running");
  dialog.show(result);
  dialog.findChildren<QTableView*>().last()->setCurrentIndex(
      dialog.findChildren<QTableView*>().last()->model()->index(1, 0));
  take(dialog, "check-good");
  dialog.show(mixedCheckOf(after));
  dialog.findChildren<QTableView*>().last()->setCurrentIndex(
      dialog.findChildren<QTableView*>().last()->model()->index(0, 2));
  take(dialog, "check-mixed");
  const auto sixty = samples::sixtyServers();
  dialog.begin(sixty);
  dialog.show(checkOf(sixty));
  take(dialog, "check-60");
  auto longNames = samples::longNames();
  dialog.begin(longNames);
  dialog.show(checkOf(longNames));
  take(dialog, "check-long-names");
}

void VerifyPictures::takeProgress(ui::TestRowDialog& dialog, const topology::Snapshot& snapshot) {
  dialog.progress().begin(snapshot, usersPlan());
  dialog.showPage(ui::TestRowDialog::Page::progress);
  verify::TestRowResult result;
  result.verification = verificationOf(snapshot, topology::Verification::Means::testRow);
  result.inserted = result.deleted = true;
  auto check = result.verification.servers[0];
  check.confirmedDeletion = false;
  dialog.progress().show(verify::TestRowLine{verify::TestRowStep::waiting, 0, check});
  dialog.progress().show(verify::TestRowLine{
      verify::TestRowStep::waiting, 1, {snapshot.servers[1].name, "B", true, false, {}, false, {}}});
  take(dialog, "row-waiting");
  dialog.progress().show(result);
  take(dialog, "row-good");
  result.deleted = result.verification.everyoneSees = false;
  result.verification.servers[1].saw = result.verification.servers[1].confirmedDeletion = false;
  result.verification.servers[2].confirmedDeletion = false;
  result.problems = {"The connection of Production Backend was lost while the row was being deleted."};
  result.leftBehind = "DELETE FROM public.\"User\" WHERE username = 'whichbase-3f9c2a7d';";
  dialog.progress().show(result);
  take(dialog, "row-left");
}

TEST_P(VerifyPictures, ATestRowStepByStep) {
  const auto after = std::make_shared<const topology::Snapshot>(samples::incidentAfter());
  ui::TestRowDialog dialog(controller, {{}, after, {}}, QStringLiteral("TovPlay"), test.window.get());
  dialog.setTheme(theme());
  take(dialog, "row-choice");
  dialog.show(ownTablePlan());
  take(dialog, "row-own-table");
  dialog.show(usersPlan());
  take(dialog, "row-users-table");
  auto refused = usersPlan();
  refused.refusals = {"The trigger protect_users on public.\"User\" forbids DELETE: the row could not be removed.",
                      "The role ops@example.org may not DELETE from public.\"User\"."};
  dialog.show(refused);
  take(dialog, "row-refused");
  takeProgress(dialog, *after);
}

INSTANTIATE_TEST_SUITE_P(LightAndDarkLargeAndSmall, VerifyPictures, testing::Combine(testing::Bool(), testing::Bool()));

} // namespace whichbase
