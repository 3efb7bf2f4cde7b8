#include "connection/connection_string.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace whichbase::connection;

TEST(Endpoints, OnePortServesAllHosts) {
  const std::vector<Endpoint> expected{{"a", "", 5433}, {"b", "", 5433}};
  EXPECT_EQ(endpoints({{"host", "a,b"}, {"port", "5433"}}), expected);
  EXPECT_TRUE(endpoints({{"user", "u"}}).empty());
}

TEST(Endpoints, AddressesStandBesideTheirNames) {
  const std::vector<Endpoint> expected{{"a", "203.0.113.1", 5432}, {"b", "203.0.113.2", 5434}};
  EXPECT_EQ(endpoints({{"host", "a,b"}, {"hostaddr", "203.0.113.1,203.0.113.2"}, {"port", ",5434"}}), expected);
  EXPECT_EQ(endpointText({{"hostaddr", "203.0.113.1"}}), "203.0.113.1:5432");
}

TEST(ThisComputer, IsWhatMeansAnotherMachineElsewhere) {
  for (const auto* host :
       {"localhost", "LOCALHOST", "localhost.", "db.localhost", "127.0.0.1", "127.8.9.1", "127.1", "::1",
        "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "0.0.0.0", "::", "", "/var/run/postgresql", "@abstract"}) {
    EXPECT_TRUE(isThisComputer(host)) << host;
  }
  for (const auto* host :
       {"postgres", "203.0.113.196", "db.example.org", "2001:db8::1", "localhost.example.org", "mylocalhost"}) {
    EXPECT_FALSE(isThisComputer(host)) << host;
  }
}

TEST(SingleLabel, IsANameWithoutADotThatIsNoAddress) {
  EXPECT_TRUE(isSingleLabel("postgres"));
  EXPECT_TRUE(isSingleLabel("db-1"));
  for (const auto* host : {"localhost", "db.example.org", "203.0.113.196", "::1", "2001:db8::1", "", "/tmp"}) {
    EXPECT_FALSE(isSingleLabel(host)) << host;
  }
}

TEST(PgEnvironment, IsDroppedWholeAndHandedBack) {
  setenv("PGHOSTADDR", "203.0.113.9", 1);
  setenv("PGOPTIONS", "-c x=y", 1);
  setenv("PG_COLOR", "", 1);
  setenv("APPLICATION_PG", "stays", 1);
  const auto dropped = dropPgEnvironment();
  EXPECT_EQ(dropped.at("PGOPTIONS"), "-c x=y");
  EXPECT_EQ(std::getenv("PGHOSTADDR"), nullptr);
  EXPECT_EQ(std::getenv("PG_COLOR"), nullptr);
  EXPECT_STREQ(std::getenv("APPLICATION_PG"), "stays");
  EXPECT_TRUE(dropPgEnvironment().empty());
}

TEST(PasswordIsLiteral, UnlessItIsAVariable) {
  EXPECT_TRUE(passwordIsLiteral("postgresql://u:pw@db1/app"));
  EXPECT_TRUE(passwordIsLiteral("postgresql://u:pw${X}@db1/app"));
  EXPECT_TRUE(passwordIsLiteral("host=db1 password=pw"));
  EXPECT_FALSE(passwordIsLiteral("postgresql://u:${PW}@db1/app"));
  EXPECT_FALSE(passwordIsLiteral("host=db1 password='${PW}'"));
  EXPECT_FALSE(passwordIsLiteral("postgresql://u@db1/app"));
  EXPECT_FALSE(passwordIsLiteral("${DATABASE_URL}"));
}

TEST(SafeUrl, IsReadTheSameByEveryDriver) {
  for (const auto* text :
       {"postgresql://ops@example.org:s3cret@203.0.113.196:5432/TovPlay", "postgresql://u:a/b?c#d@db1:5433/app",
        "postgresql+psycopg2://u:p%25w@db1/app", "host=db1 user='o x' password='a b' dbname=d",
        "postgresql://u:pw@%2Ftmp/app", "jdbc:postgresql://db1/app?user=u&password=p@w"}) {
    const auto parsed = parse(text);
    ASSERT_TRUE(parsed.value) << text;
    const auto safe = safeUrl(*parsed.value, false);
    const auto again = parse(safe);
    ASSERT_TRUE(again.value) << safe;
    EXPECT_EQ(secretsOf(again.value->parameters), secretsOf(parsed.value->parameters));
    EXPECT_TRUE(again.value->libpqAgrees) << safe;
    EXPECT_EQ(again.value->readDifferently, "") << safe;
    for (const auto& reading : readings(safe)) {
      EXPECT_TRUE(reading.accepts) << reading.driver << " refuses " << safe;
    }
  }
}
