// The reference incident on two throwaway PostgreSQL clusters: LOCAL (22 users, 17 tables, 3 protection triggers) and
// EXTERNAL (1 user, 9 tables), with three small processes that hold sessions as the three servers would.
#pragma once

#include "project/project.h"

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace whichbase::demo {

struct Error {
  std::string text; // one sentence, with the package to install where PostgreSQL's programs are missing
};

// Owns the clusters, the client processes and their folder; the destructor stops and removes all of it.
class Incident {
public:
  // Removes what an earlier, killed demo left, then starts act one. Takes about 3 s; checks `stop` in between.
  static std::expected<std::unique_ptr<Incident>, Error> start(std::stop_token stop);
  ~Incident();
  Incident(const Incident&) = delete;
  Incident& operator=(const Incident&) = delete;

  // The project file of the act being played; it is on disk below folder(). In act one it has the present side only:
  // what is broken now. The caller probes that side and keeps its snapshot as the one before.
  std::filesystem::path projectFile() const;
  // The demo's own folder: room for the caller's recorded snapshots, removed at the end.
  std::filesystem::path folder() const;
  // Act two's project file names this recording of act one as [before] snapshot. Call it before playActTwo().
  void setBeforeSnapshot(const std::filesystem::path& file);
  // The passwords of ${NAME} in it.
  std::optional<std::string> secret(const std::string& name) const;

  // Copies tables and rows from LOCAL to EXTERNAL (13 tables, no triggers, 22 users), moves the configuration and the
  // clients, stops LOCAL, and rewrites the project file: every server's present connection is EXTERNAL, and its
  // [server.before] the one of act one, so that LOCAL is still looked for. Call once. Takes about a second.
  std::expected<void, Error> playActTwo(std::stop_token stop);

private:
  Incident();
  struct State;
  std::unique_ptr<State> m_state;
};

} // namespace whichbase::demo
