// A watch under way on real clusters, and what it told.
#pragma once

#include "demo/throwaway_cluster.h"
#include "live/watch.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace whichbase::test {

std::unique_ptr<demo::ThrowawayCluster> newCluster(const demo::ClusterOptions& options = {});
// A cluster with the database shop: `users` users, orders, and a trigger that protects the users.
std::unique_ptr<demo::ThrowawayCluster> newShop(int users, const demo::ClusterOptions& options = {});
// Runs SQL as superuser and fails the test where it fails.
std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text);

project::Server serverAt(const std::string& name, const std::string& url);
// A project with these servers, watched as fast as tests want it.
live::Request requestFor(std::vector<project::Server> servers);

class Watched {
public:
  explicit Watched(live::Request request);
  ~Watched();

  using Holds = std::function<bool(const live::Update&)>;
  // The first update from now on, the last one included, for which it holds; fails the test after a long time.
  live::Update waitFor(const std::string& what, const Holds& holds);
  // The last sweep that came after that many updates(); ticks may have followed it.
  live::Update waitForSweepAfter(std::size_t number);
  live::Update waitForTick() {
    return waitFor("a tick", [](const auto& update) { return !update.swept; });
  }
  live::Update waitUntilConnected(); // a tick, every link kept connected
  live::Controls& controls() { return m_controls; }
  std::size_t updates() const;
  std::chrono::milliseconds stop(); // how long it took to end

private:
  live::Request m_request;
  live::Controls m_controls;
  mutable std::mutex m_mutex;
  std::condition_variable m_changed;
  live::Update m_last;
  std::size_t m_number = 0;
  live::Update m_sweep;
  std::size_t m_sweepNumber = 0;
  const Holds* m_awaited = nullptr;
  std::optional<live::Update> m_found; // for which m_awaited holds
  std::jthread m_thread;
};

// What the tests ask of an update.
std::int64_t usersOf(const live::Update& update, const std::string& server); // -1: unknown
const topology::Database* databaseOf(const live::Update& update, const std::string& server);
std::string letterOf(const live::Update& update, const std::string& server); // empty: not reached
bool hasFinding(const live::Update& update, const std::string& code);

} // namespace whichbase::test
