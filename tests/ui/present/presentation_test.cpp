// The presentation's keys, as a keyboard, a mouse and a presenter's clicker send them.
#include "present/presentation.h"
#include "support/sample_snapshots.h"

#include <QTest>

#include <gtest/gtest.h>

namespace whichbase {
namespace {

struct Shown {
  ui::Presentation* presentation;
  QPointer<ui::Presentation> alive;

  Shown() {
    auto view = ui::makeView(std::make_shared<const topology::Snapshot>(samples::incidentBefore()),
                             std::make_shared<const topology::Snapshot>(samples::incidentAfter()));
    presentation = new ui::Presentation(ui::slidesOf(view, nullptr), ui::Theme::light());
    presentation->setAttribute(Qt::WA_DeleteOnClose);
    alive = presentation;
    presentation->begin(*presentation);
  }
  ~Shown() { delete alive; }
  std::size_t last() const { return presentation->slides().pages.size() - 1; }
  void press(Qt::Key key) const { QTest::keyClick(presentation, key); }
};

TEST(Presentation, IsFullScreenAndBeginsWithTheFirstPage) {
  const Shown shown;
  EXPECT_TRUE(shown.presentation->isFullScreen());
  EXPECT_EQ(shown.presentation->page(), 0u);
  EXPECT_GE(shown.last(), 3u);
}

TEST(Presentation, GoesOnAndBackByKeysAClickerAndTheMouse) {
  const Shown shown;
  for (const auto key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_Space, Qt::Key_PageDown, Qt::Key_Return}) {
    shown.press(Qt::Key_Home);
    shown.press(key);
    EXPECT_EQ(shown.presentation->page(), 1u) << key;
  }
  for (const auto key : {Qt::Key_Left, Qt::Key_Up, Qt::Key_PageUp, Qt::Key_Backspace}) {
    shown.press(Qt::Key_End);
    EXPECT_EQ(shown.presentation->page(), shown.last());
    shown.press(key);
    EXPECT_EQ(shown.presentation->page(), shown.last() - 1) << key;
  }
  shown.press(Qt::Key_Home);
  QTest::mouseClick(shown.presentation, Qt::LeftButton);
  EXPECT_EQ(shown.presentation->page(), 1u);
  QTest::mouseClick(shown.presentation, Qt::RightButton);
  EXPECT_EQ(shown.presentation->page(), 0u);
}

TEST(Presentation, StaysOnTheFirstAndTheLastPage) {
  const Shown shown;
  shown.press(Qt::Key_PageUp);
  EXPECT_EQ(shown.presentation->page(), 0u);
  shown.press(Qt::Key_End);
  shown.press(Qt::Key_PageDown);
  EXPECT_EQ(shown.presentation->page(), shown.last());
}

TEST(Presentation, IsBlackUntilTheNextKey) {
  const Shown shown;
  for (const auto key : {Qt::Key_B, Qt::Key_Period}) {
    shown.press(key);
    EXPECT_TRUE(shown.presentation->isBlack());
    EXPECT_EQ(shown.presentation->grab().toImage().pixelColor(100, 100), QColor(Qt::black));
    shown.press(key);
    EXPECT_FALSE(shown.presentation->isBlack());
  }
  shown.press(Qt::Key_B);
  shown.press(Qt::Key_PageDown);
  EXPECT_FALSE(shown.presentation->isBlack());
  EXPECT_EQ(shown.presentation->page(), 1u);
}

TEST(Presentation, ASecondStartOfTheClickerChangesNothingAndEscapeEnds) {
  const Shown shown;
  shown.press(Qt::Key_PageDown);
  shown.press(Qt::Key_F5);
  EXPECT_EQ(shown.presentation->page(), 1u);
  shown.press(Qt::Key_Escape);
  EXPECT_TRUE(QTest::qWaitFor([&] { return shown.alive.isNull(); }));
}

TEST(Presentation, TellsScreenReadersItsSentenceAndHidesThereWhatItHides) {
  const Shown shown;
  EXPECT_EQ(shown.presentation->accessibleName(),
            QStringLiteral("Page 1 of %1, BEFORE: Production writes to A; the others read B").arg(shown.last() + 1));
  shown.press(Qt::Key_End);
  EXPECT_TRUE(shown.presentation->accessibleName().startsWith(QStringLiteral("Page %1 of").arg(shown.last() + 1)));
  EXPECT_FALSE(shown.presentation->hidesAddresses());
  shown.press(Qt::Key_H);
  EXPECT_TRUE(shown.presentation->hidesAddresses());
  for (std::size_t page = 0; page <= shown.last(); ++page, shown.press(Qt::Key_PageUp)) {
    EXPECT_FALSE(shown.presentation->accessibleDescription().contains(QStringLiteral("203.0.113")));
  }
}

} // namespace
} // namespace whichbase
