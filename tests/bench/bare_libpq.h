// The yardstick of the sweep: a loop of non-blocking libpq connections in one thread, and nothing else.
#pragma once

#include <string>
#include <vector>

namespace whichbase::bench {

// Connects `count` times as roles bench1, bench2, … with at most `inFlight` at a time, sends each query in turn and
// closes.
void bareLoop(int port, int count, int inFlight, const std::vector<std::string>& queries);

} // namespace whichbase::bench
