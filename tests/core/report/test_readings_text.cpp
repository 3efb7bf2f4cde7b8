#include "connection/connection_string.h"
#include "report/text.h"

#include <gtest/gtest.h>

using namespace whichbase;

namespace {

std::string explained(std::string_view text) {
  const auto parsed = connection::parse(text);
  return report::toText(connection::readings(text), connection::safeUrl(*parsed.value, true), {});
}

} // namespace

TEST(ReadingsText, TheSafeUrlOfOneHostIsReadByEveryDriver) {
  const auto text = explained("postgresql://ops@example.org:s3cret@203.0.113.196:5432/TovPlay");
  EXPECT_NE(text.find("Every driver reads this form the same way:"), std::string::npos) << text;
  EXPECT_EQ(text.find("s3cret"), std::string::npos) << text;
}

TEST(ReadingsText, WhereSomeDriversReadNoSuchStringTheOthersAreNamed) {
  const auto text = explained("postgresql://u:s3cret@db1:5432,db2:5433/app");
  EXPECT_NE(text.find("read the same way by libpq, asyncpg, pgx; the others cannot"), std::string::npos) << text;
}
