#include "kept_connections.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace whichbase::bench {
namespace {

void check(PGconn* connection, PGresult* result) {
  if (PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK)
    return;
  fmt::print(stderr, "yardstick: {}", PQerrorMessage(connection));
  std::exit(1);
}

} // namespace

std::vector<Bare> keptConnections(int port, const std::string& user, const std::string& password,
                                  const std::vector<std::string>& databases) {
  std::vector<Bare> connections;
  for (const auto& database : databases) {
    const std::string text = fmt::format("host=127.0.0.1 port={} dbname={} user={} password={} gssencmode=disable "
                                         "application_name=yardstick",
                                         port, database, user, password);
    Bare connection(PQconnectdb(text.c_str()));
    if (PQstatus(connection.get()) != CONNECTION_OK) {
      fmt::print(stderr, "yardstick: {}", PQerrorMessage(connection.get()));
      std::exit(1);
    }
    connections.push_back(std::move(connection));
  }
  return connections;
}

void askInTurn(const std::vector<Bare>& connections, const std::string& sql) {
  for (const auto& connection : connections) {
    PGresult* const result = PQexec(connection.get(), sql.c_str());
    check(connection.get(), result);
    PQclear(result);
  }
}

void askAtOnce(const std::vector<Bare>& connections, const std::string& sql) {
  for (const auto& connection : connections)
    PQsendQuery(connection.get(), sql.c_str());
  for (const auto& connection : connections)
    while (PGresult* const result = PQgetResult(connection.get())) {
      check(connection.get(), result);
      PQclear(result);
    }
}

} // namespace whichbase::bench
