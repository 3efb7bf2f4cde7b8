// Which other databases depend on the one in question: subscriptions that take changes from it, foreign servers that
// point to it, jobs that run in it.
#pragma once

#include "compare/endpoint.h"
#include "verify/can_stop.h"
#include "verify/can_stop_facts.h"

#include <string>
#include <vector>

namespace whichbase::verify {

// The database in question, as the others may call it.
struct FedFrom {
  const compare::Endpoint* endpoint = nullptr;
  std::string name;          // of the database
  std::string serverAddress; // as its own session saw it; numeric, may be empty
  int serverPort = 0;
  topology::Known<std::vector<StopSlot>> slots;
};

struct Feeder {
  std::string name; // for texts: "B (External)"
  const compare::Endpoint* endpoint = nullptr;
  bool sameInstance = false; // proven
};

enum class PointsThere { yes, no, unclear };

// Names are not resolved: a foreign server that says another name than ours may still mean the same computer.
PointsThere pointsThere(const ForeignServer& server, const FedFrom& from, const Feeder& feeder);

void addFeeds(const FeedFacts& facts, const FedFrom& from, const Feeder& feeder, StopAnswer& answer);

} // namespace whichbase::verify
