#include "model/moved_project.h"
#include "model/visible_text.h"

#include <gtest/gtest.h>

namespace whichbase::ui {

namespace {

project::Project projectFrom(const std::string& from) {
  project::Project project;
  project.servers.emplace_back().present = project::ConnectionSpec{{}, {}, from};
  return project;
}

std::string movedFrom(const std::string& from, const char* oldFolder, const char* newFolder) {
  return movedProject(projectFrom(from), oldFolder, newFolder).servers.front().present->from;
}

} // namespace

TEST(MovedProject, KeepsNamingTheSameFileWhenTheProjectMoves) {
  EXPECT_EQ(movedFrom("env-file backend/.env", "/srv/shop", "/home/me"), "env-file ../../srv/shop/backend/.env");
  EXPECT_EQ(movedFrom("compose a.yml b.yml web", "/srv/shop", "/srv/shop/docs"), "compose ../a.yml ../b.yml web");
  EXPECT_EQ(movedFrom("kubernetes k8s/ deployment/web", "/srv/shop", "/srv"), "kubernetes shop/k8s/ deployment/web");
  EXPECT_EQ(movedFrom("env-file .env", "/srv/shop", "/srv/shop"), "env-file .env");
}

TEST(MovedProject, LeavesAloneWhatDependsOnNoFolder) {
  for (const auto* from : {"env-file /etc/shop/.env", "service mydb", "command cat backend/.env", "env-file ~/.env"})
    EXPECT_EQ(movedFrom(from, "/srv/shop", "/home/me"), from);
}

TEST(MovedProject, OfAProjectThatWasNotSavedYetBecomesRelative) {
  EXPECT_EQ(movedFrom("env-file /srv/shop/backend/.env", "", "/srv/shop"), "env-file backend/.env");
}

TEST(MovedProject, IsAbsoluteWhileTheProjectHasNoFile) {
  EXPECT_EQ(movedFrom("env-file backend/.env", "/srv/shop", ""), "env-file /srv/shop/backend/.env");
}

TEST(MovedProject, MovesTheRecordingOfTheBeforeSideToo) {
  project::Project project;
  project.beforeSnapshot = "before.snapshot.json";
  EXPECT_EQ(movedProject(project, "/srv/shop", "/srv").beforeSnapshot, "shop/before.snapshot.json");
}

TEST(VisibleText, ShowsWhatATerminalWouldHide) {
  EXPECT_EQ(visibleText("pass show db"), QStringLiteral("pass show db"));
  EXPECT_EQ(visibleText("a\nb\tc\x1b[2K"), QStringLiteral("a⟨U+000A⟩b⟨U+0009⟩c⟨U+001B⟩[2K"));
  EXPECT_EQ(visibleText("\xe2\x80\xae"
                        "cba"),
            QStringLiteral("⟨U+202E⟩cba"))
      << "turns the direction of writing";
  EXPECT_EQ(visibleText("a\xe2\x80\x8b"
                        "b\xc2\xa0"
                        "c"),
            QStringLiteral("a⟨U+200B⟩b⟨U+00A0⟩c"));
  EXPECT_EQ(visibleText("a\xff"
                        "b"),
            QStringLiteral("a⟨FF⟩b"));
  EXPECT_EQ(visibleText("naïve 日本 😀"), QStringLiteral("naïve 日本 😀"));
}

} // namespace whichbase::ui
