// A project of one server on a real cluster, with a history beside its file, open in a window.
#pragma once

#include "demo/throwaway_cluster.h"
#include "history/history.h"
#include "window_under_test.h"

#include <QFile>

#include <gtest/gtest.h>

namespace whichbase::test {

inline std::filesystem::path pathOf(const QString& file) {
  return QFile::encodeName(file).toStdString();
}

// A cluster with three users, and a project of one server on it that is open in a window.
struct Watched {
  std::unique_ptr<demo::ThrowawayCluster> cluster;
  WindowUnderTest test;
  QString file = test.folder.filePath(QStringLiteral("shop.whichbase.toml"));
  QString history = test.folder.filePath(QStringLiteral("shop.whichbase"));

  Watched() {
    auto made = demo::ThrowawayCluster::create({});
    EXPECT_TRUE(made) << made.error().text;
    cluster = std::move(*made);
    sql("CREATE TABLE public.users (id bigserial PRIMARY KEY)");
    insert(3);
    project::Project project;
    project.title = "Shop";
    auto& server = project.servers.emplace_back();
    server.name = "Dashboard";
    server.present = project::ConnectionSpec{cluster->url("postgres"), "direct"};
    test.document().adopt(project, file, {});
  }
  // Ends the window; the project stays in its file.
  void closeWindow() {
    EXPECT_TRUE(WindowUnderTest::wait([&] { return QFile::exists(file); }, 20000));
    test.window.reset();
  }
  void sql(const std::string& text) const {
    const auto done = cluster->sql("postgres", text);
    ASSERT_TRUE(done) << done.error().text;
  }
  void insert(int rows) const {
    sql("INSERT INTO public.users SELECT FROM generate_series(1, " + std::to_string(rows) + ")");
  }
  std::int64_t shown() const { return usersOf(test.document().view().after.get()); }
  bool waitFor(std::int64_t users) const {
    return WindowUnderTest::wait([&] { return shown() == users; }, 60000);
  }
  std::int64_t recorded() const {
    const auto opened = history::History::open(pathOf(history), history::History::Mode::read);
    if (!opened)
      return -1;
    const auto state = (*opened)->at(topology::now());
    return state && *state ? usersOf((*state)->after.get()) : -1;
  }
  static std::int64_t usersOf(const topology::Snapshot* snapshot) {
    if (!snapshot || snapshot->databases.empty() || !snapshot->databases.front().users)
      return -1;
    return snapshot->databases.front().users.value->count.value.value_or(-1);
  }
};

} // namespace whichbase::test
