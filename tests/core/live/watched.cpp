#include "watched.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::test {

using namespace std::chrono_literals;

std::unique_ptr<demo::ThrowawayCluster> newCluster(const demo::ClusterOptions& options) {
  auto cluster = demo::ThrowawayCluster::create(options);
  if (!cluster) {
    ADD_FAILURE() << cluster.error().text;
    return nullptr;
  }
  return std::move(*cluster);
}

std::unique_ptr<demo::ThrowawayCluster> newShop(int users, const demo::ClusterOptions& options) {
  auto cluster = newCluster(options);
  if (!cluster)
    return nullptr;
  sql(*cluster, "postgres", "CREATE DATABASE shop");
  sql(*cluster, "shop", R"sql(
CREATE TABLE users (id bigserial PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'protected'; END $$;
CREATE TRIGGER keep_orders BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION forbid();
)sql");
  sql(*cluster, "shop", fmt::format("INSERT INTO users SELECT FROM generate_series(1, {})", users));
  return cluster;
}

std::string sql(demo::ThrowawayCluster& cluster, const std::string& database, const std::string& text) {
  const auto result = cluster.sql(database, text);
  EXPECT_TRUE(result) << (result ? "" : result.error().text);
  return result.value_or("");
}

project::Server serverAt(const std::string& name, const std::string& url) {
  project::Server server;
  server.name = name;
  server.present.emplace();
  server.present->url = url;
  server.present->via = "direct";
  return server;
}

live::Request requestFor(std::vector<project::Server> servers) {
  live::Request request;
  request.project.title = "Shop";
  request.project.servers = std::move(servers);
  request.sources.secret = [](const std::string&) { return std::nullopt; };
  request.options.interval = 100ms;
  request.options.shortestInterval = 1ms;
  request.options.sweep.deadline = 10s;
  request.options.sweep.probeDeadline = 4s;
  return request;
}

Watched::Watched(live::Request request) : m_request(std::move(request)) {
  m_thread = std::jthread([this](const std::stop_token& stop) {
    live::watch(m_request, m_controls, stop, [this](const live::Update& update) {
      const std::lock_guard lock(m_mutex);
      if (m_last.after) {
        EXPECT_GE(update.after->finishedAt, m_last.after->finishedAt); // whatever the clocks do
      }
      m_last = update;
      ++m_number;
      if (update.swept) {
        m_sweep = update;
        m_sweepNumber = m_number;
      }
      if (m_awaited && !m_found && (*m_awaited)(update))
        m_found = update;
      m_changed.notify_all();
    });
  });
}

Watched::~Watched() {
  stop();
}

std::chrono::milliseconds Watched::stop() {
  const auto start = std::chrono::steady_clock::now();
  if (m_thread.joinable()) {
    m_thread.request_stop();
    m_thread.join();
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

std::size_t Watched::updates() const {
  const std::lock_guard lock(m_mutex);
  return m_number;
}

live::Update Watched::waitFor(const std::string& what, const Holds& holds) {
  std::unique_lock lock(m_mutex);
  if (m_number > 0 && holds(m_last))
    return m_last;
  // Seen as it comes: the next one may be there before this thread is.
  m_awaited = &holds;
  m_found.reset();
  const bool came = m_changed.wait_for(lock, 90s, [&] { return m_found.has_value(); });
  m_awaited = nullptr;
  EXPECT_TRUE(came) << "waited for " << what << "; verdict: " << (m_last.after ? m_last.after->verdict.text : "none");
  return m_found.value_or(m_last);
}

live::Update Watched::waitForSweepAfter(std::size_t number) {
  std::unique_lock lock(m_mutex);
  EXPECT_TRUE(m_changed.wait_for(lock, 90s, [&] { return m_sweepNumber > number; })) << "no sweep came";
  return m_sweep;
}

live::Update Watched::waitUntilConnected() {
  return waitFor("every session", [](const live::Update& update) {
    return !update.swept && std::ranges::all_of(update.links, [](const live::LinkState& link) {
      return link.kind == live::LinkState::Kind::connected;
    });
  });
}

const topology::Database* databaseOf(const live::Update& update, const std::string& server) {
  const auto* found = update.after ? update.after->server(server) : nullptr;
  return found == nullptr || !found->reached() ? nullptr : update.after->database(found->database);
}

std::int64_t usersOf(const live::Update& update, const std::string& server) {
  const auto* database = databaseOf(update, server);
  return database == nullptr || !database->users || !database->users->count ? -1 : *database->users->count;
}

std::string letterOf(const live::Update& update, const std::string& server) {
  const auto* database = databaseOf(update, server);
  return database == nullptr ? std::string() : database->id;
}

bool hasFinding(const live::Update& update, const std::string& code) {
  return std::ranges::any_of(update.after->findings, [&](const auto& finding) { return finding.code == code; });
}

} // namespace whichbase::test
