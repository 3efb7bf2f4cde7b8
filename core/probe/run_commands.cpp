#include "probe/run_commands.h"

#include <thread>
#include <vector>

namespace whichbase::probe {
namespace {

constexpr std::size_t longest = 4 << 20; // bytes; an environment has a thousandth of that

} // namespace

std::map<std::string, Printed> runCommands(const std::set<std::string>& commands, route::Routes& routes,
                                           route::TimePoint deadline, std::stop_token stop) {
  std::map<std::string, Printed> printed;
  for (const auto& command : commands)
    printed.emplace(command, std::unexpected(route::Problem{"cancelled", "Probe again.", {}, false}));
  std::vector<std::jthread> threads; // each has an entry of its own; the map itself does not change any more
  for (auto& [command, answer] : printed)
    threads.emplace_back([&, &text = command, &mine = answer] { mine = routes.run(text, deadline, longest, stop); });
  threads.clear(); // waits for them
  return printed;
}

} // namespace whichbase::probe
