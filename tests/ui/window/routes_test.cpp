// Servers that ssh reaches, with a real sshd and real PostgreSQL clusters.
#include "demo/throwaway_cluster.h"
#include "process/child_process.h"
#include "support/sshd.h"
#include "window/found_servers.h"
#include "window/ssh_dialog.h"
#include "window/welcome_page.h"
#include "window_under_test.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

QPushButton* visibleButton(const QWidget& widget, const QString& beginning) {
  for (auto* button : widget.findChildren<QPushButton*>())
    if (button->isVisible() && button->text().startsWith(beginning))
      return button;
  return nullptr;
}

QString allTexts(const QWidget& widget) {
  QStringList texts;
  for (const auto* label : widget.findChildren<QLabel*>())
    texts << label->text();
  return texts.join(QLatin1Char('\n'));
}

} // namespace

TEST(AddFromSsh, LeadsFromAnEmptyWindowToAVerdictInThirtySeconds) {
  std::string problem;
  const auto sshd = test::Sshd::start({}, problem);
  if (!sshd)
    GTEST_SKIP() << problem;
  const auto cluster = demo::ThrowawayCluster::create({});
  ASSERT_TRUE(cluster) << cluster.error().text;
  // What runs there: two programs with the same database configured.
  std::vector<std::unique_ptr<process::ChildProcess>> programs;
  for (const auto* program : {"/bin/sleep", "/usr/bin/tail"}) {
    process::Command command{program, {}};
    command.arguments = std::string(program).ends_with("sleep") ? std::vector<std::string>{"600"}
                                                                : std::vector<std::string>{"-f", "/dev/null"};
    command.environment["WHICHBASE_TEST_DATABASE_URL"] = (*cluster)->url("postgres");
    auto child = process::ChildProcess::start(command, {});
    ASSERT_TRUE(child) << child.error();
    programs.push_back(std::move(*child));
  }
  const test::WindowUnderTest test;
  QElapsedTimer clock;
  clock.start();
  QLineEdit* host = nullptr;
  for (auto* field : test.window->welcome().findChildren<QLineEdit*>())
    if (field->accessibleName().startsWith(QStringLiteral("Host")))
      host = field;
  ASSERT_NE(host, nullptr);
  host->setText(QString::fromStdString(sshd->words()));
  QTest::keyClick(host, Qt::Key_Return);
  auto* dialog = test.window->findChild<ui::SshDialog*>();
  ASSERT_NE(dialog, nullptr);
  auto* found = dialog->findChild<ui::FoundServers*>();
  ASSERT_TRUE(test.wait([&] { return found->topLevelItemCount() > 0; }, 30000)) << allTexts(*dialog).toStdString();
  EXPECT_FALSE(allTexts(*dialog).contains(QString::fromStdString((*cluster)->password())));
  for (int row = 0; row < found->topLevelItemCount(); ++row) {
    auto* item = found->topLevelItem(row);
    EXPECT_FALSE(item->text(1).contains(QString::fromStdString((*cluster)->password())));
    const bool ours = item->text(2).contains(QStringLiteral("WHICHBASE_TEST_DATABASE_URL"));
    item->setCheckState(0, ours ? Qt::Checked : Qt::Unchecked);
  }
  ASSERT_EQ(found->ticked().size(), 2U);
  auto* add = visibleButton(*dialog, QStringLiteral("Add and probe"));
  ASSERT_NE(add, nullptr);
  add->click();
  ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }, 30000))
      << test.window->messages().text().toStdString();
  const auto& after = *test.document().view().after;
  ASSERT_EQ(after.servers.size(), 2U);
  for (const auto& server : after.servers) {
    EXPECT_TRUE(server.reached()) << server.failure->text;
    EXPECT_TRUE(server.route.starts_with("ssh ")) << server.route;
    EXPECT_FALSE(server.connection.origin.empty());
  }
  EXPECT_EQ(after.verdict.kind, topology::VerdictKind::singleSource) << after.verdict.text;
  EXPECT_LT(clock.elapsed(), 30000);
  EXPECT_LE(sshd->logins(), 2) << "one login for looking and for all probes";
}

TEST(AddFromSsh, SaysWhatIsWrongAndOffersTheLoginWhereTheHostIsNotKnown) {
  std::string problem;
  const auto sshd = test::Sshd::start({}, problem);
  if (!sshd)
    GTEST_SKIP() << problem;
  sshd->forgetHostKey();
  const test::WindowUnderTest test;
  ui::SshDialog dialog(QString::fromStdString(sshd->words()), false, test.window.get());
  dialog.setAttribute(Qt::WA_DeleteOnClose, false);
  dialog.show();
  ASSERT_TRUE(test.wait([&] { return visibleButton(dialog, QStringLiteral("Log in")) != nullptr; }, 30000))
      << allTexts(dialog).toStdString();
  EXPECT_EQ(visibleButton(dialog, QStringLiteral("Add and probe"))->isEnabled(), false);
}

TEST(AddFromSsh, RefusesWhatIsNoHostAtOnce) {
  const test::WindowUnderTest test;
  ui::SshDialog dialog({}, false, test.window.get());
  dialog.setAttribute(Qt::WA_DeleteOnClose, false);
  dialog.show();
  dialog.findChild<QLineEdit*>()->setText(QStringLiteral("-oProxyCommand=touch"));
  QTest::keyClick(dialog.findChild<QLineEdit*>(), Qt::Key_Return);
  EXPECT_TRUE(dialog.isVisible());
  EXPECT_NE(visibleButton(dialog, QStringLiteral("Look")), nullptr) << "nothing runs";
  EXPECT_EQ(visibleButton(dialog, QStringLiteral("Stop")), nullptr);
}

TEST(Login, IsOfferedByNameWhereAProbeNeedsIt) {
  std::string problem;
  const auto sshd = test::Sshd::start({}, problem);
  if (!sshd)
    GTEST_SKIP() << problem;
  sshd->forgetHostKey();
  const test::WindowUnderTest test;
  project::Project project;
  for (const auto* name : {"Production Backend", "Dashboard"}) {
    auto& server = project.servers.emplace_back();
    server.name = name;
    server.present = project::ConnectionSpec{"postgresql://u@localhost:1/x", sshd->via()};
  }
  test.document().adopt(project, {}, {});
  test.document().probe();
  const QString topic = QStringLiteral("login-0");
  ASSERT_TRUE(test.wait([&] { return !test.window->messages().text(topic).isEmpty(); }, 30000));
  EXPECT_TRUE(test.window->messages().text(topic).startsWith(QStringLiteral("Production Backend, Dashboard")));
  EXPECT_NE(visibleButton(test.window->messages(), QStringLiteral("Log in")), nullptr);
  EXPECT_NE(visibleButton(test.window->messages(), QStringLiteral("Probe again")), nullptr);
}

TEST(Closing, EndsTheSshConnectionsOfTheWindowWithoutWaiting) {
  std::string problem;
  const auto sshd = test::Sshd::start({}, problem);
  if (!sshd)
    GTEST_SKIP() << problem;
  test::WindowUnderTest test;
  project::Project project;
  auto& server = project.servers.emplace_back();
  server.name = "Dashboard";
  server.present = project::ConnectionSpec{"postgresql://u@localhost:1/x", sshd->via()};
  test.document().adopt(project, {}, {});
  test.document().probe();
  ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }, 30000));
  EXPECT_EQ(sshd->logins(), 1);
  test.document().probe();
  ASSERT_TRUE(test.wait([&] { return !test.document().view().stale.isEmpty() || sshd->logins() >= 1; }, 30000));
  QElapsedTimer clock;
  clock.start();
  test.window.reset();
  EXPECT_LT(clock.elapsed(), 500);
  EXPECT_TRUE(test.wait([] { return ui::ProbeController::routesEnding() == 0; }, 15000));
  EXPECT_EQ(sshd->logins(), 1) << "the master lives from sweep to sweep";
}

} // namespace whichbase
