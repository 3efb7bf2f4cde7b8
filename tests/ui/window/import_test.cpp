// From a folder of configuration to a project, with nothing connected to before it is wanted.
#include "demo/throwaway_cluster.h"
#include "window/found_servers.h"
#include "window/import_dialog.h"
#include "window/paste_field.h"
#include "window/trust_dialog.h"
#include "window_under_test.h"

#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTextBrowser>
#include <QUrl>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

void write(const QString& file, const std::string& text) {
  QDir().mkpath(QFileInfo(file).absolutePath());
  QFile out(file);
  ASSERT_TRUE(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
  out.write(QByteArray::fromStdString(text));
}

void drop(QWidget& widget, const QString& path) {
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(path)});
  QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&widget, &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&widget, &event);
}

QPushButton* button(const QWidget& widget, const QString& beginning) {
  for (auto* each : widget.findChildren<QPushButton*>())
    if (each->isVisible() && each->text().startsWith(beginning))
      return each;
  return nullptr;
}

struct Importing {
  test::WindowUnderTest test;
  QString folder = test.folder.filePath(QStringLiteral("shop"));

  ui::ImportDialog* dropped() const {
    drop(*test.window, folder);
    // What was dropped is looked at on a thread behind first.
    const auto dialog = [this] { return test.window->findChild<ui::ImportDialog*>(); };
    const bool found =
        test.wait([&] { return dialog() && dialog()->findChild<ui::FoundServers*>()->topLevelItemCount() > 0; }, 20000);
    return found ? dialog() : nullptr;
  }
};

} // namespace

TEST(Import, OfADroppedFolderAsksBeforeItSendsAnythingAndThenTellsTheVerdict) {
  const auto cluster = demo::ThrowawayCluster::create({});
  ASSERT_TRUE(cluster) << cluster.error().text;
  const Importing importing;
  const auto& test = importing.test;
  write(importing.folder + QStringLiteral("/backend/.env"), "DATABASE_URL=" + (*cluster)->url("postgres") + "\n");
  write(importing.folder + QStringLiteral("/dashboard/.env"), "DATABASE_URL=" + (*cluster)->url("postgres") + "\n");
  auto* dialog = importing.dropped();
  ASSERT_NE(dialog, nullptr);
  for (const auto* label : dialog->findChildren<QLabel*>())
    EXPECT_FALSE(label->text().contains(QString::fromStdString((*cluster)->password())));
  EXPECT_EQ(dialog->chosen().size(), 2U);
  button(*dialog, QStringLiteral("New project"))->click();
  ASSERT_TRUE(test.wait([&] { return test.document().isOpen(); }));
  EXPECT_FALSE(test.document().trusted());
  auto* save = test.window->findChild<QFileDialog*>();
  ASSERT_NE(save, nullptr) << "saved where the user chooses";
  save->reject();
  const QString file = importing.folder + QStringLiteral("/shop.whichbase.toml");
  test.document().saveAs(file);
  ASSERT_TRUE(test.wait([&] { return QFile::exists(file); }));
  const auto saved = project::load(file.toStdString());
  ASSERT_TRUE(saved) << saved.error().text;
  EXPECT_EQ(saved->servers.front().present->from, "env-file backend/.env") << "told from the project's place";
  auto project = *saved;
  for (auto& server : project.servers)
    server.present->via = "direct"; // 127.0.0.1 is this computer
  test.document().edit(project, {});
  test.document().probe();
  ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }, 30000));
  EXPECT_EQ(test.document().view().after->verdict.kind, topology::VerdictKind::singleSource)
      << test.document().view().after->verdict.text;
}

TEST(Import, AddsToTheOpenProjectAndCanBeUndone) {
  const Importing importing;
  const auto& test = importing.test;
  write(importing.folder + QStringLiteral("/.env"), "DATABASE_URL=postgresql://u:hunter2@db.example.org/x\n");
  project::Project project;
  project.servers.emplace_back().name = "Dashboard";
  test.document().adopt(project, test.folder.filePath(QStringLiteral("own.whichbase.toml")), {});
  auto* dialog = importing.dropped();
  ASSERT_NE(dialog, nullptr);
  button(*dialog, QStringLiteral("Add to the open project"))->click();
  ASSERT_TRUE(test.wait([&] { return test.document().project()->servers.size() == 2; }));
  EXPECT_EQ(test.document().project()->servers.back().present->from, "env-file shop/.env");
  test.document().undoStack().undo();
  EXPECT_EQ(test.document().project()->servers.size(), 1U);
}

TEST(Import, SaysWhatCouldNotBeFollowed) {
  const Importing importing;
  write(importing.folder + QStringLiteral("/.env"), "DATABASE_URL=postgresql://u@db.example.org/x\n");
  write(importing.folder + QStringLiteral("/docker-compose.yml"), "services:\n  web: [\n");
  auto* dialog = importing.dropped();
  ASSERT_NE(dialog, nullptr);
  const auto* problems = dialog->findChild<QTextBrowser*>();
  EXPECT_TRUE(problems->isVisible());
  EXPECT_TRUE(problems->toPlainText().contains(QStringLiteral("docker-compose.yml")))
      << problems->toPlainText().toStdString();
}

TEST(Import, OfAFolderDroppedOnThePasteFieldTakesItForNoText) {
  const Importing importing;
  write(importing.folder + QStringLiteral("/.env"), "DATABASE_URL=postgresql://u@db.example.org/x\n");
  auto* field = importing.test.window->findChild<ui::PasteField*>();
  drop(*field->viewport(), importing.folder);
  EXPECT_TRUE(
      importing.test.wait([&] { return importing.test.window->findChild<ui::ImportDialog*>() != nullptr; }, 20000));
  EXPECT_TRUE(field->toPlainText().isEmpty());
}

TEST(Import, NothingIsMadeWhereNothingIsTicked) {
  const Importing importing;
  write(importing.folder + QStringLiteral("/.env"), "DATABASE_URL=postgresql://u@db.example.org/x\n");
  auto* dialog = importing.dropped();
  ASSERT_NE(dialog, nullptr);
  dialog->findChild<ui::FoundServers*>()->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
  EXPECT_FALSE(button(*dialog, QStringLiteral("New project"))->isEnabled());
  QTest::keyClick(dialog, Qt::Key_Escape);
  EXPECT_FALSE(importing.test.document().isOpen());
}

} // namespace whichbase
