// The targets that the benchmarks sweep.
#pragma once

#include "probe/sweep.h"

#include <fmt/format.h>

#include <vector>

namespace whichbase::bench {

// One a role, bench1, bench2, …, with the password "pw": equal targets would share one probe.
inline std::vector<probe::Target> roleTargets(int port, int count, const route::Via& via = {}) {
  std::vector<probe::Target> targets;
  for (int i = 1; i <= count; ++i) {
    probe::Target target;
    target.parameters = {{"host", "127.0.0.1"},
                         {"port", std::to_string(port)},
                         {"dbname", "postgres"},
                         {"user", fmt::format("bench{}", i)},
                         {"password", "pw"}};
    target.via = via;
    targets.push_back(std::move(target));
  }
  return targets;
}

} // namespace whichbase::bench
