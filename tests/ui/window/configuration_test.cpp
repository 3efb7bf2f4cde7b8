// Configuration that lives in files: read again at every sweep, and kept whole by the window.
#include "demo/throwaway_cluster.h"
#include "report/text.h"
#include "window/project_dialog.h"
#include "window/server_form.h"
#include "window_under_test.h"

#include <QDir>
#include <QFile>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

void write(const QString& file, const std::string& text) {
  QFile out(file);
  ASSERT_TRUE(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
  out.write(QByteArray::fromStdString(text));
}

project::Project envFileProject() {
  project::Project project;
  auto& server = project.servers.emplace_back();
  server.name = "Dashboard";
  server.address = "203.0.113.20";
  server.role = topology::Role::reads;
  server.client = {"203.0.113.20", "app:dash,board"};
  server.present = project::ConnectionSpec{{}, "direct", "env-file backend/.env", "DATABASE_URL"};
  server.present->resolve = "ssh prod getent hosts db";
  server.present->passwordCommand = "pass show db/prod";
  server.before = project::ConnectionSpec{{}, "ssh -p 2222 me@prod", "compose a.yml 'b c.yml' backend"};
  return project;
}

} // namespace

TEST(Configuration, AnEditedEnvFileShowsInTheLiveView) {
  const auto cluster = demo::ThrowawayCluster::create({});
  ASSERT_TRUE(cluster) << cluster.error().text;
  ASSERT_TRUE((*cluster)->sql("postgres", "CREATE DATABASE second"));
  const test::WindowUnderTest test;
  const QString env = test.folder.filePath(QStringLiteral(".env"));
  write(env, "DATABASE_URL=" + (*cluster)->url("postgres") + "\n");
  project::Project project;
  auto& server = project.servers.emplace_back();
  server.name = "Dashboard";
  server.present = project::ConnectionSpec{{}, "direct", "env-file .env"};
  test.document().adopt(project, test.folder.filePath(QStringLiteral("own.whichbase.toml")), {});
  test.document().probe();
  const auto shown = [&]() -> std::string {
    const auto& after = test.document().view().after;
    return after && after->servers.front().reached() ? after->servers.front().connection.dbname : "";
  };
  ASSERT_TRUE(test.wait([&] { return shown() == "postgres"; }, 30000));
  EXPECT_NE(test.document().view().after->servers.front().connection.origin.find(".env"), std::string::npos);
  test.document().setInterval(std::chrono::seconds(1));
  write(env, "DATABASE_URL=" + (*cluster)->url("second") + "\n");
  EXPECT_TRUE(test.wait([&] { return shown() == "second"; }, 30000));
  EXPECT_EQ(report::toText(*test.document().view().after, {}).find((*cluster)->password()), std::string::npos);
}

TEST(Configuration, NothingIsLostWhenAProjectIsEdited) {
  const auto project = envFileProject();
  ui::ProjectDialog dialog(project, {}, nullptr);
  dialog.accept();
  ASSERT_EQ(dialog.result(), QDialog::Accepted);
  EXPECT_EQ(dialog.project(), project);
  ui::ServerForm form;
  form.setServer(project.servers.front());
  EXPECT_EQ(form.server(), project.servers.front());
}

TEST(Configuration, KeepsNamingTheSameFilesWhenTheProjectIsSavedElsewhere) {
  const test::WindowUnderTest test;
  ASSERT_TRUE(QDir(test.folder.path()).mkdir(QStringLiteral("other")));
  test.document().adopt(envFileProject(), test.folder.filePath(QStringLiteral("own.whichbase.toml")), {});
  const QString elsewhere = test.folder.filePath(QStringLiteral("other/own.whichbase.toml"));
  test.document().saveAs(elsewhere);
  ASSERT_TRUE(test.wait([&] { return project::load(elsewhere.toStdString()).has_value(); }));
  const auto saved = project::load(elsewhere.toStdString());
  EXPECT_EQ(saved->servers.front().present->from, "env-file ../backend/.env");
  EXPECT_EQ(saved->servers.front().before->via, "ssh -p 2222 me@prod");
}

TEST(Configuration, AddedServersCanBeTakenAwayAgain) {
  const test::WindowUnderTest test;
  test.document().adopt(envFileProject(), {}, {});
  project::Server added;
  added.name = "Backend";
  added.present = project::ConnectionSpec{"postgresql://u@db.example.org/x", {}};
  test.document().addServers({added}, false);
  EXPECT_EQ(test.document().project()->servers.size(), 2U);
  EXPECT_FALSE(test.document().trusted()) << "what was read from files may be anybody's";
  test.document().undoStack().undo();
  EXPECT_EQ(test.document().project()->servers, envFileProject().servers);
  test.document().undoStack().redo();
  EXPECT_EQ(test.document().project()->servers.back().name, "Backend");
}

} // namespace whichbase
