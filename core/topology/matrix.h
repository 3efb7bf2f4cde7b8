// Servers × databases: what each server is configured for, what the probe reached from where it stands, and where its
// own sessions really are.
#pragma once

#include "topology/snapshot.h"

namespace whichbase::topology {

struct MatrixCell {
  // The server's connection string names an address (host, port and database name) under which somebody reached this
  // database: its own probe, or that of another server.
  bool configured = false;
  bool reached = false;   // the server's probe, over its own route, ended here
  bool uncertain = false; // it was reached, but its identity is not proven
  // Sessions there that look like this server's (its `client`, else its address). Unknown, with the reason, where the
  // role may not see who is connected, or nothing says what the server's sessions look like.
  Known<int> connected;
  bool sharedLook = false; // those sessions could be another server's as well: they look the same
  bool operator==(const MatrixCell&) const = default;
};

struct MatrixRow {
  std::string server;
  std::string configured;        // masked, short: "postgres:5432/TovPlay"
  std::string origin;            // where that was read, empty for the project itself
  std::string route;             // "", "direct", "ssh prod", …
  std::string failure;           // "route: Permission denied", empty where it was reached
  std::vector<MatrixCell> cells; // one a column
  bool operator==(const MatrixRow&) const = default;
};

struct Matrix {
  std::vector<std::string> databases; // ids, the columns, in the snapshot's order; ghosts too
  std::vector<MatrixRow> rows;        // in the snapshot's order of servers
  bool operator==(const Matrix&) const = default;
};

Matrix matrixOf(const Snapshot& snapshot);

// The cell in words, for tables and screen readers: "configured, reached, 3 sessions"; "" where there is nothing to
// say.
std::string cellText(const MatrixCell& cell);

} // namespace whichbase::topology
