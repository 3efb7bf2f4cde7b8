#include "import/env_text.h"

#include <gtest/gtest.h>

using namespace whichbase::imports;

namespace {

struct Told {
  std::string variable, url;
  bool operator==(const Told&) const = default;
};

std::vector<Told> found(std::string_view text) {
  std::vector<Told> told;
  for (const auto& database : findInEnvText(text))
    told.push_back({database.variable, database.url});
  return told;
}

} // namespace

TEST(EnvText, UrlsAreFoundUnderAnyName) {
  const auto databases = found("# production\n"
                               "SECRET_KEY=abc\n"
                               "REDIS_URL=redis://cache:6379\n"
                               "export DATABASE_URL=\"postgresql://u:pw@db1:5432/app\"\n"
                               "REPORTING='postgres://r:pw@db2/app' # read only\n"
                               "COPY=postgresql://u:pw@db1:5432/app\n");
  const std::vector<Told> expected{{"DATABASE_URL", "postgresql://u:pw@db1:5432/app"},
                                   {"REPORTING", "postgres://r:pw@db2/app"}};
  EXPECT_EQ(databases, expected);
}

TEST(EnvText, SingleVariablesAreComposedIntoOneUrl) {
  const auto databases = found("DB_CONNECTION=pgsql\nDB_HOST=db1\nDB_PORT=5433\nDB_DATABASE=app\n"
                               "DB_USERNAME=ops@example.org\nDB_PASSWORD=\"p@ss #1\"\n");
  const std::vector<Told> expected{{"DB_HOST", "postgresql://ops%40example.org:p%40ss%20%231@db1:5433/app"}};
  EXPECT_EQ(databases, expected);
}

TEST(EnvText, LibpqsOwnVariablesAndThoseOfTheContainerImageAreAFamily) {
  EXPECT_EQ(found("PGHOST=db1\nPGUSER=u\nPGDATABASE=app\nPGSSLMODE=require\n").at(0).url,
            "postgresql://u@db1/app?sslmode=require");
  EXPECT_EQ(found("environment:\n  - POSTGRES_USER=u\n  - POSTGRES_PASSWORD=pw\n  - POSTGRES_DB=app\n").at(0).url,
            "postgresql://u:pw@/app");
  EXPECT_EQ(found("environment:\n  POSTGRES_USER: u\n  POSTGRES_DB: app\n").at(0).url, "postgresql://u@/app");
}

TEST(EnvText, AnotherDatabaseIsNotTakenForPostgresql) {
  EXPECT_TRUE(found("DB_CONNECTION=mysql\nDB_HOST=db1\nDB_DATABASE=app\nDB_USERNAME=u\n").empty());
  EXPECT_TRUE(found("DB_HOST=db1\nDB_PORT=3306\nDB_NAME=app\nDB_USER=u\n").empty());
  EXPECT_TRUE(found("DATABASE_URL=mysql://u:pw@db1/app\nMAIL_HOST=mail\nMAIL_USER=u\n").empty());
  EXPECT_TRUE(found("").empty());
}

TEST(EnvText, VariablesInAValueAreThoseOfEarlierLines) {
  EXPECT_EQ(found("PW=s3cret\nDATABASE_URL=postgresql://u:${PW}@${HOST}/app\n").at(0).url,
            "postgresql://u:s3cret@${HOST}/app");
  EXPECT_EQ(found("PW=s3cret\nDATABASE_URL='postgresql://u:${PW}@db1/app'\n").at(0).url,
            "postgresql://u:${PW}@db1/app");
}

TEST(EnvText, AFamilyThatOnlyRepeatsAUrlIsLeftOut) {
  EXPECT_EQ(found("POSTGRES_USER=u\nPOSTGRES_PASSWORD=pw\nPOSTGRES_DB=app\n"
                  "DATABASE_URL=postgresql://u:pw@db1/app\n")
                .size(),
            1U);
}
