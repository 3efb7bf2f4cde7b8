// Files that are brought to the window: what they are is told by what stands in them; dropped anywhere, they are taken.
#include "support/sample_snapshots.h"
#include "ui/window/pictures.h"
#include "ui/window/window_under_test.h"
#include "window/drop_area.h"
#include "window/dropped.h"
#include "window/import_dialog.h"
#include "window/recordings.h"

#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QLineEdit>
#include <QMimeData>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

struct Files {
  QTemporaryDir folder;

  QString write(const QString& name, const QByteArray& text) const {
    QFile file(folder.filePath(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    return file.fileName();
  }
  QString snapshot(const QString& name, topology::Side side, int daysAgo) const {
    auto snapshot = side == topology::Side::before ? samples::incidentBefore() : samples::incidentAfter();
    snapshot.side = side;
    snapshot.startedAt -= std::chrono::hours(24 * daysAgo);
    snapshot.finishedAt -= std::chrono::hours(24 * daysAgo);
    const QString file = folder.filePath(name);
    EXPECT_TRUE(ui::writeSnapshot(snapshot, file).isEmpty());
    return file;
  }
};

// As a file manager would: held over the widget, then let go there.
void dropOn(QWidget& widget, const QStringList& files) {
  QMimeData data;
  QList<QUrl> urls;
  for (const auto& file : files)
    urls << QUrl::fromLocalFile(file);
  data.setUrls(urls);
  const QPoint middle = widget.rect().center();
  QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&widget, &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&widget, &drop);
  EXPECT_TRUE(drop.isAccepted());
}

} // namespace

TEST(Dropped, KindsAreToldByWhatStandsInThem) {
  const Files files;
  const QString project = files.write(QStringLiteral("shop.whichbase.toml"), "[project]\ntitle = \"Shop\"\n");
  EXPECT_EQ(ui::recognise({project}).open, project);
  const QString history = files.write(QStringLiteral("history"), QByteArray("SQLite format 3\0", 16));
  EXPECT_EQ(ui::recognise({history}).open, history);
  const QString env = files.write(QStringLiteral(".env"), "DATABASE_URL=postgresql://ops@203.0.113.196/TovPlay\n");
  const QString other = files.write(QStringLiteral("staging.env"), "DATABASE_URL=postgresql://ops@203.0.113.59/x\n");
  EXPECT_EQ(ui::recognise({env, other}).imports, (QStringList{env, other}));
  EXPECT_EQ(ui::recognise({files.folder.path()}).imports, QStringList{files.folder.path()});
  const QString after = files.snapshot(QStringLiteral("now.json"), topology::Side::after, 0);
  EXPECT_EQ(ui::recognise({after}).after, after);
}

TEST(Dropped, OfTwoSnapshotsTheSideDecidesElseTheOlderIsBefore) {
  const Files files;
  const QString before = files.snapshot(QStringLiteral("a.json"), topology::Side::before, 0);
  const QString after = files.snapshot(QStringLiteral("b.json"), topology::Side::after, 3);
  EXPECT_EQ(ui::recognise({after, before}).before, before);
  const QString older = files.snapshot(QStringLiteral("c.json"), topology::Side::after, 9);
  for (const auto& both : {QStringList{after, older}, QStringList{older, after}}) {
    const auto dropped = ui::recognise(both);
    EXPECT_EQ(dropped.before, older);
    EXPECT_EQ(dropped.after, after);
  }
}

TEST(Dropped, AWrongKindGivesASentence) {
  const Files files;
  const QString picture = files.write(QStringLiteral("cat.png"), QByteArray("\x89PNG\0\0\0", 7));
  EXPECT_TRUE(ui::recognise({picture}).problem.contains(QStringLiteral("cat.png is nothing that Whichbase reads")));
  const QString env = files.write(QStringLiteral(".env"), "A=1\n");
  const QString project = files.write(QStringLiteral("shop.whichbase.toml"), "");
  EXPECT_TRUE(ui::recognise({env, project}).problem.contains(QStringLiteral("different kinds")));
  EXPECT_TRUE(ui::recognise({project, project}).problem.contains(QStringLiteral("at a time")));
  EXPECT_FALSE(ui::recognise({files.folder.filePath(QStringLiteral("gone"))}).problem.isEmpty());
  EXPECT_FALSE(ui::recognise({}).problem.isEmpty());
  const QString damaged = files.write(QStringLiteral("d.json"), "{\"format\": \"whichbase/snapshot\", ");
  EXPECT_FALSE(ui::recognise({damaged}).problem.isEmpty());
}

TEST(Dropping, IsTakenOnEveryWidgetAndSaidWhileItIsHeldThere) {
  const Files files;
  const test::WindowUnderTest test;
  const QString before = files.snapshot(QStringLiteral("a.json"), topology::Side::before, 1);
  const QString after = files.snapshot(QStringLiteral("b.json"), topology::Side::after, 0);
  auto* area = test.window->findChild<ui::DropArea*>();
  ASSERT_TRUE(area);
  auto* field = test.window->findChild<QLineEdit*>(); // takes texts that are dropped itself
  ASSERT_TRUE(field);
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(before)});
  QDragEnterEvent enter(QPoint(4, 4), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(field, &enter);
  EXPECT_TRUE(area->isHinting());
  test::save(*test.window, "drop-hint");
  dropOn(*field, {after, before});
  EXPECT_FALSE(area->isHinting());
  EXPECT_TRUE(test.wait([&] { return test.document().view().comparison != nullptr; }, 20000));
  EXPECT_TRUE(field->text().isEmpty());
  EXPECT_EQ(test.document().view().comparison->before.side, topology::Side::before);
}

TEST(Dropping, AnEnvFileOnAnOpenProjectIsShownBeforeItIsAdded) {
  const Files files;
  const test::WindowUnderTest test;
  project::Project project;
  project.title = "Shop";
  auto& server = project.servers.emplace_back();
  server.name = "Dashboard";
  server.present = project::ConnectionSpec{"postgresql://ops@203.0.113.196:5432/TovPlay", {}};
  test.document().adopt(project, test.folder.filePath(QStringLiteral("shop.whichbase.toml")), {});
  const QString env = files.write(QStringLiteral(".env"), "DATABASE_URL=postgresql://ops@203.0.113.59/TovPlay\n");
  dropOn(test.window->workspace(), {env});
  const auto dialog = [&] { return test.window->findChild<ui::ImportDialog*>(); };
  ASSERT_TRUE(test.wait([&] { return dialog() && dialog()->isVisible(); }, 20000));
  EXPECT_EQ(test.document().project()->servers.size(), 1U); // nothing was added yet
  dialog()->reject();
}

TEST(Dropping, AWrongKindIsSaidOnTheMessageLine) {
  const Files files;
  const test::WindowUnderTest test;
  QString told;
  QObject::connect(test.window.get(), &ui::MainWindow::filesRefused, [&](const QString& why) { told = why; });
  dropOn(*test.window, {files.write(QStringLiteral("cat.png"), QByteArray("\x89PNG\0\0\0", 7))});
  EXPECT_TRUE(test.wait([&] { return !told.isEmpty(); }, 20000));
  EXPECT_TRUE(told.contains(QStringLiteral("cat.png")));
  EXPECT_FALSE(test.document().isOpen());
}

} // namespace whichbase
