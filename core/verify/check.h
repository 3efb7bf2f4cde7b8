// "Check again": whether each server's own session sees what the others raise, and how fast. Nothing is written.
#pragma once

#include "compare/problem.h"
#include "probe/connector.h"
#include "topology/proofs.h"
#include "verify/participant.h"

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::verify {

// Whether the row's server saw the column's flag.
enum class Sight { unknown, sameDatabase, sameInstance, notSeen };

// What a server's own session may do.
struct Ability {
  bool reached = false;
  std::string failure;          // why not; redacted
  std::optional<bool> canWrite; // the users relation, or anything where there is none; empty: not known
  std::string whyNot;           // "standby, 3 s behind", "its role may not INSERT into public.users"
  bool inRecovery = false;
  std::optional<std::chrono::microseconds> lag; // of a standby
};

struct CheckResult {
  std::vector<std::string> servers;
  std::vector<Ability> abilities;         // by server
  std::vector<std::vector<Sight>> sights; // [row][column]; of oneself: whether its own was seen
  // Why a sight is unknown, or what else than a flag proved it; may be empty.
  std::vector<std::vector<std::string>> reasons;
  std::vector<std::vector<std::optional<double>>> notifyMs; // [from][to]; empty: not usable there
  std::vector<std::string> notifyNotes;                     // by server: "behind a pooler", "standby"; may be empty
  std::vector<std::string> notes;                           // sentences about all of it: what was not done, and why
  topology::Verification verification;
};

// One server's line, as soon as something new is known of it. Called on the checking thread.
struct CheckLine {
  std::size_t server = 0; // index
  bool done = false;
  topology::ServerCheck check;
};
using OnCheckLine = std::function<void(const CheckLine& line)>;

struct CheckOptions {
  std::chrono::milliseconds deadline{30'000};
  int rounds = 5;      // of NOTIFY; the median counts
  int perEndpoint = 4; // connections at a time to one host and port
};

// Of more servers than this not every pair is looked at: one flag a database found is enough to place the others, so
// that the work grows with their number and not with its square.
inline constexpr std::size_t pairsUpTo = 40;

// Each server's connection gets a session of its own. Behind a pooler it is let go of between two looks, since it may
// hold the only one there is. Returns at the deadline, or at once when stopped; what was not done then is unknown.
CheckResult check(const std::vector<Participant>& participants, const CheckOptions& options,
                  probe::Connector& connector, std::stop_token stop, const OnCheckLine& onLine = {});

// For people: the matrix of who sees whom, with NOTIFY's times and what each may do.
std::string toText(const CheckResult& result);
std::string
toJson(const CheckResult& result); // {"format": "whichbase/verification", "version": 1, "means": "flags", …}

} // namespace whichbase::verify
