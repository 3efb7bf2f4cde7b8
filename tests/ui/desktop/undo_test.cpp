// Edits of a project are steps that can be undone, written to its file, and never over what somebody else wrote there.
#include "model/project_change.h"
#include "ui/window/window_under_test.h"

#include <QFile>
#include <QLabel>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

project::Server server(const std::string& name, const std::string& address = {}) {
  project::Server made;
  made.name = name;
  made.address = address;
  made.present = project::ConnectionSpec{"postgresql://ops@203.0.113.196:5432/TovPlay", {}};
  return made;
}

project::Project shop() {
  project::Project project;
  project.title = "Shop";
  project.servers = {server("Production Backend"), server("Dashboard")};
  return project;
}

// A project with a file of its own, open in a window.
struct Edited {
  test::WindowUnderTest test;
  QString file = test.folder.filePath(QStringLiteral("shop.whichbase.toml"));

  Edited() {
    test.document().adopt(shop(), file, {});
    EXPECT_TRUE(onDisk(shop()));
  }
  std::optional<project::Project> read() const {
    const auto there = project::load(file.toStdString());
    return there ? std::optional(*there) : std::nullopt;
  }
  bool onDisk(const project::Project& project) const {
    return test.wait([&] { return read() == project; }, 20000);
  }
  project::Project changed() const {
    auto project = shop();
    project.servers.front().address = "203.0.113.20";
    return project;
  }
  bool told(const QString& words) const {
    return test.wait(
        [&] {
          for (const auto* label : test.window->findChildren<QLabel*>())
            if (label->text().contains(words))
              return true;
          return false;
        },
        20000);
  }
  void writeOutside(const project::Project& project) const { ASSERT_TRUE(project::save(project, file.toStdString())); }
};

} // namespace

TEST(ProjectChange, SaysWhatWasChanged) {
  const auto project = shop();
  auto other = project;
  other.servers.front().address = "203.0.113.20";
  EXPECT_EQ(ui::changeText(project, other), QStringLiteral("change of Production Backend"));
  other.servers.back().address = "203.0.113.21";
  EXPECT_EQ(ui::changeText(project, other), QStringLiteral("change of 2 servers"));
  other = project;
  other.servers.pop_back();
  EXPECT_EQ(ui::changeText(project, other), QStringLiteral("removal of Dashboard"));
  EXPECT_EQ(ui::changeText(other, project), QStringLiteral("addition of Dashboard"));
  other = project;
  other.servers.back().name = "Board";
  EXPECT_EQ(ui::changeText(project, other), QStringLiteral("change of Board"));
  other = project;
  std::swap(other.servers[0], other.servers[1]);
  EXPECT_EQ(ui::changeText(project, other), QStringLiteral("new order of the servers"));
  other = project;
  other.title = "The shop";
  EXPECT_EQ(ui::changeText(project, other), QStringLiteral("change of the title"));
}

TEST(Undo, AnEditIsTakenBackAndMadeAgainInTheFileToo) {
  const Edited edited;
  auto& undo = edited.test.document().undoStack();
  edited.test.document().edit(edited.changed(), {});
  EXPECT_EQ(undo.undoText(), QStringLiteral("change of Production Backend"));
  EXPECT_TRUE(edited.onDisk(edited.changed()));
  undo.undo();
  EXPECT_EQ(*edited.test.document().project(), shop());
  EXPECT_TRUE(edited.onDisk(shop()));
  undo.redo();
  EXPECT_TRUE(edited.onDisk(edited.changed()));
}

TEST(Undo, ARemovedServerComesBackWhereItWas) {
  const Edited edited;
  auto project = shop();
  project.servers.erase(project.servers.begin());
  edited.test.document().edit(project, {});
  EXPECT_TRUE(edited.onDisk(project));
  edited.test.document().undoStack().undo();
  EXPECT_TRUE(edited.onDisk(shop()));
}

TEST(Undo, NothingChangedIsNoStep) {
  const Edited edited;
  edited.test.document().edit(shop(), {});
  EXPECT_EQ(edited.test.document().undoStack().count(), 0);
}

TEST(Undo, AFileThatChangedOutsideIsReadAgainAndItsStepsAreGone) {
  const Edited edited;
  edited.test.document().edit(edited.changed(), {});
  ASSERT_TRUE(edited.onDisk(edited.changed()));
  auto outside = edited.changed();
  outside.title = "Their title";
  edited.writeOutside(outside);
  EXPECT_TRUE(edited.test.wait([&] { return edited.test.document().project() == outside; }, 20000));
  EXPECT_FALSE(edited.test.document().undoStack().canUndo());
  EXPECT_EQ(edited.read(), outside);
}

TEST(Undo, AStepNeverOverwritesWhatSomebodyElseHasJustWritten) {
  const Edited edited;
  edited.test.document().edit(edited.changed(), {});
  ASSERT_TRUE(edited.onDisk(edited.changed()));
  edited.test.wait([] { return false; }, 50); // the answer of that writing is there
  auto outside = edited.changed();
  outside.title = "Their title";
  edited.writeOutside(outside);
  edited.test.document().undoStack().undo(); // before anybody has noticed
  EXPECT_TRUE(edited.told(QStringLiteral("was changed outside")));
  EXPECT_TRUE(edited.test.wait([&] { return edited.test.document().project() == outside; }, 20000));
  EXPECT_EQ(edited.read(), outside);
}

} // namespace whichbase
