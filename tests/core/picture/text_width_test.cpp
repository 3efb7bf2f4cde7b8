#include "picture/text_width.h"

#include <gtest/gtest.h>

namespace whichbase::picture {
namespace {

constexpr Type plain{10, false, false};

TEST(TextWidth, GrowsWithSizeAndIsWiderInBold) {
  EXPECT_NEAR(widthOf("Dashboard", {20, false, false}), 2 * widthOf("Dashboard", plain), 1e-9);
  EXPECT_GT(widthOf("Dashboard", {10, true, false}), widthOf("Dashboard", plain));
  EXPECT_GT(widestOf("Dashboard", plain), widthOf("Dashboard", plain));
  EXPECT_LT(widthOf("iiii", plain), widthOf("WWWW", plain));
}

TEST(TextWidth, GivesWideCharactersRoomAndCombiningOnesNone) {
  EXPECT_GE(widthOf("漢字", plain), 20);
  EXPECT_GE(widthOf("🚀", plain), 10);
  EXPECT_EQ(widthOf("e\u0301", plain), widthOf("e", plain));
}

TEST(TextWidth, OfFixedWidthIsThatOfEveryCharacter) {
  constexpr Type mono{10, false, true};
  EXPECT_NEAR(widthOf("iiii", mono), widthOf("WWWW", mono), 1e-9);
}

TEST(Elided, KeepsBothEndsAndItsWidth) {
  const std::string name = "Admin Panel with a rather long and telling name";
  EXPECT_EQ(elided(name, 1000, plain), name);
  const std::string cut = elided(name, 120, plain);
  EXPECT_TRUE(cut.starts_with("Admin Panel"));
  EXPECT_TRUE(cut.ends_with("name"));
  EXPECT_TRUE(cut.contains("…"));
  EXPECT_LE(widthOf(cut, plain), 120);
  EXPECT_EQ(elided(name, 1, plain), "");
}

TEST(Elided, PutsNoSecondEllipsisBesideItsOwn) {
  const std::string cut = elided("10.0.0.10 … 10.0.3.231", 85, {10, false, true});
  EXPECT_FALSE(cut.contains("……"));
  EXPECT_FALSE(cut.contains(" …"));
}

TEST(Elided, NeverCutsAnEmojiOfSeveralPartsNorALetterFromItsAccent) {
  const std::string family = "👩‍👩‍👧‍👦";
  for (int room = 5; room < 200; room += 3) {
    const std::string cut = elided("a" + family + "bcdefghi" + family, room, plain);
    const bool broken = cut.contains("\u200D…") || cut.contains("…\u200D");
    EXPECT_FALSE(broken) << cut;
  }
}

TEST(Wrapped, BreaksAtBlanksAndElidesTheLastRow) {
  EXPECT_EQ(wrapped("one two three", 45, 3, plain), (std::vector<std::string>{"one two", "three"}));
  const auto rows = wrapped("one two three four five six seven eight", 45, 2, plain);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_TRUE(rows[1].contains("…"));
  for (const std::string& row : wrapped(std::string(200, 'W'), 50, 3, plain))
    EXPECT_LE(widthOf(row, plain), 50);
  EXPECT_TRUE(wrapped("", 50, 3, plain).empty());
}

TEST(Cleaned, ShowsControlCharactersAndTurnsOfDirectionInsteadOfObeyingThem) {
  EXPECT_EQ(cleaned("a\nb\tc"), "a b c");
  EXPECT_EQ(cleaned("evil\u202Egnp.exe"), "evil\uFFFDgnp.exe");
  EXPECT_EQ(cleaned("\x1b[31mred"), "\uFFFD[31mred");
  EXPECT_EQ(cleaned("\xff"), "\uFFFD");
}

TEST(RightToLeft, IsWhatBeginsSoAndIsMostlySo) {
  EXPECT_TRUE(isRightToLeft("שרת ראשי (1)"));
  EXPECT_TRUE(isRightToLeft("خادم الإنتاج"));
  EXPECT_FALSE(isRightToLeft("Production Backend"));
  EXPECT_FALSE(isRightToLeft("Server שרת"));
  EXPECT_FALSE(isRightToLeft("שרת writes to A; the others read B"));
  EXPECT_FALSE(isRightToLeft("203.0.113.20"));
}

} // namespace
} // namespace whichbase::picture
