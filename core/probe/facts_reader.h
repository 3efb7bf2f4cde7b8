// Reads what the statements of statements.h answer into facts.
#pragma once

#include "topology/observation.h"

#include <optional>
#include <string>
#include <vector>

namespace whichbase::probe {

// A relation that may hold the users.
struct UsersCandidate {
  std::string relation; // quoted, schema-qualified
  std::string kind;     // pg_class.relkind
  int rank = 0;         // place in the list of usual names; 0 where it was configured
  bool inPublic = false;
  bool mayRead = false;
  bool mayInsert = false;
  bool rowSecurity = false;
  std::int64_t estimate = -1; // reltuples; -1: never analysed
  std::optional<topology::UtcTime> analyzedAt;
  std::string creationColumn; // quoted; empty: none
};

struct Identity {
  topology::Facts facts;
  std::vector<UsersCandidate> candidates;
};

std::optional<Identity> readIdentity(const std::string& json);

// Sets the facts that the given parts (names of inventoryParts()) answered; returns false where the text is no answer.
bool readInventory(const std::string& json, topology::Facts& facts);

// Sets the facts of one part to unknown with the reason.
void setUnknown(const std::string& part, const std::string& reason, topology::Facts& facts);

// The relation to count: the only candidate, or the likeliest of the usual names; else the reason why there is none.
topology::Known<UsersCandidate> chooseUsers(const std::vector<UsersCandidate>& candidates,
                                            const std::string& configured);

} // namespace whichbase::probe
