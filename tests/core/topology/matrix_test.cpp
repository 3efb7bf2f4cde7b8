// The matrix: what leads where, and whose sessions are seen where; unknown wherever that cannot be known.
#include "built_sighting.h"
#include "topology/matrix.h"

#include <gtest/gtest.h>

namespace whichbase::topology {
namespace {

const std::string backendAddress = "203.0.113.20", dashboardAddress = "203.0.113.21";

// Backend on A, Dashboard on B, both known by address; nobody is connected yet.
struct TwoSides {
  BuiltSighting sight;
  std::size_t a = sight.target(plainFacts(1)), b = sight.target(plainFacts(2));

  TwoSides() {
    sight.server("Backend", a).address = backendAddress;
    sight.server("Dashboard", b).address = dashboardAddress;
  }
  Facts& on(std::size_t target) { return *sight.value.observations[target].facts; }
  ServerSpec& backend() { return sight.value.servers[0]; }
  ServerSpec& dashboard() { return sight.value.servers[1]; }
  void connect(std::size_t target, const std::string& address, int sessions, const std::string& application = "web") {
    on(target).clients.value->groups.push_back({address, application, "app", sessions});
  }
  Matrix matrix() const { return matrixOf(sight.assembled()); }
  std::string text(std::size_t row, std::size_t column) const { return cellText(cellAt(matrix(), row, column)); }
};

TEST(Matrix, SaysWhatIsConfiguredReachedAndConnected) {
  TwoSides two;
  two.connect(two.a, backendAddress, 3);
  two.connect(two.b, dashboardAddress, 1);
  const Matrix matrix = two.matrix();
  ASSERT_EQ(matrix.columns.size(), 2U);
  EXPECT_EQ(matrix.columns[0].database, "A");
  ASSERT_EQ(matrix.rows.size(), 2U);
  EXPECT_EQ(matrix.rows[0].server, "Backend");
  EXPECT_EQ(matrix.rows[0].configured, "host0.example.org:5432/shop");
  EXPECT_EQ(two.text(0, 0), "configured, reached, 3 sessions");
  EXPECT_EQ(two.text(0, 1), "");
  EXPECT_EQ(two.text(1, 1), "configured, reached, 1 session");
}

TEST(Matrix, SessionsOnAnotherDatabaseThanTheConfiguredOneAreMarked) {
  TwoSides two;
  two.connect(two.b, backendAddress, 5);
  const MatrixCell cell = cellAt(two.matrix(), 0, 1);
  EXPECT_TRUE(cell.elsewhere);
  EXPECT_EQ(cellText(cell), "5 sessions, but configured for another");
  EXPECT_EQ(two.text(0, 0), "configured, reached, no session seen");
}

TEST(Matrix, SessionsOfTheSourceAndOfItsStandbyAreBothAtHome) {
  BuiltSighting sight;
  Facts primary = withSender(plainFacts(1), streamingSender());
  primary.serverAddress = "203.0.113.1";
  Facts standby = standbyOf(primary);
  standby.clients = Known<Clients>::of({{{backendAddress, "web", "app", 2}}, 0});
  const auto a = sight.target(primary);
  const auto b = sight.target(standby);
  sight.meet(a, b, Says::apart);
  sight.server("Backend", a).address = backendAddress;
  sight.server("Reader", b);
  const Matrix matrix = matrixOf(sight.assembled());
  EXPECT_EQ(cellText(cellAt(matrix, 0, 1)), "2 sessions");
  EXPECT_FALSE(cellAt(matrix, 0, 1).elsewhere);
}

TEST(Matrix, HiddenSessionsMakeNoneUnknownAndSomeAtLeast) {
  TwoSides two;
  two.on(two.a).clients.value->hidden = 4;
  two.on(two.b).clients.value->hidden = 1;
  two.connect(two.b, dashboardAddress, 2);
  EXPECT_EQ(two.text(0, 0), "configured, reached, sessions unknown");
  EXPECT_EQ(cellAt(two.matrix(), 0, 0).connected.reason,
            "4 sessions there are hidden from the probing role: grant it pg_read_all_stats");
  EXPECT_EQ(two.text(1, 1), "configured, reached, at least 2 sessions");
  EXPECT_EQ(two.text(1, 0), "sessions unknown");
}

TEST(Matrix, WhereNobodyMayLookTheReasonIsGiven) {
  TwoSides two;
  two.on(two.a).clients = Known<Clients>::unknown("permission denied for pg_stat_activity");
  EXPECT_EQ(cellAt(two.matrix(), 0, 0).connected.reason, "permission denied for pg_stat_activity");
  EXPECT_EQ(cellAt(two.matrix(), 1, 0).connected.reason, "permission denied for pg_stat_activity");
}

TEST(Matrix, AServerWhoseLookNobodySaysHasUnknownSessionsEverywhere) {
  TwoSides two;
  two.dashboard().address = ":7777";
  const Matrix matrix = two.matrix();
  EXPECT_NE(matrix.rows[1].sessionsReason.find("client = ["), std::string::npos);
  EXPECT_EQ(cellText(cellAt(matrix, 1, 1)), "configured, reached, sessions unknown");
  EXPECT_EQ(cellText(cellAt(matrix, 1, 0)), "sessions unknown");
  EXPECT_TRUE(matrix.rows[0].sessionsReason.empty());
}

TEST(Matrix, SessionsThatLookLikeTwoServersAreSharedAndElsewhereForNeither) {
  TwoSides two;
  two.dashboard().address = backendAddress;
  two.connect(two.b, backendAddress, 2);
  const Matrix matrix = two.matrix();
  EXPECT_TRUE(cellAt(matrix, 0, 1).sharedLook);
  EXPECT_FALSE(cellAt(matrix, 0, 1).elsewhere);
  EXPECT_EQ(cellText(cellAt(matrix, 0, 1)), "2 sessions, its own or another server's");
  EXPECT_TRUE(cellAt(matrix, 1, 1).sharedLook);
}

TEST(Matrix, AServerThatWasNotReachedIsStillSeenByItsSessions) {
  TwoSides two;
  two.sight.server("Worker", two.sight.unreached(Stage::authenticate, "wrong password")).address = "203.0.113.22";
  two.connect(two.a, "203.0.113.22", 2);
  const Matrix matrix = two.matrix();
  EXPECT_EQ(matrix.rows[2].failure, "authenticate: wrong password");
  EXPECT_EQ(cellText(cellAt(matrix, 2, 0)), "2 sessions");
  EXPECT_FALSE(cellAt(matrix, 2, 0).elsewhere);
}

TEST(Matrix, AServerThatWasNotReachedIsConfiguredForWhereItsAddressLeadsOthersThatStandThere) {
  TwoSides two;
  ServerSpec& worker = two.sight.server("Worker", two.sight.unreached(Stage::authenticate, "wrong password"));
  worker.connection = two.backend().connection;
  EXPECT_EQ(two.text(2, 0), "configured, sessions unknown");
  two.backend().route = "ssh prod";
  EXPECT_EQ(two.text(2, 0), "same address as a server here, sessions unknown");
  two.sight.value.servers[2].route = "ssh prod";
  EXPECT_EQ(two.text(2, 0), "configured, sessions unknown");
}

TEST(Matrix, AnAddressThatLeadsOthersToTwoDatabasesSaysNothingOfAThird) {
  TwoSides two;
  two.dashboard().connection = two.backend().connection;
  two.sight.server("Worker", two.sight.unreached());
  two.sight.value.servers[2].connection = two.backend().connection;
  const Matrix matrix = two.matrix();
  for (const std::size_t column : {0U, 1U})
    EXPECT_TRUE(cellAt(matrix, 2, column).namesake);
  EXPECT_FALSE(cellAt(matrix, 2, 0).configured);
}

TEST(Matrix, LocalhostWithoutARouteIsNotWhereOthersReachTheirs) {
  TwoSides two;
  two.backend().connection.host = "localhost";
  two.backend().route = "direct";
  ServerSpec& worker = two.sight.server("Worker", two.sight.unreached(Stage::route, "localhost is this computer"));
  worker.connection = two.sight.value.servers[0].connection;
  const MatrixCell cell = cellAt(two.matrix(), 2, 0);
  EXPECT_FALSE(cell.configured);
  EXPECT_TRUE(cell.namesake);
}

TEST(Matrix, WhatWasLookedUpFromHereSaysSoAndIsNeverElsewhere) {
  TwoSides two;
  two.backend().lookedFromHere = true;
  two.connect(two.b, backendAddress, 2);
  EXPECT_EQ(two.text(0, 0), "configured, reached from this computer, no session seen");
  EXPECT_EQ(two.text(0, 1), "2 sessions");
}

TEST(Matrix, AnUnknownIdentityIsToldInItsCell) {
  BuiltSighting sight;
  sight.server("Only", sight.target(withoutIdentifier(plainFacts(0)))).address = backendAddress;
  sight.server("Other", sight.target(plainFacts(2)));
  const Matrix matrix = matrixOf(sight.assembled());
  bool seen = false;
  for (const MatrixCell& cell : matrix.rows[0].cells)
    seen = seen || cell.uncertain;
  EXPECT_TRUE(seen);
  EXPECT_EQ(cellText(matrix.rows[0].cells[0]), "configured, reached, identity unknown, no session seen");
}

TEST(Matrix, ADatabaseThatDidNotAnswerHasUnknownSessions) {
  TwoSides two;
  BuiltSighting before;
  before.server("Old", before.target(plainFacts(9)));
  two.sight.ghost(two.sight.unreached(), *before.assembled().database("A"));
  const Matrix matrix = two.matrix();
  ASSERT_EQ(matrix.columns.size(), 3U);
  EXPECT_EQ(cellAt(matrix, 0, 2).connected.reason, "the database was not reached in this sweep");
}

TEST(Matrix, SessionsOfNoServerAreCountedWithTheirLook) {
  TwoSides two;
  two.connect(two.a, "203.0.113.99", 1, "psql");
  two.connect(two.a, "203.0.113.99", 4, "nightly");
  two.connect(two.a, backendAddress, 2);
  const Matrix matrix = two.matrix();
  EXPECT_EQ(matrix.columns[0].strangers, 5);
  EXPECT_EQ(matrix.columns[0].strangersLook, (std::vector<std::string>{"203.0.113.99, nightly", "203.0.113.99, psql"}));
  EXPECT_EQ(matrix.columns[1].strangers, 0);
}

TEST(Matrix, AddressesAreComparedAsPostgresqlWritesThem) {
  TwoSides two;
  two.backend().client = {"2001:DB8:0:0::20"};
  two.connect(two.a, "2001:db8::20", 2);
  EXPECT_EQ(two.text(0, 0), "configured, reached, 2 sessions");
}

TEST(Matrix, OfARecordingWithoutSessionsTheyAreUnknown) {
  Snapshot snapshot = TwoSides().sight.assembled();
  for (Database& database : snapshot.databases)
    database.clients = {};
  EXPECT_EQ(cellAt(matrixOf(snapshot), 0, 0).connected.reason, "who is connected there was not read");
}

TEST(Matrix, OfAnEmptySnapshotIsEmpty) {
  EXPECT_EQ(matrixOf(Snapshot{}), Matrix{});
}

} // namespace
} // namespace whichbase::topology
