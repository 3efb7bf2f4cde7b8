// A password is asked for, kept, found again by another run of the window, and forgotten.
#include "../window/window_under_test.h"
#include "demo/throwaway_cluster.h"
#include "keyring_session.h"
#include "window/connections_panel.h"
#include "window/secrets_dialog.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

project::Project projectOn(const demo::ThrowawayCluster& cluster) {
  project::Project project;
  for (const auto* name : {"Production Backend", "Dashboard"}) {
    auto& server = project.servers.emplace_back();
    server.name = name;
    server.present = project::ConnectionSpec{
        "postgresql://postgres@127.0.0.1:" + std::to_string(cluster.port()) + "/postgres", "direct"};
  }
  return project;
}

bool probed(const test::WindowUnderTest& test) {
  const auto before = test.document().view().after;
  test.document().probe();
  return test.wait([&] { return test.document().view().after && test.document().view().after != before; }, 30000);
}

bool reachedAll(const test::WindowUnderTest& test) {
  return std::ranges::all_of(test.document().view().after->servers, &topology::Server::reached);
}

} // namespace

TEST(Passwords, AreAskedForOnceATargetKeptFoundAndForgotten) {
  if (!test::keyringSession().problem().empty())
    GTEST_SKIP() << test::keyringSession().problem();
  const auto cluster = demo::ThrowawayCluster::create({});
  ASSERT_TRUE(cluster) << cluster.error().text;
  const QString topic = QStringLiteral("passwords");
  {
    const test::WindowUnderTest test;
    test.document().adopt(projectOn(**cluster), {}, {});
    ASSERT_TRUE(probed(test));
    ASSERT_FALSE(reachedAll(test));
    ASSERT_TRUE(test.wait([&] { return !test.window->messages().text(topic).isEmpty(); }));
    for (auto* button : test.window->messages().findChildren<QPushButton*>())
      if (button->text().startsWith(QStringLiteral("Type")))
        button->click();
    auto* dialog = test.window->findChild<ui::SecretsDialog*>();
    ASSERT_NE(dialog, nullptr);
    ASSERT_EQ(dialog->findChildren<QLineEdit*>().size(), 1) << "one password for both: one target";
    dialog->findChild<QLineEdit*>()->setText(QString::fromStdString((*cluster)->password()));
    dialog->findChild<QCheckBox*>()->click();
    dialog->accept();
    ASSERT_TRUE(test.wait([&] { return test.document().view().after && reachedAll(test); }, 30000));
    EXPECT_TRUE(test.wait([&] { return test.window->messages().text(topic).isEmpty(); }));
    // The keychain answers while the probe runs.
    test.wait([] { return false; }, 500);
  }
  const test::WindowUnderTest test;
  test.document().adopt(projectOn(**cluster), {}, {});
  ASSERT_TRUE(probed(test));
  ASSERT_TRUE(reachedAll(test)) << test.document().view().after->servers.front().failure->text;
  EXPECT_EQ(test.document().view().after->servers.front().connection.passwordFrom, "the keychain");
  Q_EMIT test.window->findChild<ui::ConnectionsPanel*>()->forgetRequested(QStringLiteral("Dashboard"),
                                                                          topology::Side::after);
  test.wait([] { return false; }, 500);
  test.document().probe();
  EXPECT_TRUE(test.wait([&] { return !test.window->messages().text(topic).isEmpty(); }, 30000));
}

} // namespace whichbase
