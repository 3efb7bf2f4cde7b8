// Servers × databases: what each server is configured for, what the probe reached from where it stands, and where its
// own sessions really are.
#pragma once

#include "topology/snapshot.h"

#include <cstddef>

namespace whichbase::topology {

// What is known of one server on one database.
struct MatrixCell {
  std::size_t column = 0; // index of Matrix::columns
  // The server's connection string leads here: its own probe did, or that of another server with the same host, port
  // and database name over the same route.
  bool configured = false;
  bool reached = false;   // the server's probe, over its own route, ended here
  bool uncertain = false; // it was reached, but its identity is not proven
  // It was reached by a name that was looked up on this computer, and may mean another machine on the server.
  bool fromHere = false;
  // Its host, port and database name lead another server here; the server itself was led somewhere else, or was not
  // reached.
  bool namesake = false;
  // Sessions there that look like this server's (its `client`, else its address). Unknown, with the reason, where the
  // role may not see who is connected, or nothing says what the server's sessions look like.
  Known<int> connected;
  bool atLeast = false;    // other sessions there are hidden from the role, and may be its own too
  bool sharedLook = false; // those sessions could be another server's as well: they look the same
  bool elsewhere = false;  // those sessions are on a database proven to be another one than it is configured for
  bool operator==(const MatrixCell&) const = default;
};

struct MatrixRow {
  std::string server;
  std::string configured;     // masked, short: "postgres:5432/TovPlay"; empty where the string could not be read
  std::string origin;         // where that was read, empty for the project itself
  std::string route;          // "", "direct", "ssh prod", …
  std::string failure;        // "route: Permission denied", empty where it was reached
  std::string sessionsReason; // why its sessions cannot be told on any database; empty where they can
  // In the order of the columns, only those that say something. What is left out is neither configured nor reached, and
  // its sessions are none, or unknown for the reason of row or column: cellAt() puts that together.
  std::vector<MatrixCell> cells;
  bool operator==(const MatrixRow&) const = default;
};

struct MatrixColumn {
  std::string database; // id; in the snapshot's order, ghosts too
  // Why it is not known who is connected there, or not of all sessions. Empty: every session was seen.
  std::string sessionsReason;
  bool partlySeen = false; // some sessions were seen, others are hidden
  // Sessions that look like those of no server of the project, and what they look like ("203.0.113.9, psql"), the most
  // first, alike ones once.
  int strangers = 0;
  std::vector<std::string> strangersLook;
  bool operator==(const MatrixColumn&) const = default;
};

struct Matrix {
  std::vector<MatrixColumn> columns;
  std::vector<MatrixRow> rows; // in the snapshot's order of servers
  bool operator==(const Matrix&) const = default;
};

Matrix matrixOf(const Snapshot& snapshot);

// Also what a row leaves out. `row` and `column` are indexes into the matrix.
MatrixCell cellAt(const Matrix& matrix, std::size_t row, std::size_t column);

// What leads there, in words: "configured, reached", "configured", "same address as a server here"; "" where nothing
// does.
std::string leadText(const MatrixCell& cell);

// Who is connected, in words: "3 sessions", "at least 3 sessions", "no session seen", "sessions unknown"; "" where none
// is, and none is expected.
std::string connectedText(const MatrixCell& cell);

// The cell in words, for tables and screen readers: "configured, reached, 3 sessions"; "" where there is nothing to
// say.
std::string cellText(const MatrixCell& cell);

} // namespace whichbase::topology
