// A project from elsewhere runs nothing and sends nothing before somebody has seen it and agreed.
#include "window/trust_dialog.h"
#include "window_under_test.h"

#include <QFile>
#include <QPushButton>
#include <QTextBrowser>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

struct Foreign {
  test::WindowUnderTest test;
  QString ran = test.folder.filePath(QStringLiteral("ran"));
  QString file = test.folder.filePath(QStringLiteral("foreign.whichbase.toml"));

  void write(const std::string& command) const {
    project::Project project;
    project.title = command;
    auto& server = project.servers.emplace_back();
    server.name = "Backend";
    server.present = project::ConnectionSpec{{}, "direct", "command " + command};
    ASSERT_TRUE(project::save(project, file.toStdString()));
  }
  void open(const std::string& command) const {
    write(command);
    test.window->open(file);
    ASSERT_TRUE(test.wait([&] { return test.document().project() && test.document().project()->title == command; }));
  }
  std::string touching() const { return "touch " + ran.toStdString() + "; echo DATABASE_URL="; }

  // The dialog, once it is there; null while nothing is asked.
  ui::TrustDialog* asked() const {
    ui::TrustDialog* dialog = nullptr;
    test.wait([&] {
      for (auto* each : test.window->findChildren<ui::TrustDialog*>())
        dialog = each->isVisible() ? each : dialog;
      return dialog != nullptr;
    });
    return dialog;
  }
};

} // namespace

TEST(Agreement, NotNowRunsNothingAndOffersToLookAgain) {
  const Foreign foreign;
  foreign.open(foreign.touching());
  foreign.test.document().setInterval(std::chrono::seconds(5));
  foreign.test.document().probe();
  auto* dialog = foreign.asked();
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(dialog->findChild<QTextBrowser*>()->toPlainText().contains(QString::fromStdString(foreign.touching())))
      << "whole, as it would be run";
  QTest::keyClick(dialog, Qt::Key_Return);
  EXPECT_EQ(dialog->result(), QDialog::Rejected) << "Return, pressed without reading, agrees to nothing";
  foreign.test.wait([] { return false; }, 300);
  EXPECT_FALSE(QFile::exists(foreign.ran));
  EXPECT_EQ(foreign.test.document().interval().count(), 0) << "not asked again every few seconds";
  EXPECT_TRUE(foreign.test.window->messages().text(QStringLiteral("trust")).contains(QStringLiteral("agreed")));
}

TEST(Agreement, IsAskedForOnceAndAgainWhenTheCommandChanges) {
  const Foreign foreign;
  foreign.open(foreign.touching());
  foreign.test.document().probe();
  auto* dialog = foreign.asked();
  ASSERT_NE(dialog, nullptr);
  dialog->accept();
  ASSERT_TRUE(foreign.test.wait([&] { return QFile::exists(foreign.ran); }, 20000));
  ASSERT_TRUE(foreign.test.wait([&] { return foreign.test.document().view().after != nullptr; }, 30000));

  QFile::remove(foreign.ran);
  foreign.test.document().probe();
  ASSERT_TRUE(foreign.test.wait([&] { return QFile::exists(foreign.ran); }, 20000)) << "agreed to once";

  foreign.test.document().cancel();
  QFile::remove(foreign.ran);
  const std::string changed = foreign.touching() + " # changed";
  foreign.write(changed);
  ASSERT_TRUE(foreign.test.wait([&] { return foreign.test.document().project()->title == changed; }));
  foreign.test.document().probe();
  ASSERT_NE(foreign.asked(), nullptr);
  EXPECT_FALSE(QFile::exists(foreign.ran));
}

TEST(Agreement, IsNotNeededForWhatWasEnteredHere) {
  const Foreign foreign;
  project::Project project;
  auto& server = project.servers.emplace_back();
  server.name = "Backend";
  server.present = project::ConnectionSpec{{}, "direct", "command " + foreign.touching()};
  foreign.test.document().adopt(project, {}, {});
  foreign.test.document().probe();
  EXPECT_TRUE(foreign.test.wait([&] { return QFile::exists(foreign.ran); }, 20000));
}

TEST(Agreement, IsNeededForWhatWasReadFromFiles) {
  const Foreign foreign;
  project::Project project;
  auto& server = project.servers.emplace_back();
  server.name = "Backend";
  server.present = project::ConnectionSpec{{}, "direct", "command " + foreign.touching()};
  foreign.test.document().adopt(project, {}, {}, false);
  foreign.test.document().probe();
  EXPECT_NE(foreign.asked(), nullptr);
  EXPECT_FALSE(QFile::exists(foreign.ran));
}

} // namespace whichbase
