// The INSERT into the users table: its template, and what somebody makes of it.
#include "test_row_fixture.h"
#include "verify/test_row_sql.h"

#include <fmt/format.h>

namespace whichbase::test {
namespace {

using verify::checkedInsert;

constexpr const char* value = "whichbase-0123456789abcdef01234567";

std::string problemOf(const std::string& sql, const std::string& relation = "public.users") {
  const auto checked = checkedInsert(sql, relation, value);
  return checked ? "" : checked.error();
}

TEST(Insert, OnlyOneInsertIntoThatRelationPasses) {
  const std::string good = fmt::format("INSERT INTO public.users (email) VALUES ('{}')", value);
  EXPECT_EQ(checkedInsert("  " + good + " ;\n", "public.users", value).value_or(""), good);
  EXPECT_EQ(problemOf(good + "; -- done"), "");
  EXPECT_EQ(problemOf("insert /* a; */ into \"public\" . USERS (email) values ($$" + std::string(value) + "$$)"), "");
  EXPECT_EQ(
      problemOf(fmt::format("INSERT INTO public.\"User\" VALUES ('a;b', E'\\';', '{}')", value), "public.\"User\""),
      "");
  EXPECT_TRUE(holds(problemOf(good + "; DELETE FROM public.users"), "more than one statement"));
  EXPECT_TRUE(holds(problemOf(good + " ON CONFLICT (email) DO UPDATE SET name = 'x'"), "ON CONFLICT"));
  EXPECT_TRUE(holds(problemOf(fmt::format("INSERT INTO users (email) VALUES ('{}')", value)), "another relation"));
  EXPECT_TRUE(holds(problemOf(fmt::format("INSERT INTO public.\"Users\" VALUES ('{}')", value)), "another relation"));
  EXPECT_TRUE(holds(problemOf(fmt::format("DELETE FROM public.users WHERE email = '{}'", value)), "not an INSERT"));
  EXPECT_TRUE(holds(problemOf(fmt::format("WITH x AS (SELECT 1) INSERT INTO public.users VALUES ('{}')", value)),
                    "not an INSERT"));
  EXPECT_TRUE(
      holds(problemOf("INSERT INTO public.users (email) VALUES ('me@example.org')"), "does not hold the token"));
  EXPECT_TRUE(holds(problemOf(fmt::format("INSERT INTO public.users (email) VALUES ('me') -- '{}'", value)),
                    "does not hold the token"));
  EXPECT_TRUE(holds(problemOf(fmt::format("INSERT INTO public.users VALUES ('\\', '{}')", value)), "backslash"));
  EXPECT_TRUE(holds(problemOf("INSERT INTO public.users VALUES ('"), "not closed"));
  EXPECT_TRUE(holds(problemOf("INSERT INTO public.users VALUES (1) /* "), "not closed"));
  EXPECT_TRUE(holds(problemOf(""), "not an INSERT"));
}

TEST(Insert, TokensAreUniqueAndFoundInTexts) {
  const std::string token = verify::newToken();
  EXPECT_TRUE(verify::isToken(token)) << token;
  EXPECT_NE(token, verify::newToken());
  EXPECT_EQ(verify::tokenIn("VALUES ('" + token + "@example.org')"), token);
  EXPECT_EQ(verify::tokenIn("whichbase-123 whichbase_canary"), "");
}

TEST_F(TestRow, TheServerItselfRefusesASecondStatement) {
  const std::string database = newDatabase(usersTable);
  sql(database, "INSERT INTO public.users (email, name) VALUES ('me@example.org', 'me')");
  probe::Connector connector({});
  auto session =
      connector.connect(participant("Backend", database).target, pg::Clock::now() + std::chrono::seconds(20));
  ASSERT_TRUE(session);
  std::vector<pg::Rows> answers;
  pg::SqlError error;
  EXPECT_EQ(
      (*session)->transact({{"INSERT INTO public.users (email, name) VALUES ('x', 'x'); DELETE FROM public.users"}},
                           pg::Clock::now() + std::chrono::seconds(20), answers, error),
      pg::Outcome::notDone);
  EXPECT_EQ(error.sqlState, "42601");
  EXPECT_EQ(sql(database, "SELECT email FROM public.users"), "me@example.org\n");
  // And what affects another number of rows than it should is rolled back.
  EXPECT_EQ((*session)->transact({{"SELECT 1", 1}, {"DELETE FROM public.users WHERE email = 'nobody'", 1}},
                                 pg::Clock::now() + std::chrono::seconds(20), answers, error),
            pg::Outcome::notDone);
  EXPECT_TRUE((*session)->lost());
}

TEST_F(TestRow, TheTemplateHasTheRequiredColumnsWithSensibleValues) {
  const std::string database = newDatabase(
      "CREATE TYPE public.mood AS ENUM ('calm', 'wild'); CREATE DOMAIN public.short AS varchar(12) NOT NULL;"
      "CREATE TABLE public.users (id uuid PRIMARY KEY, \"E-mail\" varchar(80) NOT NULL UNIQUE, nick public.short,"
      " state public.mood NOT NULL, born date NOT NULL, tags text[] NOT NULL, extra jsonb NOT NULL, score numeric NOT "
      "NULL, note text, made timestamptz NOT NULL DEFAULT now(), twice int GENERATED ALWAYS AS (2) STORED);");
  const Participants all{participant("Backend", database)};
  const auto made = usersPlan(all);
  EXPECT_TRUE(made.isComplete) << joined(made.toFill);
  EXPECT_TRUE(holds(made.insertSql, "INSERT INTO public.users (id, \"E-mail\", nick, state, born, tags, extra, score)"))
      << made.insertSql;
  EXPECT_TRUE(holds(made.insertSql, "'" + made.token + "@example.org'")) << made.insertSql;
  EXPECT_TRUE(holds(made.insertSql, "'calm'")) << made.insertSql;
  const auto result = write(made, all);
  EXPECT_TRUE(result.verification.everyoneSees) << verify::toText(result);
  expectNothingLeft(database);
}

TEST_F(TestRow, WhatNobodyCanKnowHasToBeFilledIn) {
  const std::string database =
      newDatabase("CREATE TABLE public.teams (id int PRIMARY KEY); INSERT INTO public.teams VALUES (7);"
                  "CREATE TABLE public.users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL,"
                  " team_id int NOT NULL REFERENCES public.teams, kind text NOT NULL CHECK (kind IN ('a', 'b')));");
  const Participants all{participant("Backend", database)};
  const auto made = usersPlan(all);
  EXPECT_FALSE(made.isComplete);
  ASSERT_EQ(made.toFill.size(), 2U) << joined(made.toFill);
  EXPECT_EQ(made.toFill[0], "public.users.team_id (integer, NOT NULL, a key of public.teams)");
  EXPECT_TRUE(holds(made.toFill[1], "public.users.kind (text, NOT NULL, CHECK ((kind")) << made.toFill[1];
  EXPECT_TRUE(write(made, all).refused);
  // Each blank gets a value; the comments may stay.
  std::string completed = made.insertSql;
  completed.replace(completed.find("NULL", completed.find("*/")), 4, "7");
  completed.replace(completed.rfind("NULL"), 4, "'a'");
  const auto again = usersPlan(all, completed, made.token);
  EXPECT_TRUE(again.isComplete && again.refusals.empty()) << joined(again.refusals) << joined(again.toFill);
  EXPECT_EQ(again.insertSql, completed);
  const auto result = write(again, all);
  EXPECT_TRUE(result.verification.everyoneSees) << verify::toText(result);
  expectNothingLeft(database);
}

TEST_F(TestRow, AnInsertThatAddsMoreThanTheRowIsRolledBack) {
  const std::string database = newDatabase(usersTable);
  const Participants all{participant("Backend", database)};
  const std::string token = verify::newToken();
  for (const std::string& text :
       {fmt::format("INSERT INTO public.users (email, name) VALUES ('{}@example.org', 'a'), ('other', 'b')", token),
        fmt::format("INSERT INTO public.users (email, name) SELECT '{}@example.org', 'a' WHERE false", token),
        fmt::format("INSERT INTO public.users (email, name) VALUES ('other', left('{}@example.org', 9))", token)}) {
    const auto made = usersPlan(all, text, token);
    EXPECT_TRUE(made.refusals.empty()) << joined(made.refusals);
    const auto result = write(made, all);
    EXPECT_FALSE(result.inserted);
    EXPECT_TRUE(result.deleted) << joined(result.problems); // nothing is left, which was asked
    EXPECT_EQ(result.leftBehind, "");
    EXPECT_EQ(sql(database, "SELECT count(*) FROM public.users"), "0\n");
    EXPECT_EQ(entries(), 0U);
  }
}

TEST_F(TestRow, AnInsertWithoutTheTokenIsRefused) {
  const std::string database = newDatabase(usersTable);
  const Participants all{participant("Backend", database)};
  const auto made =
      usersPlan(all, "INSERT INTO public.users (email, name) VALUES ('me@example.org', 'me')", verify::newToken());
  EXPECT_TRUE(holds(joined(made.refusals), "does not hold the token")) << joined(made.refusals);
  EXPECT_TRUE(write(made, all).refused);
  EXPECT_EQ(sql(database, "SELECT count(*) FROM public.users"), "0\n");
}

TEST_F(TestRow, OtherRowsStayAsTheyWere) {
  const std::string database = newDatabase(usersTable);
  sql(database, "INSERT INTO public.users (email, name) SELECT 'u' || i, 'u' FROM generate_series(1, 1000) i");
  const std::string before = sql(database, "SELECT md5(string_agg(u::text, ',' ORDER BY id)) FROM public.users u");
  const Participants all{participant("Backend", database)};
  EXPECT_TRUE(write(usersPlan(all), all).verification.everyoneSees);
  EXPECT_EQ(sql(database, "SELECT md5(string_agg(u::text, ',' ORDER BY id)) FROM public.users u"), before);
}

} // namespace
} // namespace whichbase::test
