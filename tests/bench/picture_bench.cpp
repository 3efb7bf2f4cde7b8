// The picture of 1,000 servers on 100 databases, each server by itself, before and after: drawn, and written as SVG and
// Mermaid; beside librsvg reading that SVG, the least that anybody needs to show it. Prints figures; judges nothing.
#include "picture/drawing.h"
#include "support/sample_snapshots.h"
#include "timing.h"

#include <fmt/format.h>

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

constexpr std::size_t servers = 1000;
constexpr std::size_t databases = 100;

topology::Comparison movedServers() {
  const auto snapshot = samples::manyServers(servers, databases);
  topology::Comparison comparison{snapshot, snapshot, {}, {}, {}};
  for (std::size_t i = 0; i < servers; ++i)
    comparison.after.servers[i].database = snapshot.databases[i * 7 % databases].id;
  return comparison;
}

template <class Work>
double medianOf(Work work) {
  std::vector<double> times;
  for (int i = 0; i < 11; ++i)
    times.push_back(millisecondsOf(work));
  return median(times);
}

} // namespace

int main() {
  const auto comparison = movedServers();
  picture::Drawing drawing;
  std::string svg, mermaid;
  const double drawn =
      medianOf([&] { drawing = picture::topologyDrawing(comparison, {.width = 1200, .stackFrom = 0}); });
  const double written = medianOf([&] { svg = picture::toSvg(drawing, picture::Look::light); });
  const double charted = medianOf([&] { mermaid = picture::toMermaid(comparison); });
  fmt::print("2 × {} servers on {} databases: drawn in {:.1f} ms ({} shapes, {:.0f} × {:.0f}), SVG in {:.1f} ms "
             "({} bytes), Mermaid in {:.1f} ms ({} bytes)\n",
             servers, databases, drawn, drawing.shapes.size(), drawing.width, drawing.height, written, svg.size(),
             charted, mermaid.size());
  if (std::system("command -v rsvg-convert >/dev/null 2>&1") != 0) {
    fmt::print("rsvg-convert: not installed (package librsvg2-bin), no ratio\n");
    return 0;
  }
  const auto file = std::filesystem::temp_directory_path() / fmt::format("whichbase-picture-bench-{}.svg", std::rand());
  std::ofstream(file) << svg;
  const std::string command = fmt::format("rsvg-convert -w 1200 -o '{0}.png' '{0}'", file.string());
  int failed = 0;
  const double shown = millisecondsOf([&] { failed = std::system(command.c_str()); });
  std::filesystem::remove(file);
  std::filesystem::remove(file.string() + ".png");
  if (failed != 0)
    fmt::print("rsvg-convert failed\n");
  else
    fmt::print("rsvg-convert shows that SVG in {:.0f} ms: {:.1f} times as long as drawing and writing it\n", shown,
               shown / (drawn + written));
  return 0;
}
