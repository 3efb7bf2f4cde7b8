// A PgBouncer in front of a throwaway cluster.
#pragma once

#include "demo/throwaway_cluster.h"
#include "process/child_process.h"

#include <filesystem>
#include <memory>
#include <string>

namespace whichbase::test {

class PgBouncer {
public:
  // Pools every database and role of the cluster; `mode` is session, transaction or statement. Null where PgBouncer
  // cannot be started: the reason is in `problem`. `alias=name` pairs may be added as extra [databases] lines.
  static std::unique_ptr<PgBouncer> start(demo::ThrowawayCluster& cluster, const std::string& mode, int poolSize,
                                          std::string& problem);
  ~PgBouncer();
  int port() const { return m_port; }

private:
  PgBouncer() = default;
  int m_port = 0;
  std::filesystem::path m_folder;
  std::unique_ptr<process::ChildProcess> m_process;
};

// A port that nobody listens on at the moment.
int freePort();

} // namespace whichbase::test
