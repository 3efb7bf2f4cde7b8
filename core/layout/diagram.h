// A topology as boxes and paths: pure geometry in device-independent pixels, no fonts, no colours.
#pragma once

#include "topology/card_lines.h"
#include "topology/snapshot.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace whichbase::layout {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};
struct Rect {
  double x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Rect&) const = default;
};

enum class BoxKind {
  database,   // a live database with at least one server
  ghost,      // a database of the other side or of before that no server uses here: dashed
  outline,    // on the other side only, not there yet: an empty outline
  server,     // one reached server
  stack,      // several servers alike in database, environment, role and outcome
  notReached, // a server whose probe failed: dashed, with stage and reason
};

// Everything a view needs to draw one box, copied from the snapshot, so that views compare box against box.
struct Box {
  std::string key; // stable across updates: "db:A", "server:Dashboard", "stack:B/staging/reads"
  BoxKind kind = BoxKind::server;
  Rect rect;
  std::string databaseId;      // "" for not reached
  std::string title;           // Local container; Production Backend; Staging ×14
  std::string subtitle;        // postgres:5432 · TovPlay; 203.0.113.20; 203.0.113.40 … .63
  std::string environment;     // PROD, STAGING: a short word; empty when none
  std::string environmentName; // as configured
  std::string role;            // writes, reads, can write, read only; empty when unknown
  std::string moved;           // "was A"; empty when it did not move
  std::string failure;         // "connect: refused"
  std::string usersText;       // "22", "~51,900", "?"
  std::string usersWord;       // "users", "user"
  bool identityProven = true;
  // Lines of a database card, each with its sign.
  using Sign = topology::Sign;
  using Line = topology::CardLine;
  std::vector<Line> lines;
  std::vector<std::string> members; // names of the servers in it
  std::string stackKey;             // of a server shown on its own only because this stack is unfolded
  std::string tooltip;              // whole names
  bool operator==(const Box&) const = default;
};

enum class LineStyle { solid, dashed, dotted }; // writes, reads, unknown

// A link from the border of a server's box to the border of its database's card, with an arrow head at `to` in the
// direction from `control2`. A cubic curve; servers in lower rows first follow the straight `lead` between the boxes
// above them, and the curve begins at its last point.
struct Path {
  std::string key; // "link:Dashboard", "link:stack:…"
  std::string fromKey, toKey;
  std::string databaseId;
  LineStyle style = LineStyle::dotted;
  Point from;
  std::vector<Point> lead; // after `from`; empty for the upper row
  Point control1, control2, to;
  const Point& curveStart() const { return lead.empty() ? from : lead.back(); }
  bool operator==(const Path&) const = default;
};

struct Caption { // "Not reached · 3"
  std::string text;
  Point at;
  bool operator==(const Caption&) const = default;
};

struct Diagram {
  double width = 0, height = 0; // of the content
  std::vector<Box> boxes;
  std::vector<Path> paths;
  std::vector<Caption> captions;
  bool operator==(const Diagram&) const = default;
};

struct Options {
  double width = 520;               // to fill where the content allows; never less than what is readable
  std::size_t stackFrom = 9;        // servers a side from which alike ones stack; 0: never
  std::set<std::string> unfolded{}; // keys of stacks that are shown as single servers
  // Words for environments, as configured; others get their usual short form.
  std::map<std::string, std::string> environmentWords{};
};

// One side alone.
Diagram layOut(const topology::Snapshot& snapshot, const Options& options);

// Both sides: what is on both keeps its place on both.
struct DiagramPair {
  Diagram before, after;
};
DiagramPair layOut(const topology::Comparison& comparison, const Options& options);

// What is wrong with a diagram, one sentence each: boxes that overlap or stick out, paths that do not end on the
// borders of their boxes, keys used twice. Empty for every diagram that layOut() makes; tests check that.
std::vector<std::string> problemsOf(const Diagram& diagram);

} // namespace whichbase::layout
