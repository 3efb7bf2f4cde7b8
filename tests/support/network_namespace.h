// A network of its own, with nothing but its own 127.0.0.1: what localhost means to a server that is not this computer.
#pragma once

#include "demo/throwaway_cluster.h"
#include "process/child_process.h"
#include "support/sshd.h"

#include <memory>
#include <string>
#include <vector>

namespace whichbase::test {

class NetworkNamespace {
public:
  // Null where this machine allows none (it needs root): then `problem` says why, for a test to skip.
  static std::unique_ptr<NetworkNamespace> create(std::string& problem);

  // Goes before the words of a command that is to run inside.
  std::vector<std::string> inside() const;
  // Inside, on its 127.0.0.1: an ssh server that ssh reaches from outside by a ProxyCommand, so that no address but
  // loopback is ever used.
  std::unique_ptr<Sshd> startSshd(Sshd::Options options, std::string& problem) const;
  // Stops the cluster and serves its data inside, on 127.0.0.1:5432. The cluster must outlive what is returned, which
  // ends the server.
  std::unique_ptr<process::ChildProcess> serve(demo::ThrowawayCluster& cluster, std::string& problem,
                                               int port = 5432) const;

private:
  NetworkNamespace() = default;
  std::unique_ptr<process::ChildProcess> m_holder;
};

} // namespace whichbase::test
