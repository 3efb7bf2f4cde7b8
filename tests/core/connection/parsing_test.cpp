#include "connection/connection_string.h"

#include <gtest/gtest.h>

using namespace whichbase::connection;

namespace {

ConnectionString read(std::string_view text) {
  const auto result = parse(text);
  EXPECT_TRUE(result.value) << result.error.text;
  return result.value.value_or(ConnectionString{});
}

Error refused(std::string_view text) {
  const auto result = parse(text);
  EXPECT_FALSE(result.value) << result.value->masked;
  return result.error;
}

} // namespace

TEST(Parse, AnUnescapedAtInTheUserNameIsReadAsMeant) {
  const auto read_ = read("postgresql://ops@example.org:s3cret@203.0.113.196:5432/TovPlay");
  const Parameters expected{{"user", "ops@example.org"},
                            {"password", "s3cret"},
                            {"host", "203.0.113.196"},
                            {"port", "5432"},
                            {"dbname", "TovPlay"}};
  EXPECT_EQ(read_.parameters, expected);
  EXPECT_FALSE(read_.libpqAgrees);
  EXPECT_TRUE(read_.lacks.empty());
  EXPECT_EQ(read_.masked, "postgresql://ops@example.org:***@203.0.113.196:5432/TovPlay");
  EXPECT_EQ(safeUrl(read_, false), "postgresql://ops%40example.org:s3cret@203.0.113.196:5432/TovPlay");
  EXPECT_EQ(safeUrl(read_, true), "postgresql://ops%40example.org:***@203.0.113.196:5432/TovPlay");
}

TEST(Parse, DelimitersInThePasswordAreReadAsMeant) {
  for (const auto* password : {"p@ss", "p/ss", "p?ss", "p#ss", "p:ss", "a/b@c?d#e", "#", "@@", "p ss"}) {
    const auto read_ = read(std::string("postgresql://u:") + password + "@db1:5432/app");
    EXPECT_EQ(valueOf(read_.parameters, "password"), password);
    EXPECT_EQ(valueOf(read_.parameters, "host"), "db1");
    EXPECT_EQ(valueOf(read_.parameters, "dbname"), "app");
    EXPECT_EQ(read_.masked, "postgresql://u:***@db1:5432/app");
  }
}

TEST(Parse, WhatCanBeReadInTwoWaysIsRefused) {
  EXPECT_NE(refused("postgresql://u:p@h/my@db").text.find("more than one way"), std::string::npos);
  EXPECT_NE(refused("postgresql://u:one@db1:5432,u:two@db2:5432/app").text.find("more than one way"),
            std::string::npos);
}

TEST(Parse, SeveralHostsKeepTheirPorts) {
  const auto read_ = read("postgres://u:pw@db1:5433,db2,[::1]:5434/app?target_session_attrs=read-write");
  EXPECT_TRUE(read_.libpqAgrees);
  const std::vector<Endpoint> expected{{"db1", "", 5433}, {"db2", "", 5432}, {"::1", "", 5434}};
  EXPECT_EQ(endpoints(read_.parameters), expected);
  EXPECT_EQ(endpointText(read_.parameters), "db1:5433, db2:5432, [::1]:5434");
  EXPECT_EQ(valueOf(read_.parameters, "target_session_attrs"), "read-write");
}

TEST(Parse, UnixSocketsAreHosts) {
  for (const auto* text :
       {"postgresql://u@%2Fvar%2Frun%2Fpostgresql/app", "postgresql://u@/app?host=/var/run/postgresql",
        "host=/var/run/postgresql user=u dbname=app"}) {
    const auto read_ = read(text);
    EXPECT_TRUE(read_.libpqAgrees);
    EXPECT_EQ(endpointText(read_.parameters), "/var/run/postgresql:5432");
    EXPECT_EQ(safeUrl(read_, false), "postgresql://u@/app?host=%2Fvar%2Frun%2Fpostgresql");
  }
}

TEST(Parse, OtherProgramsSpellingsAreRead) {
  EXPECT_EQ(valueOf(read("postgresql+psycopg2://u:pw@db1/app").parameters, "host"), "db1");
  EXPECT_EQ(valueOf(read("\"postgresql://u:pw@db1/app\"").parameters, "dbname"), "app");
  EXPECT_EQ(valueOf(read(" export DATABASE_URL='postgres://u:pw@db1/app'\n").parameters, "dbname"), "app");
  const auto java =
      read("jdbc:postgresql://db1:5432/app?user=u&password=p+w&ApplicationName=x&targetServerType=primary");
  EXPECT_EQ(valueOf(java.parameters, "password"), "p w");
  EXPECT_EQ(valueOf(java.parameters, "target_session_attrs"), "primary");
  EXPECT_EQ(java.masked,
            "jdbc:postgresql://db1:5432/app?user=u&password=***&ApplicationName=x&targetServerType=primary");
  const auto python = read("postgresql+asyncpg://u:pw@/app?host=db1:5433&host=db2:5434&ssl=require");
  EXPECT_EQ(endpointText(python.parameters), "db1:5433, db2:5434");
  EXPECT_EQ(valueOf(python.parameters, "sslmode"), "require");
}

TEST(Parse, ParametersThatLibpqDoesNotKnowAreLeftOutWithANote) {
  const auto read_ = read("postgresql://u:pw@db1/app?schema=public&sslmode=verify-full&pgbouncer=true");
  EXPECT_EQ(valueOf(read_.parameters, "sslmode"), "verify-full");
  EXPECT_EQ(valueOf(read_.parameters, "schema"), "");
  ASSERT_EQ(read_.notes.size(), 2U);
  EXPECT_EQ(read_.notes[0], "schema= is Prisma's; libpq does not know it, and it is not used.");
}

TEST(Parse, SettingsOfThisComputerAreNotFollowed) {
  const auto read_ = read("service=production user=u");
  EXPECT_EQ(valueOf(read_.parameters, "service"), "");
  EXPECT_EQ(read_.lacks, (std::vector<std::string>{"host", "dbname"}));
  EXPECT_EQ(read_.notes.size(), 1U);
}

TEST(Parse, ParametersWithEffectsBesideTheSessionAreLeftOut) {
  for (const auto* key : {"replication", "sslkeylogfile", "oauth_issuer", "servicefile"}) {
    const auto read_ = read(std::string("host=db1 user=u dbname=app ") + key + "=x");
    EXPECT_EQ(read_.parameters.size(), 3U) << key;
    ASSERT_EQ(read_.notes.size(), 1U) << key;
    EXPECT_TRUE(read_.notes[0].starts_with(key)) << read_.notes[0];
  }
}

TEST(Parse, KeysAndValuesAreReadAsLibpqReadsThem) {
  const auto read_ = read(R"(host = db1 port=5433 user=o\'x dbname='my db' password='a \'b\\ c')");
  EXPECT_TRUE(read_.libpqAgrees);
  EXPECT_EQ(valueOf(read_.parameters, "user"), "o'x");
  EXPECT_EQ(valueOf(read_.parameters, "password"), "a 'b\\ c");
  EXPECT_EQ(valueOf(read_.parameters, "port"), "5433");
  EXPECT_EQ(read_.masked, R"(host = db1 port=5433 user=o\'x dbname='my db' password=***)");
}

TEST(Parse, OtherDatabasesAreNamed) {
  EXPECT_EQ(refused("mysql://u:hunter22@db1/app").text, "This is MySQL (mysql://); Whichbase reads PostgreSQL only.");
  EXPECT_NE(refused("mongodb+srv://u:hunter22@db1/app").text.find("MongoDB"), std::string::npos);
  EXPECT_NE(refused("jdbc:mysql://db1/app").text.find("MySQL"), std::string::npos);
  EXPECT_FALSE(refused("foo://db1/app").remedy.empty());
}

TEST(Parse, WhatIsNoConnectionStringIsRefusedWithWhatToDo) {
  for (const auto* text :
       {"", "   ", "\"\"", "hunter22", "u:hunter22@db1/app", "postgresql://u:hunter22@db1:port/app",
        "postgresql://u:hunter22@db1:70000/app", "postgresql://u:hun%ter22@db1/app",
        "postgresql://u:hunter22@db1/app\npostgresql://", "host=db1 password=hunter22 two user=u",
        "host=db1 password='hunter22", "Host=db1;Username=u;Password=hunter22;Database=app", "postgresql://u:hunter22",
        "postgresql://u:hunter22@a,b,c/app?port=1,2", "postgresql://u:hunter22@db1/app?sslmode=on",
        "host=a,b hostaddr=203.0.113.1 password=hunter22", "postgresql://u:hunter22%00@db1/app"}) {
    const auto error = refused(text);
    EXPECT_TRUE(error.text.ends_with('.')) << error.text;
    EXPECT_TRUE(error.remedy.ends_with('.')) << error.remedy;
    EXPECT_EQ((error.text + error.remedy + mask(text)).find("hunter22"), std::string::npos) << text;
  }
}

TEST(Parse, AMaskIsNoPassword) {
  for (const auto* password :
       {"***", "xxxxx", "%3Cpassword%3E", "<password>", "[YOUR-PASSWORD]", "********", "REDACTED"}) {
    EXPECT_TRUE(read(std::string("postgresql://u:") + password + "@db1/app").passwordIsMask) << password;
  }
  EXPECT_FALSE(read("postgresql://u:xy@db1/app").passwordIsMask);
  EXPECT_FALSE(read("postgresql://u@db1/app").passwordIsMask);
}
