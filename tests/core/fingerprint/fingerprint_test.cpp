#include "fingerprint_fixture.h"

#include <algorithm>

namespace whichbase {
namespace {

using namespace test;
using history::Answer;
using history::canonicalValue;
using history::Fingerprint;
using history::KeyKind;
using history::Presence;

Fingerprint sample(const std::string& database, std::vector<history::KeyHash> hashes) {
  Fingerprint made;
  made.at = *topology::fromIso8601("2026-12-03T14:20:00.000Z");
  made.database = database;
  made.relation = "public.users";
  made.columns = {{"email", "text", KeyKind::text}};
  made.keyId = sampleKey().id();
  made.hashes = std::move(hashes);
  return made;
}

Answer answer(const Fingerprint& first, const Fingerprint& second, const char* now = "2026-12-03T16:00:00.000Z") {
  return history::usersOfIn(first, second, *topology::fromIso8601(now));
}

TEST(Fingerprint, SaysHowManyAreWhere) {
  const auto a = sample("A", {1, 2, 3});
  EXPECT_EQ(history::overlap(a, sample("B", {2, 3, 4, 5})), (history::Overlap{1, 2, 2}));
  EXPECT_EQ(history::overlap(a, sample("B", {})), (history::Overlap{3, 0, 0}));
  EXPECT_EQ(history::overlap(a, a), (history::Overlap{0, 0, 3}));
}

TEST(Fingerprint, SaysItInASentence) {
  const auto a = sample("A", {1, 2, 3});
  EXPECT_EQ(answer(a, sample("B", {1, 2, 3, 4})).text, "All 3 users of A (as of 14:20 UTC) are in B, by email.");
  EXPECT_EQ(answer(a, sample("B", {3})).text, "2 of A's 3 users (as of 14:20 UTC) are not in B.");
  EXPECT_EQ(answer(a, sample("B", {1, 3})).text, "1 of A's 3 users (as of 14:20 UTC) is not in B.");
  EXPECT_EQ(answer(a, sample("B", {9})).text, "None of A's 3 users (as of 14:20 UTC) is in B.");
  EXPECT_EQ(answer(a, sample("B", {1, 2, 3}), "2026-12-04T16:00:00.000Z").text,
            "All 3 users of A (as of 14:20 UTC, 3 Dec) are in B, by email.");
  EXPECT_EQ(answer(sample("A", {7}), sample("B", {7})).text, "The one user of A (as of 14:20 UTC) is in B, by email.");
  EXPECT_EQ(answer(sample("A", {7}), sample("B", {8})).text, "The one user of A (as of 14:20 UTC) is not in B.");
  EXPECT_EQ(answer(sample("A", {}), sample("B", {8})).text,
            "A had no users (as of 14:20 UTC): none can be missing in B.");
}

TEST(Fingerprint, ThatMayBeOldBeforeItWasDoneSaysSo) {
  auto a = sample("A", {1, 2});
  auto b = sample("B", {1, 2});
  EXPECT_EQ(answer(a, b).note, "");
  b.settled = false;
  EXPECT_EQ(answer(a, b).note, "The users of B may have changed while they were read.");
  a.settled = false;
  a.columns[0].kind = b.columns[0].kind = KeyKind::number;
  EXPECT_EQ(answer(a, b).note,
            "Their keys are numbers: that B has a user with the same email does not prove that it is the same person. "
            "The users of A may have changed while they were read. "
            "The users of B may have changed while they were read.");
}

TEST(Fingerprint, OfOtherKeysIsNeverCalledMissing) {
  const auto a = sample("A", {1, 2});
  auto b = sample("B", {3});
  b.columns[0].name = "login";
  EXPECT_EQ(answer(a, b).presence, Presence::unknown);
  EXPECT_EQ(answer(a, b).text,
            "The key of A's users is email text, that of B's is login text: they cannot be compared.");
  b = sample("B", {3});
  b.columns[0].kind = KeyKind::uuid;
  EXPECT_EQ(answer(a, b).presence, Presence::unknown);
  b = sample("B", {3});
  b.columns[0].type = "character varying(80)";
  EXPECT_EQ(answer(a, b).presence, Presence::missing) << "another type of the same kind";
}

TEST(Fingerprint, NumbersHaveOneForm) {
  EXPECT_EQ(canonicalValue("7.500", KeyKind::number), "7.5");
  EXPECT_EQ(canonicalValue("7.000", KeyKind::number), "7");
  EXPECT_EQ(canonicalValue("700", KeyKind::number), "700");
  EXPECT_EQ(canonicalValue("0.00", KeyKind::number), "0");
  EXPECT_EQ(canonicalValue("-1200.0", KeyKind::number), "-1200");
  EXPECT_EQ(canonicalValue("NaN", KeyKind::number), "NaN");
  EXPECT_EQ(canonicalValue("7.500", KeyKind::text), "7.500");
}

// By another program; a change of the text that is hashed would make all kept fingerprints useless:
//   printf 'text 13:a@example.orgnumber 2:42' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0102030405060708000…
TEST(Fingerprint, HashesStayTheSame) {
  history::KeyHasher hasher(sampleKey(), {KeyKind::text, KeyKind::number});
  hasher.add({"a@example.org", "42.0"});
  ASSERT_FALSE(hasher.failed());
  EXPECT_EQ(hasher.take(), (std::vector<history::KeyHash>{0xce81e71847781734}));
}

TEST(Fingerprint, HashesAreSortedAndEachOnce) {
  history::KeyHasher hasher(sampleKey(), {KeyKind::number});
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 1000; ++i)
      hasher.add({std::to_string(i)});
  const auto hashes = hasher.take();
  EXPECT_EQ(hashes.size(), 1000U);
  EXPECT_TRUE(std::ranges::is_sorted(hashes));
}

} // namespace
} // namespace whichbase
