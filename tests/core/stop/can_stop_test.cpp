#include "stop_fixture.h"
#include "support/run_program.h"

#include <fmt/format.h>

#include <atomic>
#include <thread>

namespace whichbase {
namespace {

using namespace test;
using namespace std::chrono_literals;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(CanStop, NothingIsFoundAgainstADatabaseThatNobodyUsesAndThatHoldsNothingOfItsOwn) {
  const auto answer = ask(newPair());
  EXPECT_TRUE(answer.nothingFound()) << toText(answer);
  EXPECT_TRUE(lookedAt(answer, "sessions")) << toText(answer);
  EXPECT_TRUE(lookedAt(answer, "2 tables and 1 trigger, against those of")) << toText(answer);
  EXPECT_TRUE(lookedAt(answer, "the rows of public.users")) << toText(answer);
  EXPECT_TRUE(lookedAt(answer, "the rows of 1 other table")) << toText(answer);
  EXPECT_TRUE(lookedAt(answer, "writes, for ")) << toText(answer);
  const std::string text = toText(answer);
  EXPECT_TRUE(holds(text, "Nothing was found against it.")) << text;
  EXPECT_FALSE(holds(text, "Yes")) << text;
  EXPECT_TRUE(holds(text, "what connects only now and then")) << text;
  EXPECT_EQ(answer.rows.size(), 2U);
  EXPECT_EQ(schemaViolation(toJson(answer), "can_stop.schema.json"), "");
}

TEST(CanStop, AServerThatLeadsThereIsAReason) {
  const auto answer = ask(newPair(), {.stillConfigured = true});
  EXPECT_EQ(codes(answer), "servers") << toText(answer);
  EXPECT_EQ(against(answer, "servers"), "Backend (writes) leads there.");
  EXPECT_EQ(schemaViolation(toJson(answer), "can_stop.schema.json"), "");
}

TEST(CanStop, ASessionIsAReasonAndItsServerIsNamed) {
  const auto name = newPair();
  const HeldSession session(former(), name, "shop-backend");
  const HeldSession stranger(former(), name, "reports");
  const auto answer = ask(name, {.client = {"app:shop-backend"}});
  EXPECT_EQ(codes(answer), "sessions") << toText(answer);
  const auto text = against(answer, "sessions");
  EXPECT_TRUE(holds(text, "1 session of Backend is connected (127.0.0.1, app: shop-backend, user postgres)")) << text;
  EXPECT_TRUE(holds(text, "(127.0.0.1, app: reports, user postgres)")) << text;
  EXPECT_TRUE(holds(text, "no server of the project looks like that")) << text;
}

TEST(CanStop, SomebodyWhoWritesIsAReason) {
  const auto name = newPair();
  std::jthread writer([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) // each a session of its own, which hands its counters over when it ends
      sql(former(), name, "UPDATE users SET email = email WHERE id = 1");
  });
  const auto answer = ask(name, {.watched = 2s});
  EXPECT_TRUE(holds(against(answer, "writes"), "written just now: ")) << toText(answer);
  EXPECT_TRUE(holds(against(answer, "writes"), "in public.users (it was watched for ")) << toText(answer);
}

TEST(CanStop, AnOpenTransactionThatHasWrittenIsAReason) {
  const auto name = newPair();
  HeldSession session(former(), name, "migration");
  session.run("BEGIN; UPDATE users SET email = 'x' WHERE id = 1");
  const auto answer = ask(name);
  EXPECT_EQ(codes(answer), "sessions writes") << toText(answer);
  EXPECT_EQ(against(answer, "writes"), "An open transaction has written to public.users.");
}

TEST(CanStop, ItNeverSaysThatNothingWasWrittenBeforeTheCountersBegan) {
  const auto name = newPair();
  sql(former(), name, "SELECT pg_stat_reset()");
  const auto answer = ask(name);
  EXPECT_TRUE(holds(beside(answer, "counters"), "what was written before is not counted")) << toText(answer);
  EXPECT_TRUE(answer.nothingFound()) << toText(answer);
}

TEST(CanStop, APreparedTransactionIsAReason) {
  const auto name = newPair();
  sql(former(), name, "BEGIN; SELECT pg_advisory_xact_lock(1); PREPARE TRANSACTION 'payment-7'");
  const auto answer = ask(name);
  sql(former(), name, "ROLLBACK PREPARED 'payment-7'");
  EXPECT_EQ(codes(answer), "prepared-transactions") << toText(answer);
  EXPECT_TRUE(holds(against(answer, "prepared-transactions"), "The transaction payment-7 of postgres is prepared"))
      << toText(answer);
}

TEST(CanStop, AnInactiveSlotIsAReason) {
  const auto name = newPair();
  sql(former(), name, "SELECT pg_create_physical_replication_slot('spare', true)");
  sql(former(), name, "SELECT pg_create_logical_replication_slot('warehouse', 'pgoutput')");
  const auto answer = ask(name);
  sql(former(), name, "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
  EXPECT_EQ(codes(answer), "slots") << toText(answer);
  // How much WAL it holds back, which may follow, depends on what the server wrote meanwhile.
  const auto text = against(answer, "slots");
  EXPECT_TRUE(holds(text, "The physical replication slot spare is kept for a replica, which is not connected")) << text;
  EXPECT_TRUE(holds(text, "The logical replication slot warehouse is kept for a subscriber, which is not connected"))
      << text;
}

TEST(CanStop, ASlotOfAnotherDatabaseOfTheServerIsNoReason) {
  const auto name = newPair();
  sql(former(), "postgres", "SELECT pg_create_logical_replication_slot('elsewhere', 'pgoutput')");
  const auto answer = ask(name);
  sql(former(), "postgres", "SELECT pg_drop_replication_slot('elsewhere')");
  EXPECT_EQ(codes(answer), "") << toText(answer);
}

TEST(CanStop, ASubscriptionOfAnotherDatabaseIsAReason) {
  const auto name = newPair();
  sql(former(), name, "CREATE PUBLICATION shop_changes FOR TABLE users");
  sql(current(), name,
      fmt::format("CREATE SUBSCRIPTION shop_feed CONNECTION 'host=127.0.0.1 port={} dbname={} user=postgres "
                  "password={}' PUBLICATION shop_changes WITH (copy_data = false)",
                  former().port(), name, former().password()));
  const auto answer = ask(name);
  sql(current(), name, "DROP SUBSCRIPTION shop_feed");
  const auto text = against(answer, "subscriptions");
  EXPECT_TRUE(holds(text, "The subscription shop_feed of ")) << toText(answer);
  EXPECT_TRUE(holds(text, "takes its changes from a slot of the name shop_feed, which is in this database."))
      << toText(answer);
  EXPECT_TRUE(holds(against(answer, "publications"), "shop_changes")) << toText(answer);
  EXPECT_FALSE(holds(toText(answer) + toJson(answer), former().password()));
}

TEST(CanStop, APublicationWithoutASubscriberIsToldBeside) {
  const auto name = newPair();
  sql(former(), name, "CREATE PUBLICATION shop_changes FOR TABLE users");
  const auto answer = ask(name);
  EXPECT_EQ(codes(answer), "") << toText(answer);
  EXPECT_EQ(beside(answer, "publications"), "It publishes changes (shop_changes), for which no subscriber has a slot.");
}

TEST(CanStop, ItsOwnSubscriptionWouldLeaveASlotBehind) {
  const auto name = newPair();
  sql(current(), name, "CREATE PUBLICATION back FOR TABLE users");
  sql(former(), name,
      fmt::format("CREATE SUBSCRIPTION shop_back CONNECTION 'host=127.0.0.1 port={} dbname={} user=postgres "
                  "password={}' PUBLICATION back WITH (copy_data = false)",
                  current().port(), name, current().password()));
  const auto answer = ask(name);
  sql(former(), name, "DROP SUBSCRIPTION shop_back");
  EXPECT_TRUE(holds(against(answer, "subscriptions"), "its slot shop_back stays on the publisher")) << toText(answer);
}

TEST(CanStop, AStandbyThatStreamsFromItIsAReason) {
  const auto name = newPair();
  auto standby = demo::ThrowawayCluster::standbyOf(former(), {});
  ASSERT_TRUE(standby) << standby.error().text;
  const auto answer = ask(name);
  EXPECT_TRUE(holds(against(answer, "replicas"), "A standby streams from it: 127.0.0.1 (")) << toText(answer);
}

TEST(CanStop, AForeignServerThatPointsThereIsAReason) {
  const auto name = newPair();
  sql(current(), name,
      fmt::format("CREATE EXTENSION postgres_fdw; "
                  "CREATE SERVER old_shop FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '{0}', "
                  "dbname '{1}'); CREATE FOREIGN TABLE old_users (id int) SERVER old_shop; "
                  "CREATE SERVER other_shop FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '{0}', "
                  "dbname 'another'); "
                  "CREATE SERVER named_shop FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db.example.org', port "
                  "'{0}', dbname '{1}')",
                  former().port(), name));
  const auto answer = ask(name);
  EXPECT_EQ(codes(answer), "foreign-servers") << toText(answer);
  const auto text = against(answer, "foreign-servers");
  EXPECT_TRUE(holds(text, fmt::format("points to it (127.0.0.1:{}/{}), with 1 foreign table.", former().port(), name)))
      << text;
  EXPECT_FALSE(holds(text, "other_shop") || holds(text, "named_shop")) << text;
  EXPECT_TRUE(couldNot(answer, "whether the foreign server named_shop of ")) << toText(answer);
}

TEST(CanStop, RowsThatAreOnlyThereAreAReason) {
  const auto name = newPair();
  sql(former(), name, "INSERT INTO users VALUES (4, 'only@example.org', '2026-01-01 00:00:00Z')");
  const auto answer = ask(name);
  EXPECT_EQ(codes(answer), "users") << toText(answer);
  EXPECT_TRUE(holds(against(answer, "users"), "1 only in ")) << toText(answer);
  EXPECT_FALSE(holds(toText(answer) + toJson(answer), "only@example.org"));
  const auto unread = ask(name, {.rows = false});
  EXPECT_EQ(codes(unread), "users") << toText(unread);
  EXPECT_TRUE(holds(against(unread, "users"), "It has 4 users; there are 3 in ")) << toText(unread);
  EXPECT_TRUE(couldNot(unread, "rows: they were not to be compared"));
}

TEST(CanStop, RowsThatAreNotTheSameAreAReason) {
  const auto name = newPair();
  sql(former(), name, "UPDATE orders SET owner = 2");
  const auto answer = ask(name);
  EXPECT_EQ(codes(answer), "rows") << toText(answer);
  EXPECT_TRUE(holds(against(answer, "rows"), "public.orders: ")) << toText(answer);
}

TEST(CanStop, ANewerUserIsAReason) {
  const auto name = newPair();
  sql(former(), name, "UPDATE users SET created_at = '2026-02-01 00:00:00Z' WHERE id = 3");
  const auto answer = ask(name, {.rows = false});
  EXPECT_EQ(codes(answer), "writes") << toText(answer);
  EXPECT_TRUE(holds(against(answer, "writes"), "Its newest user is of ")) << toText(answer);
}

TEST(CanStop, WhatIsOnlyThereIsAReasonByItsKind) {
  const auto name = newPair();
  sql(former(), name,
      "CREATE TABLE messages (id int PRIMARY KEY); ALTER TABLE users ADD COLUMN phone text; "
      "CREATE TRIGGER keep_users BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION keep(); "
      "CREATE SEQUENCE invoice_numbers; CREATE EXTENSION pgcrypto; "
      "CREATE VIEW everybody AS SELECT id FROM users; CREATE INDEX users_by_email ON users (email)");
  const auto answer = ask(name, {.rows = false});
  EXPECT_TRUE(holds(against(answer, "tables"), "1 table is only there, not in ")) << toText(answer);
  EXPECT_TRUE(holds(against(answer, "tables"), "public.messages.")) << toText(answer);
  EXPECT_TRUE(holds(against(answer, "columns"), "public.users.phone.")) << toText(answer);
  EXPECT_TRUE(holds(against(answer, "triggers"), "keep_users of public.users.")) << toText(answer);
  EXPECT_TRUE(holds(against(answer, "sequences"), "public.invoice_numbers.")) << toText(answer);
  EXPECT_TRUE(holds(against(answer, "extensions"), "pgcrypto")) << toText(answer);
  EXPECT_TRUE(holds(against(answer, "objects"), "public.everybody")) << toText(answer);
  EXPECT_TRUE(holds(beside(answer, "indexes"), "users_by_email")) << toText(answer);
}

TEST(CanStop, WhatIsOnlyInTheOtherIsNoReason) {
  const auto name = newPair();
  sql(current(), name,
      "CREATE TABLE messages (id int PRIMARY KEY); ALTER TABLE users ADD COLUMN phone text; "
      "INSERT INTO users VALUES (4, 'new@example.org', '2026-03-01 00:00:00Z')");
  const auto answer = ask(name);
  EXPECT_EQ(codes(answer), "") << toText(answer);
}

TEST(CanStop, JobsThatAreKeptThereAreAReason) {
  const auto name = newPair();
  sql(former(), name,
      fmt::format("CREATE SCHEMA cron; CREATE TABLE cron.job (jobid bigint PRIMARY KEY, database text, active bool); "
                  "INSERT INTO cron.job VALUES (1, '{}', true), (2, 'postgres', true), (3, 'postgres', false)",
                  name));
  const auto answer = ask(name, {.rows = false});
  EXPECT_EQ(against(answer, "jobs"), "2 active jobs of cron.job are kept in it.") << toText(answer);
}

TEST(CanStop, OtherDatabasesOfItsServerAreToldBeside) {
  const auto name = newPair();
  sql(former(), "postgres", "CREATE DATABASE reports_of_" + name);
  {
    const HeldSession session(former(), "reports_of_" + name, "reports");
    const auto answer = ask(name, {.rows = false});
    EXPECT_EQ(codes(answer), "") << toText(answer);
    EXPECT_TRUE(holds(beside(answer, "siblings"), "reports_of_" + name + " (1 session)")) << toText(answer);
  }
}

TEST(CanStop, LargeObjectsCannotBeLookedAt) {
  const auto name = newPair();
  sql(former(), name, "SELECT lo_create(0)");
  EXPECT_TRUE(couldNot(ask(name, {.rows = false}), "its large objects (1)"));
}

TEST(CanStop, ARoleWithoutPrivilegesFindsLessAndSaysSo) {
  const auto name = newPair();
  sql(former(), "postgres",
      "DO $$ BEGIN CREATE ROLE weak LOGIN PASSWORD 'secret'; "
      "EXCEPTION WHEN duplicate_object THEN END $$");
  sql(former(), name, "CREATE SCHEMA cron; CREATE TABLE cron.job (jobid int PRIMARY KEY, database text, active bool)");
  const HeldSession session(former(), name, "backend");
  const auto answer = ask(name, {.role = "weak", .rolePassword = "secret"});
  EXPECT_TRUE(holds(against(answer, "sessions"), "where from is hidden from this role")) << toText(answer);
  EXPECT_TRUE(couldNot(answer, "the role weak may not see it (pg_read_all_stats)")) << toText(answer);
  EXPECT_TRUE(couldNot(answer, "jobs of cron.job: the role has no privilege to read it")) << toText(answer);
  EXPECT_TRUE(couldNot(answer, "rows of users")) << toText(answer);
  EXPECT_EQ(schemaViolation(toJson(answer), "can_stop.schema.json"), "");
}

TEST(CanStop, AStandbyIsToldToBeOne) {
  const auto name = newPair();
  auto standby = demo::ThrowawayCluster::standbyOf(former(), {});
  ASSERT_TRUE(standby) << standby.error().text;
  const auto answer = ask(name, {.cluster = standby->get()});
  EXPECT_TRUE(holds(beside(answer, "standby"), "It is a standby of ")) << toText(answer);
  EXPECT_EQ(beside(answer, "counters"), "") << toText(answer);
}

TEST(CanStop, ADatabaseThatWasNeverReachedIsNotAnswered) {
  topology::Snapshot snapshot;
  topology::Database gone;
  gone.id = "A";
  gone.answered = false;
  gone.ghost = true;
  gone.lastReachedAt = topology::now();
  gone.clients = topology::Known<topology::Clients>::of({{{"203.0.113.20", "backend", "app", 2}}, 0});
  snapshot.databases = {gone};
  verify::StopQuestion question;
  question.snapshot = &snapshot;
  question.database = "A";
  probe::Connector connector({});
  const auto answer = verify::canStop(question, connector, pg::Clock::now() + 5s, {});
  EXPECT_FALSE(answer.asked);
  EXPECT_FALSE(answer.nothingFound());
  EXPECT_TRUE(holds(toText(answer), "Not known: A could not be asked (nothing leads to it).")) << toText(answer);
  EXPECT_TRUE(holds(against(answer, "sessions"), "2 sessions were connected ")) << toText(answer);
  EXPECT_EQ(schemaViolation(toJson(answer), "can_stop.schema.json"), "");
}

TEST(CanStop, AnotherDatabaseThatAnswersThereIsNotTakenForIt) {
  const auto name = newPair();
  const auto right = asked(name, {.rows = false});
  auto snapshot = right.snapshot;
  verify::StopQuestion question;
  question.snapshot = &snapshot;
  question.database = right.answer.database;
  const auto* database = snapshot.database(question.database);
  probe::Target elsewhere;
  elsewhere.parameters = {{"host", "127.0.0.1"},
                          {"port", std::to_string(current().port())},
                          {"dbname", name},
                          {"user", "postgres"},
                          {"password", current().password()}};
  question.endpoint = {"A", {elsewhere}, database->systemIdentifier, database->oid};
  probe::Connector connector({});
  const auto answer = verify::canStop(question, connector, pg::Clock::now() + 10s, {});
  EXPECT_FALSE(answer.asked) << toText(answer);
}

} // namespace
} // namespace whichbase
