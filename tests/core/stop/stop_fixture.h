// Two real instances: in each test a database that is no longer in use, and the one that every server is on now.
#pragma once

#include "demo/throwaway_cluster.h"
#include "probe/plan.h"
#include "verify/can_stop.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

struct pg_conn;

namespace whichbase::test {

// Both with wal_level = logical and room for prepared transactions. Started once.
demo::ThrowawayCluster& former();  // holds the databases in question
demo::ThrowawayCluster& current(); // holds those in use

std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text);

// A database of the same name and the same content on each: three users, an order with a trigger.
std::string newPair();

// A session as an application would hold it.
class HeldSession {
public:
  HeldSession(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& application,
              const std::string& user = "postgres");
  ~HeldSession();
  HeldSession(const HeldSession&) = delete;
  HeldSession& operator=(const HeldSession&) = delete;
  void run(const std::string& text);

private:
  pg_conn* m_connection = nullptr;
};

struct AskOptions {
  std::string role{}; // of the connection to the database in question; empty: the superuser
  std::string rolePassword{};
  bool rows = true;
  bool stillConfigured = false;      // a server's present connection leads there
  std::vector<std::string> client{}; // of the server
  std::chrono::milliseconds watched{300};
  demo::ThrowawayCluster* cluster = nullptr; // of the database in question; null: former()
};

// What was asked, after a real sweep.
struct Asked {
  topology::Snapshot snapshot;
  verify::StopAnswer answer;
};
Asked asked(const std::string& database, const AskOptions& options = {});
verify::StopAnswer ask(const std::string& database, const AskOptions& options = {});

// The texts of that code, one a line; empty: none.
std::string against(const verify::StopAnswer& answer, const std::string& code);
std::string beside(const verify::StopAnswer& answer, const std::string& code);
// Every code against it, in order, each once: "sessions writes".
std::string codes(const verify::StopAnswer& answer);
bool couldNot(const verify::StopAnswer& answer, const std::string& part);
bool lookedAt(const verify::StopAnswer& answer, const std::string& part);

} // namespace whichbase::test
