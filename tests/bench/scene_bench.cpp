// A new snapshot of 1,000 servers applied to the scene, and panning over it, in the offscreen renderer. The yardstick
// of the first is clearing the scene and building it anew. Prints figures; judges nothing.
#include "diagram/diagram_scene.h"
#include "diagram/diagram_view.h"
#include "support/sample_snapshots.h"
#include "timing.h"

#include <QApplication>
#include <QScrollBar>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace whichbase;
using bench::millisecondsOf;
using bench::percentile;

void printFrames(const std::string& what, const std::vector<double>& times) {
  fmt::print(
      "{}: median {:.2f} ms, 95 % {:.2f} ms, 99 % {:.2f} ms, worst {:.2f} ms ({} frames; 60 a second is 16.7 ms)\n",
      what, percentile(times, 0.5), percentile(times, 0.95), percentile(times, 0.99), percentile(times, 1.0),
      times.size());
}

// Every server's database takes another user count, and one server in ten moves to the next database.
topology::Snapshot changed(topology::Snapshot snapshot, std::size_t round) {
  for (auto& database : snapshot.databases)
    if (database.users && database.users->count)
      database.users.value->count = topology::Known<std::int64_t>::of(*database.users->count + static_cast<int>(round));
  for (std::size_t i = round % 10; i < snapshot.servers.size(); i += 10)
    snapshot.servers[i].database = snapshot.databases[(i + round) % snapshot.databases.size()].id;
  return snapshot;
}

void benchApply(const topology::Snapshot& snapshot, const layout::Options& options) {
  ui::DiagramScene scene;
  const auto first = layout::layOut(snapshot, options);
  fmt::print("first time, {} boxes and {} links made: {:.2f} ms\n", first.boxes.size(), first.paths.size(),
             millisecondsOf([&] { scene.apply(first, false); }));
  std::vector<double> same;
  std::vector<double> different;
  std::vector<double> anew;
  for (std::size_t round = 1; round <= 20; ++round) {
    const auto diagram = layout::layOut(changed(snapshot, round), options);
    different.push_back(millisecondsOf([&] { scene.apply(diagram, false); }));
    auto recounted = diagram;
    for (auto& box : recounted.boxes)
      box.usersText += box.usersText.empty() ? "" : "1";
    same.push_back(millisecondsOf([&] { scene.apply(recounted, false); }));
    anew.push_back(millisecondsOf([&] {
      ui::DiagramScene cleared;
      cleared.apply(diagram, false);
    }));
  }
  fmt::print("new snapshot applied, users counted anew: median {:.2f} ms, worst {:.2f} ms\n", percentile(same, 0.5),
             percentile(same, 1.0));
  fmt::print(
      "new snapshot applied, a tenth of the servers moved and everything shifted: median {:.2f} ms, worst {:.2f} ms\n",
      percentile(different, 0.5), percentile(different, 1.0));
  fmt::print("yardstick, scene built anew: median {:.2f} ms ({:.1f} times)\n", percentile(anew, 0.5),
             percentile(anew, 0.5) / percentile(different, 0.5));
}

void benchPan(ui::DiagramView& view, double zoom, const std::string& name) {
  view.fit();
  while (view.zoom() < zoom)
    view.zoomIn();
  if (zoom >= 1)
    view.actualSize();
  view.horizontalScrollBar()->setValue(0);
  view.verticalScrollBar()->setValue(0);
  QApplication::processEvents();
  std::vector<double> panned;
  for (int frame = 0; frame < 240; ++frame)
    panned.push_back(millisecondsOf([&] {
      view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() + 9);
      view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + 7);
      QApplication::processEvents();
    }));
  printFrames(fmt::format("panning {} (zoom {:.2f})", name, view.zoom()), panned);
  std::vector<double> whole;
  for (int frame = 0; frame < 60; ++frame)
    whole.push_back(millisecondsOf([&] { view.viewport()->repaint(); }));
  printFrames(fmt::format("the whole picture painted {}", name), whole);
}

} // namespace

int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
    qputenv("QT_QPA_PLATFORM", QByteArrayLiteral("offscreen"));
  QApplication application(argc, argv);
  const auto snapshot = samples::manyServers(1000, 100);
  const layout::Options options{.width = 1060, .stackFrom = 0};
  benchApply(snapshot, options);

  ui::DiagramView view;
  view.setAnimated(false);
  view.resize(1060, 700);
  view.show();
  view.setDiagram(layout::layOut(snapshot, options));
  QApplication::processEvents();
  benchPan(view, 0, "over all of it");
  benchPan(view, 0.5, "at half size");
  benchPan(view, 1, "at full size");
}
