#include "topology/wording.h"

#include <gtest/gtest.h>

namespace whichbase::topology {
namespace {

TEST(Wording, NumbersHaveCommas) {
  EXPECT_EQ(withCommas(0), "0");
  EXPECT_EQ(withCommas(999), "999");
  EXPECT_EQ(withCommas(51904), "51,904");
  EXPECT_EQ(withCommas(1234567), "1,234,567");
}

TEST(Wording, NamesAreListedAsOneSpeaks) {
  EXPECT_EQ(inWords({}), "");
  EXPECT_EQ(inWords({"A"}), "A");
  EXPECT_EQ(inWords({"A", "B"}), "A and B");
  EXPECT_EQ(inWords({"A", "B", "C"}), "A, B and C");
  EXPECT_EQ(someOf({"A", "B", "C", "D"}, 2), "A, B and 2 more");
  EXPECT_EQ(someOf({"A", "B"}, 2), "A and B");
}

TEST(Wording, LettersGoOnAfterZ) {
  EXPECT_EQ(letter(0), "A");
  EXPECT_EQ(letter(25), "Z");
  EXPECT_EQ(letter(26), "AA");
  EXPECT_EQ(letter(27), "AB");
  EXPECT_EQ(letter(701), "ZZ");
  EXPECT_EQ(letter(702), "AAA");
}

TEST(Wording, RelationsAreShortWhereThatIsUnambiguous) {
  EXPECT_EQ(shortNames({"public.\"User\"", "public.audit_log"}), (std::vector<std::string>{"User", "audit_log"}));
  EXPECT_EQ(shortNames({"a.users", "b.users"}), (std::vector<std::string>{"a.users", "b.users"}));
  EXPECT_EQ(shortNames({"public.\"odd.\"\"name\""}), std::vector<std::string>{"odd.\"name"});
}

TEST(Wording, EnvironmentsAreShortWords) {
  EXPECT_EQ(environmentWord("production"), "PROD");
  EXPECT_EQ(environmentWord("Development", 4), "DEV");
  EXPECT_EQ(environmentWord("staging"), "STAGING");
  EXPECT_EQ(environmentWord("pre-production-eu", 10), "PRE-PRODUC");
  EXPECT_EQ(environmentWord("f\u00fcnf", 2), "F\u00fc");
  EXPECT_EQ(environmentWord(""), "");
}

TEST(Wording, EndpointsBracketIpv6) {
  MaskedConnection connection;
  EXPECT_EQ(endpointText(connection), "(no host)");
  connection.host = "::1";
  connection.port = 5432;
  EXPECT_EQ(endpointText(connection), "[::1]:5432");
}

TEST(Wording, NumbersOfUsersSayHowMuchTheyAreWorth) {
  UsersFact users{"public.users", Known<std::int64_t>::of(51900), CountKind::estimate, {}, {}};
  EXPECT_EQ(usersText(Known<UsersFact>::of(users)), "~51,900");
  users.kind = CountKind::exact;
  EXPECT_EQ(usersText(Known<UsersFact>::of(users)), "51,900");
  users.count = Known<std::int64_t>::unknown("locked");
  EXPECT_EQ(usersText(Known<UsersFact>::of(users)), "?");
  EXPECT_EQ(usersText({}), "?");
}

} // namespace
} // namespace whichbase::topology
