// Layout of 1,000 servers on 100 databases, unstacked, beside Graphviz dot on the same graph. Prints figures; judges
// nothing.
#include "layout/diagram.h"
#include "support/sample_snapshots.h"
#include "timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace whichbase;
using bench::median;
using bench::millisecondsOf;

void writeDotGraph(const topology::Snapshot& snapshot, const std::filesystem::path& file) {
  std::ofstream out(file);
  out << "digraph { rankdir=BT; node [shape=box];\n";
  for (const auto& server : snapshot.servers)
    out << '"' << server.name << "\" -> \"db " << server.database << "\";\n";
  out << "}\n";
}

} // namespace

int main() {
  constexpr std::size_t servers = 1000;
  constexpr std::size_t databases = 100;
  const auto snapshot = samples::manyServers(servers, databases);
  const layout::Options options{.width = 1060, .stackFrom = 0};
  std::vector<double> times;
  layout::Diagram diagram;
  for (int i = 0; i < 21; ++i)
    times.push_back(millisecondsOf([&] { diagram = layout::layOut(snapshot, options); }));
  const double ours = median(times);
  fmt::print("layout of {} servers on {} databases, unstacked: {:.2f} ms (median of {}), {} boxes, {} paths\n", servers,
             databases, ours, times.size(), diagram.boxes.size(), diagram.paths.size());
  for (const auto& problem : layout::problemsOf(diagram))
    fmt::print("PROBLEM: {}\n", problem);

  if (std::system("command -v dot >/dev/null 2>&1") != 0) {
    fmt::print("Graphviz dot: not installed (package graphviz), no ratio\n");
    return 0;
  }
  const auto folder = std::filesystem::temp_directory_path();
  const auto graph = folder / fmt::format("whichbase-layout-bench-{}.dot", std::rand());
  writeDotGraph(snapshot, graph);
  const std::string command = fmt::format("dot -Tplain -o /dev/null '{}'", graph.string());
  int failed = 0;
  const double dot = millisecondsOf([&] { failed = std::system(command.c_str()); });
  std::filesystem::remove(graph);
  if (failed != 0)
    fmt::print("Graphviz dot failed\n");
  else
    fmt::print("Graphviz dot on the same graph: {:.0f} ms, {:.0f} times ours\n", dot, dot / ours);
}
