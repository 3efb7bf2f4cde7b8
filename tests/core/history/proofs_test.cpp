// What was proven comes back when the file is opened, and stands on the timeline.
#include "histories.h"
#include "history/proofs.h"

#include <algorithm>

namespace whichbase::history {
namespace {

using namespace topology;

RowsFact rowsAt(UtcTime at, const std::string& a = "A", const std::string& b = "B") {
  return {a, b, "public.\"User\"", true, 22, 1, 21, 0, 0, true, at};
}

Verification writeTestAt(UtcTime at, bool isSeen = true) {
  Verification verification{Verification::Means::testRow, at, "Dashboard", "public.whichbase_canary", {}, isSeen};
  verification.servers = {{"Production Backend", "B", true, true, 2.25, true, ""},
                          {"Dashboard", "B", true, isSeen, {}, isSeen, isSeen ? "" : "standby, 3 s behind"}};
  return verification;
}

class KeptProofs : public testing::Test {
protected:
  void keepAll(const std::vector<RowsFact>& rows, const std::vector<Verification>& verifications) const {
    const auto history = recording(m_file);
    for (const RowsFact& each : rows)
      EXPECT_TRUE(keep(*history, each));
    for (const Verification& each : verifications)
      EXPECT_TRUE(keep(*history, each));
  }
  Proofs read(std::optional<UtcTime> until = {}) const {
    const auto proofs = proofsIn(*reading(m_file), until);
    EXPECT_TRUE(proofs);
    return proofs.value_or(Proofs{});
  }
  test::TemporaryFolder m_folder;
  std::filesystem::path m_file = m_folder.path() / "tovplay.whichbase";
};

TEST_F(KeptProofs, ComeBackWhenTheFileIsOpened) {
  const Proofs proofs{{rowsAt(second(1))}, writeTestAt(second(2))};
  keepAll(proofs.rows, {*proofs.verification});
  EXPECT_EQ(read(), proofs);
}

TEST_F(KeptProofs, AreTheLatestOfEach) {
  RowsFact other = rowsAt(second(2), "B", "C"), table = rowsAt(second(3));
  table.ofUsers = false;
  RowsFact again = turned(rowsAt(second(9)));
  keepAll({rowsAt(second(1)), other, table, again}, {writeTestAt(second(1), false), writeTestAt(second(8))});
  const Proofs now = read();
  ASSERT_EQ(now.rows.size(), 3U);
  EXPECT_EQ(std::ranges::count(now.rows, again), 1);
  EXPECT_EQ(std::ranges::count(now.rows, other), 1);
  EXPECT_EQ(std::ranges::count(now.rows, table), 1);
  EXPECT_TRUE(now.verification->everyoneSees);
}

TEST_F(KeptProofs, OfLaterAreNotKnownAtAnEarlierTime) {
  keepAll({rowsAt(second(5))}, {writeTestAt(second(9))});
  EXPECT_TRUE(read(second(4)).empty());
  EXPECT_EQ(read(second(5)).rows.size(), 1U);
  EXPECT_FALSE(read(second(5)).verification);
}

TEST_F(KeptProofs, StandOnTheTimelineFailedOnesToo) {
  keepAll({rowsAt(second(1))}, {writeTestAt(second(2)), writeTestAt(second(3), false)});
  const auto events = overviewOf(*reading(m_file)).events;
  ASSERT_EQ(events.size(), 3U);
  for (const Event& event : events)
    EXPECT_EQ(event.kind, EventKind::verification);
  EXPECT_EQ(events[0].text, "Rows compared: 22 in A, 1 in B: 21 only in A, 0 only in B, 1 in both.");
  EXPECT_EQ(events[1].text, "Write test: seen by both in 3 ms.");
  EXPECT_EQ(events[1].at, second(2));
  EXPECT_EQ(events[1].subjects, (std::vector<std::string>{"Production Backend", "Dashboard"}));
  EXPECT_EQ(events[2].text, "Write test failed: not seen by Dashboard.");
}

TEST_F(KeptProofs, ThatAreDamagedAreLeftOut) {
  keepAll({rowsAt(second(1))}, {writeTestAt(second(2))});
  {
    const auto history = recording(m_file);
    for (const char* text : {"{", "[]", "{\"a\": 1}", "{\"a\": \"A\", \"b\": \"B\", \"in_a\": -1}"})
      EXPECT_TRUE(history->setText(std::string("proof/rows/") + text, text));
    EXPECT_TRUE(history->setText("proof/verification", "{\"means\": \"guessing\"}"));
  }
  EXPECT_EQ(read(), (Proofs{{rowsAt(second(1))}, {}}));
}

TEST_F(KeptProofs, OfAnEmptyFileAreNone) {
  recording(m_file);
  EXPECT_TRUE(read().empty());
}

} // namespace
} // namespace whichbase::history
