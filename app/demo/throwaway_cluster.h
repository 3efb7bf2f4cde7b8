// One throwaway PostgreSQL cluster: made by initdb, on a free loopback port, removed at the end. The demo's and the
// tests' only way to a PostgreSQL.
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::demo {

struct ClusterError {
  std::string text; // one sentence; names the package to install where programs are missing
};

struct ClusterOptions {
  std::filesystem::path folder{}; // below which everything of it lives; made, and removed at the end. Empty: a new one
  std::map<std::string, std::string> settings{}; // postgresql.conf: name, value as written there
  std::string hba{};                // replaces pg_hba.conf; empty: scram-sha-256 over 127.0.0.1 and ::1, nothing else
  bool sync = false;                // fsync
  std::filesystem::path programs{}; // of another version's initdb and postgres; empty: findPostgresPrograms()
  std::stop_token stop{};           // making it ends early, with an error
};

class ThrowawayCluster {
public:
  using Made = std::expected<std::unique_ptr<ThrowawayCluster>, ClusterError>;
  // initdb and start; superuser "postgres" with a random password. As root it runs as another user (initdb refuses
  // root). About a second, as the two below.
  static Made create(const ClusterOptions& options);
  // A byte clone of a stopped or running cluster (files copied while it is stopped for a moment), started on a port of
  // its own.
  static Made cloneOf(ThrowawayCluster& original, const ClusterOptions& options);
  // A streaming standby made by pg_basebackup.
  static Made standbyOf(ThrowawayCluster& primary, const ClusterOptions& options);
  ~ThrowawayCluster(); // stops at once and removes the folder
  ThrowawayCluster(const ThrowawayCluster&) = delete;
  ThrowawayCluster& operator=(const ThrowawayCluster&) = delete;

  int port() const;
  int postmasterPid() const;
  std::string password() const; // of the superuser
  std::filesystem::path dataFolder() const;
  std::string url(const std::string& database, const std::string& user = "postgres",
                  const std::string& password = {}) const; // with the superuser's password where it is the user

  // Runs SQL with psql -X -v ON_ERROR_STOP=1, as superuser; unaligned rows, without a header. The error holds psql's
  // message.
  std::expected<std::string, ClusterError> sql(const std::string& database, const std::string& text);
  std::expected<void, ClusterError> start();
  std::expected<void, ClusterError> stop(bool immediate = false); // keeps the data
  void signalAll(int signal); // to the postmaster and every backend: SIGSTOP, SIGCONT, SIGKILL (waits for their end)

private:
  ThrowawayCluster();
  static Made prepared(const ClusterOptions& options);
  static Made started(std::unique_ptr<ThrowawayCluster> cluster);
  struct State;
  std::unique_ptr<State> m_state;
};

// Folder of initdb, postgres, pg_ctl, …: on PATH, or the newest below /usr/lib/postgresql. Empty: none.
std::filesystem::path findPostgresPrograms();
// The same with another PATH, and another folder of installed versions.
std::filesystem::path findPostgresPrograms(const std::string& path, const std::filesystem::path& installed);
// Those of another major version than findPostgresPrograms() gives: below /usr/lib/postgresql, or in the folder that
// WHICHBASE_OTHER_POSTGRES names. Empty: none.
std::filesystem::path findOtherPostgresPrograms();
std::string findProgramUser(); // "postgres", or "nobody": whom to run as when we are root

} // namespace whichbase::demo
