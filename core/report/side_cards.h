// One side of a snapshot as the cards that the text diagram draws: databases, and servers or stacks of alike ones.
#pragma once

#include "report/canvas.h"
#include "topology/snapshot.h"

#include <string>
#include <vector>

namespace whichbase::report {

struct CardText {
  std::string text;
  Ink ink;
  std::size_t most = 2; // lines that it may be wrapped to
  // Parts of one thing that share a line where they fit: "postgres:5432" and "TovPlay", with " · " between them.
  std::vector<std::string> more = {};
  bool hanging = false; // begins with a sign and a space
};

enum class Stroke { solid, dashed, dotted };

struct Card {
  std::string key;    // id of the database; name of the server, or of its stack
  std::string letter; // "A", "?", or "✗" for a server that was not reached
  Ink ink;            // of its frame and letter
  Stroke frame = Stroke::solid;
  std::vector<CardText> lines;
  // Of a server: the database it leads to ("" for none), and how its arrow is drawn.
  std::string database;
  Stroke arrow = Stroke::dotted;
  std::vector<std::string> members; // names of the servers in it
};

struct SideCards {
  std::vector<Card> databases;
  std::vector<Card> servers;
};

// `other` is the other side, where there is one; `stacked`: servers alike in all that the card shows share one card,
// except those that a finding names.
SideCards cardsOf(const topology::Snapshot& snapshot, const topology::Snapshot* other, bool stacked);

// The letter's place in the palette, the same on both sides: A is 0.
int paletteIndex(const std::string& databaseId);
// "A"; "?" where the identity is unknown.
std::string letterOf(const topology::Database& database);
Ink inkOf(const topology::Database& database);
// "22 users", "~51,900 users", "1 user", "users not counted".
std::string usersLine(const topology::Database& database);
// "writes", "reads"; where the project states none, what the session may do: "can write", "read only", or "".
std::string roleWord(const topology::Server& server);

} // namespace whichbase::report
