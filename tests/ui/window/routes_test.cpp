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
