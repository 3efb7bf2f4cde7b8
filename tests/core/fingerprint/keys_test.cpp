#include "fingerprint_fixture.h"

#include <fmt/format.h>

namespace whichbase {
namespace {

using namespace test;
using history::Presence;

Presence between(const std::string& first, const std::string& second) {
  const auto a = fingerprintOf(first);
  const auto b = fingerprintOf(second);
  EXPECT_EQ(history::usersOfIn(a, b, a.at).presence, history::usersOfIn(b, a, a.at).presence);
  return history::usersOfIn(a, b, a.at).presence;
}

TEST(Keys, AWidenedNumberIsTheSameKey) {
  const std::string rows = "; INSERT INTO users SELECT generate_series(-3, 40)";
  const auto narrow = newDatabase("CREATE TABLE users (id integer PRIMARY KEY)" + rows);
  const auto wide = newDatabase("CREATE TABLE users (id bigint PRIMARY KEY)" + rows);
  const auto numeric = newDatabase("CREATE TABLE users (id numeric(20, 3) PRIMARY KEY)" + rows);
  EXPECT_EQ(between(narrow, wide), Presence::all);
  EXPECT_EQ(between(narrow, numeric), Presence::all);
}

TEST(Keys, NumbersAreToldToProveLess) {
  const auto database = newDatabase("CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1), (2)");
  const auto a = fingerprintOf(database);
  const auto note = history::usersOfIn(a, a, a.at).note;
  EXPECT_NE(note.find("same id does not prove that it is the same person"), std::string::npos) << note;
}

TEST(Keys, OfUuidAndOfTextAreNotCompared) {
  const auto uuid = newDatabase("CREATE TABLE users (id uuid PRIMARY KEY); INSERT INTO users VALUES (md5('1')::uuid)");
  const auto text = newDatabase("CREATE TABLE users (id text PRIMARY KEY); "
                                "INSERT INTO users VALUES (md5('1')::uuid::text)");
  EXPECT_EQ(between(uuid, text), Presence::unknown);
  EXPECT_NE(told(fingerprintOf(uuid), fingerprintOf(text)).find("is id uuid, that of"), std::string::npos);
}

TEST(Keys, OfSeveralColumnsAreReadWholeWhateverTheirOrder) {
  const std::string rows = "; INSERT INTO users (tenant, email) SELECT i % 3, 'ü' || i || E'\\n''\\\\' "
                           "FROM generate_series(1, 500) i";
  const auto one = newDatabase("CREATE TABLE users (tenant int, email text, PRIMARY KEY (tenant, email))" + rows);
  const auto other =
      newDatabase("CREATE TABLE users (email varchar(80), tenant bigint, PRIMARY KEY (email, tenant))" + rows);
  EXPECT_EQ(fingerprintOf(one).hashes.size(), 500U);
  EXPECT_EQ(between(one, other), Presence::all);
  // A boundary between two values is part of the key.
  const auto ab = newDatabase("CREATE TABLE users (a text, b text, PRIMARY KEY (a, b)); "
                              "INSERT INTO users VALUES ('ab', 'c')");
  const auto bc = newDatabase("CREATE TABLE users (a text, b text, PRIMARY KEY (a, b)); "
                              "INSERT INTO users VALUES ('a', 'bc')");
  EXPECT_EQ(between(ab, bc), Presence::missing);
}

TEST(Keys, OfEveryKindHaveOneFormUnderAnySettings) {
  const std::string table =
      "CREATE DOMAIN mail AS varchar(40); CREATE TYPE tier AS ENUM ('gold', 'tin');"
      "CREATE TABLE users (a char(8), b bytea, c boolean, d date, e timestamp, f timestamptz, g mail, h tier,"
      " PRIMARY KEY (a, b, c, d, e, f, g, h));"
      "INSERT INTO users SELECT 'k' || i, decode('00ff5c27', 'hex'), i % 2 = 0, date '2026-02-03' + i,"
      " timestamp '2026-02-03 04:05:06.789' + i * interval '1 day', "
      " timestamptz '2026-02-03 04:05:06.5+00' + i * interval '1 day', 'm' || i, 'tin' FROM generate_series(1, 40) i;"
      "INSERT INTO users VALUES ('end', '', true, 'infinity', '-infinity', 'infinity', '', 'gold')";
  const auto plain = newDatabase(table);
  const auto odd = newDatabase(table);
  sql(shared(), "postgres",
      fmt::format("ALTER DATABASE {0} SET DateStyle = 'German'; ALTER DATABASE {0} SET TimeZone = 'America/New_York';"
                  "ALTER DATABASE {0} SET bytea_output = 'escape'",
                  odd));
  EXPECT_EQ(fingerprintOf(plain).hashes.size(), 41U);
  EXPECT_EQ(fingerprintOf(plain).hashes, fingerprintOf(odd).hashes);
}

TEST(Keys, ADatabaseOfAnotherEncodingAndLocaleHasTheSame) {
  const std::string rows = "CREATE TABLE users (name text PRIMARY KEY); INSERT INTO users VALUES (U&'J\\00FCrgen'), "
                           "('anna'), ('Zoe')";
  const auto utf8 = newDatabase(rows);
  sql(shared(), "postgres", "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
  sql(shared(), "latin", "SET client_encoding = UTF8; " + rows);
  EXPECT_EQ(between(utf8, "latin"), Presence::all);
}

TEST(Keys, BytesOfNoKnownEncodingAreRefused) {
  sql(shared(), "postgres",
      "CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
  sql(shared(), "ascii", "CREATE TABLE users (name text PRIMARY KEY); INSERT INTO users VALUES ('anna')");
  EXPECT_EQ(refusalOf("ascii"), "");
  sql(shared(), "ascii", "INSERT INTO users VALUES (chr(252))");
  EXPECT_EQ(refusalOf("ascii"), "a key of public.users is no UTF-8: which letters it holds is not known");
}

TEST(Keys, AUniqueIndexStandsInForAPrimaryKeyUnlessItAllowsNull) {
  const auto unique = newDatabase("CREATE TABLE users (email text NOT NULL UNIQUE, name text); "
                                  "INSERT INTO users VALUES ('a@example.org', 'a')");
  EXPECT_EQ(fingerprintOf(unique).columns,
            (std::vector<history::KeyColumn>{{"email", "text", history::KeyKind::text}}));
  const auto optional = newDatabase("CREATE TABLE users (email text UNIQUE); "
                                    "INSERT INTO users VALUES (NULL), (NULL), ('a@example.org')");
  EXPECT_EQ(refusalOf(optional), "public.users has no primary key, and no unique index on columns that are NOT NULL");
  const auto partial = newDatabase("CREATE TABLE users (email text NOT NULL); "
                                   "CREATE UNIQUE INDEX ON users (email) WHERE email > 'b'; "
                                   "CREATE UNIQUE INDEX ON users (lower(email))");
  EXPECT_NE(refusalOf(partial), "");
}

TEST(Keys, WhatCannotBeToldApartIsRefused) {
  const auto floating = newDatabase("CREATE TABLE users (id double precision PRIMARY KEY)");
  EXPECT_NE(refusalOf(floating).find("type double precision"), std::string::npos) << refusalOf(floating);
  const auto parent = newDatabase("CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE more () INHERITS (users); "
                                  "INSERT INTO users VALUES (1); INSERT INTO more VALUES (1)");
  EXPECT_NE(refusalOf(parent).find("child tables"), std::string::npos) << refusalOf(parent);
  EXPECT_NE(refusalOf(newDatabase("CREATE VIEW users AS SELECT 1 AS id")).find("no primary key"), std::string::npos);
  EXPECT_NE(refusalOf(newDatabase()).find("no table with one of the usual names"), std::string::npos);
}

TEST(Keys, OfAPartitionedTableAreRead) {
  const auto parts = newDatabase("CREATE TABLE users (id int PRIMARY KEY) PARTITION BY RANGE (id); "
                                 "CREATE TABLE low PARTITION OF users FOR VALUES FROM (0) TO (100); "
                                 "CREATE TABLE high PARTITION OF users FOR VALUES FROM (100) TO (30000); "
                                 "INSERT INTO users SELECT generate_series(1, 25000)");
  const auto fingerprint = fingerprintOf(parts);
  EXPECT_EQ(fingerprint.hashes.size(), 25000U);
  EXPECT_TRUE(fingerprint.settled);
}

TEST(Keys, RowsThatTheRoleMayNotSeeForbidAFingerprint) {
  const auto secured = newDatabase("CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1), (2); "
                                   "ALTER TABLE users ENABLE ROW LEVEL SECURITY; "
                                   "CREATE POLICY one ON users USING (id = 1); "
                                   "DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN PASSWORD 'r'; "
                                   "GRANT SELECT ON users TO reader");
  const auto refused = refusalOf(targetOf(shared(), secured, "reader", "r"));
  EXPECT_NE(refused.find("row-level security hides rows"), std::string::npos) << refused;
  EXPECT_EQ(refusalOf(secured), ""); // the superuser sees all
  sql(shared(), secured,
      "ALTER TABLE users DISABLE ROW LEVEL SECURITY; REVOKE SELECT ON users FROM reader; "
      "ALTER TABLE users ADD name text; GRANT SELECT (name) ON users TO reader");
  const auto partly = refusalOf(targetOf(shared(), secured, "reader", "r"));
  EXPECT_EQ(partly, "the role may not read the key of public.users");
}

TEST(Keys, NothingIsWaitedForBehindALock) {
  const auto database = newDatabase("CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1)");
  // The lock is held by a prepared transaction: it needs nobody to stay connected.
  const auto result = shared().sql(database, "BEGIN; LOCK TABLE users; PREPARE TRANSACTION 'held'");
  if (!result)
    GTEST_SKIP() << result.error().text;
  EXPECT_EQ(refusalOf(database), "public.users is locked by another session");
  sql(shared(), database, "ROLLBACK PREPARED 'held'");
}

} // namespace
} // namespace whichbase
