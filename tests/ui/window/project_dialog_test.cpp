#include "support/odd_ports.h"
#include "window/connections_panel.h"
#include "window/project_dialog.h"
#include "window/server_form.h"
#include "window_under_test.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

template <class T>
T* withText(const QWidget& widget, const QString& beginning) {
  for (auto* child : widget.findChildren<T*>())
    if (child->text().startsWith(beginning))
      return child;
  return nullptr;
}

constexpr const char* envText =
    "PORT=80\nDATABASE_URL=postgresql://ops@example.org:hunter2@203.0.113.196:5432/TovPlay\n"
    "STAGING_DATABASE_URL=postgresql://staging:hunter3@203.0.113.196:5432/TovPlay\n";

} // namespace

TEST(ProjectDialog, FindsTheServersOfAnEnvTextAndKeepsPasswordsOutOfTheProject) {
  ui::ProjectDialog dialog({}, {}, nullptr);
  dialog.paste(QString::fromLatin1(envText));
  dialog.accept();
  ASSERT_EQ(dialog.result(), QDialog::Accepted);
  ASSERT_EQ(dialog.project().servers.size(), 2U);
  const auto toml = project::toToml(dialog.project());
  EXPECT_EQ(toml.find("hunter"), std::string::npos) << toml;
  EXPECT_EQ(dialog.secrets().size(), 2U);
}

TEST(ProjectDialog, WritesPasswordsOnlyWhereOneSaysSo) {
  ui::ProjectDialog dialog({}, {}, nullptr);
  dialog.paste(QString::fromLatin1(envText));
  withText<QCheckBox>(dialog, QStringLiteral("Write the passwords"))->click();
  dialog.accept();
  const auto toml = project::toToml(dialog.project());
  EXPECT_NE(toml.find("hunter2"), std::string::npos);
  EXPECT_NE(toml.find("hunter3"), std::string::npos);
}

TEST(ProjectDialog, TakesAPasswordOutOfAStringThatWasTypedByHand) {
  ui::ServerForm form;
  project::Server server;
  server.name = "Dashboard";
  form.setServer(server);
  QLineEdit* url = nullptr;
  for (auto* field : form.findChildren<QLineEdit*>())
    if (field->accessibleName() == QStringLiteral("Connection now"))
      url = field;
  ASSERT_NE(url, nullptr);
  url->setText(QStringLiteral("postgresql://u:hunter2@db.example.org/x"));
  Q_EMIT url->editingFinished();
  EXPECT_EQ(url->text(), QStringLiteral("postgresql://u:${DASHBOARD_PASSWORD}@db.example.org/x"));
  EXPECT_EQ(form.secrets().at("DASHBOARD_PASSWORD"), "hunter2");
}

TEST(ProjectDialog, RefusesTwoServersOfOneNameAndSaysSo) {
  project::Project project;
  for (int i = 0; i < 2; ++i)
    project.servers.emplace_back().name = "Twice";
  ui::ProjectDialog dialog(project, {}, nullptr);
  dialog.accept();
  EXPECT_NE(dialog.result(), QDialog::Accepted);
}

TEST(ProjectDialog, TestsAConnectionWithoutBlockingAndTellsTheStage) {
  const test::OddPort http("HTTP/1.1 400 Bad Request\r\n\r\n");
  project::Project project;
  auto& server = project.servers.emplace_back();
  server.name = "Dashboard";
  server.present = project::ConnectionSpec{"postgresql://u@127.0.0.1:" + std::to_string(http.port()) + "/x", "direct"};
  ui::ProjectDialog dialog(project, {}, nullptr);
  dialog.show();
  for (auto* button : dialog.findChildren<QPushButton*>())
    if (button->text() == QStringLiteral("Test connection") && button->isEnabled())
      button->click(); // of the side that has a connection
  ASSERT_NE(withText<QLabel>(dialog, QStringLiteral("Connecting")), nullptr);
  EXPECT_TRUE(
      QTest::qWaitFor([&] { return withText<QLabel>(dialog, QStringLiteral("✕ Not reached")) != nullptr; }, 15000));
}

TEST(CopySafeUrl, HasThePasswordWhereItIsKnownAndIsKeptOutOfClipboardHistories) {
  const test::WindowUnderTest test;
  project::Project project;
  auto& server = project.servers.emplace_back();
  server.name = "Dashboard";
  server.present =
      project::ConnectionSpec{"postgresql://ops@example.org:${DASHBOARD_PASSWORD}@db.example.org:5432/x", {}};
  test.document().adopt(project, {}, {{"DASHBOARD_PASSWORD", "hun/ter"}});
  auto* panel = test.window->findChild<ui::ConnectionsPanel*>();
  Q_EMIT panel->copyRequested({QStringLiteral("Dashboard"), topology::Side::after, true});
  EXPECT_EQ(QApplication::clipboard()->text(),
            QStringLiteral("postgresql://ops%40example.org:hun%2Fter@db.example.org:5432/x"));
  EXPECT_TRUE(QApplication::clipboard()->mimeData()->hasFormat(QStringLiteral("x-kde-passwordManagerHint")));
  Q_EMIT panel->copyRequested({QStringLiteral("Dashboard"), topology::Side::after, false});
  EXPECT_FALSE(QApplication::clipboard()->text().contains(QStringLiteral("hun/ter")));
}

TEST(CopySafeUrl, StaysMaskedWhereThePasswordIsNotKnown) {
  const test::WindowUnderTest test;
  project::Project project;
  auto& server = project.servers.emplace_back();
  server.name = "Dashboard";
  server.present = project::ConnectionSpec{"postgresql://u:${WHICHBASE_TEST_ABSENT}@db.example.org/x", {}};
  test.document().adopt(project, {}, {});
  Q_EMIT test.window->findChild<ui::ConnectionsPanel*>()->copyRequested(
      {QStringLiteral("Dashboard"), topology::Side::after, true});
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("postgresql://u:***@db.example.org/x"));
}

} // namespace whichbase
