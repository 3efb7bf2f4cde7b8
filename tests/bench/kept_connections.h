// The yardstick of a tick: bare libpq connections that stay open, and nothing else.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <vector>

namespace whichbase::bench {

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Bare = std::unique_ptr<PGconn, Finish>;

std::vector<Bare> keptConnections(int port, const std::string& user, const std::string& password,
                                  const std::vector<std::string>& databases);

// PQexec on each, one after the other.
void askInTurn(const std::vector<Bare>& connections, const std::string& sql);
// PQsendQuery on all, then PQgetResult on each.
void askAtOnce(const std::vector<Bare>& connections, const std::string& sql);

} // namespace whichbase::bench
