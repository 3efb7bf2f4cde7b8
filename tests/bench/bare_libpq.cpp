#include "bare_libpq.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <cstdio>
#include <deque>

namespace whichbase::bench {
namespace {

struct Bare {
  PGconn* connection = nullptr;
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;
  bool connected = false;
  std::size_t statement = 0;
};

Bare start(int port, int number) {
  const std::string text = fmt::format("host=127.0.0.1 hostaddr=127.0.0.1 port={} dbname=postgres user=bench{} "
                                       "password=pw gssencmode=disable",
                                       port, number);
  Bare bare;
  bare.connection = PQconnectStart(text.c_str());
  return bare;
}

bool connectStep(Bare& bare, const std::vector<std::string>& queries) {
  bare.state = PQconnectPoll(bare.connection);
  if (bare.state == PGRES_POLLING_FAILED) {
    fmt::print(stderr, "yardstick: {}", PQerrorMessage(bare.connection));
    return true;
  }
  if (bare.state == PGRES_POLLING_OK) {
    bare.connected = true;
    bare.state = PGRES_POLLING_READING;
    PQsendQuery(bare.connection, queries[0].c_str());
  }
  return false;
}

// True when this connection is done.
bool step(Bare& bare, const std::vector<std::string>& queries) {
  if (!bare.connected)
    return connectStep(bare, queries);
  PQconsumeInput(bare.connection);
  while (PQisBusy(bare.connection) == 0) {
    PGresult* const result = PQgetResult(bare.connection);
    if (result == nullptr) {
      if (++bare.statement == queries.size())
        return true;
      PQsendQuery(bare.connection, queries[bare.statement].c_str());
      return false;
    }
    if (PQresultStatus(result) == PGRES_FATAL_ERROR)
      fmt::print(stderr, "yardstick: {}", PQresultErrorMessage(result));
    PQclear(result);
  }
  return false;
}

} // namespace

void bareLoop(int port, int count, int inFlight, const std::vector<std::string>& queries) {
  std::deque<Bare> open;
  int next = 1;
  while (next <= count || !open.empty()) {
    while (next <= count && static_cast<int>(open.size()) < inFlight)
      open.push_back(start(port, next++));
    std::vector<pollfd> descriptors;
    for (const auto& bare : open) {
      const bool writing = bare.state == PGRES_POLLING_WRITING;
      descriptors.push_back({PQsocket(bare.connection), static_cast<short>(writing ? POLLOUT : POLLIN), 0});
    }
    poll(descriptors.data(), descriptors.size(), 1000);
    std::vector<PGconn*> finished;
    for (std::size_t at = 0; at < descriptors.size(); ++at)
      if (descriptors[at].revents != 0 && step(open[at], queries))
        finished.push_back(open[at].connection);
    for (PGconn* connection : finished) {
      PQfinish(connection);
      std::erase_if(open, [&](const Bare& bare) { return bare.connection == connection; });
    }
  }
}

} // namespace whichbase::bench
