// From an empty window to a verdict, on real PostgreSQL clusters.
#include "demo/throwaway_cluster.h"
#include "window/paste_field.h"
#include "window/side_pane.h"
#include "window/welcome_page.h"
#include "window_under_test.h"

#include <QCheckBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>

#include <gtest/gtest.h>

namespace whichbase {

namespace {

QPushButton* buttonNamed(const QWidget& widget, const QString& beginning) {
  for (auto* button : widget.findChildren<QPushButton*>())
    if (button->text().startsWith(beginning))
      return button;
  return nullptr;
}

} // namespace

TEST(Welcome, ThreePastedStringsLeadToAVerdictInSeconds) {
  const QTemporaryDir folder;
  // PostgreSQL's programs may run as another user.
  std::filesystem::permissions(folder.path().toStdString(), std::filesystem::perms{0755});
  const auto clusterIn = [&](const QString& name) {
    demo::ClusterOptions options;
    options.folder = folder.filePath(name).toStdString();
    return demo::ThrowawayCluster::create(options);
  };
  const auto first = clusterIn(QStringLiteral("first"));
  const auto second = clusterIn(QStringLiteral("second"));
  ASSERT_TRUE(first) << first.error().text;
  ASSERT_TRUE(second) << second.error().text;

  const test::WindowUnderTest test;
  auto* field = test.window->welcome().findChild<ui::PasteField*>();
  QElapsedTimer clock;
  clock.start();
  for (const auto& url : {(*first)->url("postgres"), (*first)->url("postgres"), (*second)->url("postgres")}) {
    field->insertPlainText(QString::fromStdString(url));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_TRUE(field->toPlainText().isEmpty()) << "a password does not stay to be read";
  }
  for (const auto* label : test.window->welcome().findChildren<QLabel*>())
    EXPECT_FALSE(label->text().contains(QString::fromStdString((*first)->password())));
  auto* here = test.window->welcome().findChild<QCheckBox*>();
  ASSERT_TRUE(here->isVisible()) << "127.0.0.1 means another machine on every server";
  here->click();
  auto* probe = buttonNamed(test.window->welcome(), QStringLiteral("Probe 3"));
  ASSERT_NE(probe, nullptr);
  probe->click();
  ASSERT_TRUE(test.wait([&] { return test.document().view().after != nullptr; }, 20000));
  EXPECT_EQ(test.document().view().after->verdict.kind, topology::VerdictKind::split);
  EXPECT_LT(clock.elapsed(), 20000);
}

TEST(Welcome, AStringThatCannotBeReadStaysToBeMendedAndSaysWhy) {
  const test::WindowUnderTest test;
  auto& page = test.window->welcome();
  auto* field = page.findChild<ui::PasteField*>();
  field->insertPlainText(QStringLiteral("mysql://root@db.example.org/shop"));
  QTest::keyClick(field, Qt::Key_Return);
  EXPECT_FALSE(field->toPlainText().isEmpty());
  EXPECT_FALSE(buttonNamed(page, QStringLiteral("Probe"))->isEnabled());
}

} // namespace whichbase
