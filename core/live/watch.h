// Watches one project: the same way of the data as a sweep, walked again and again on kept sessions.
#pragma once

#include "live/clocks.h"
#include "probe/plan.h"
#include "project/project.h"
#include "topology/snapshot.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace whichbase::live {

struct Options {
  std::chrono::milliseconds interval{5'000};            // of the pulse
  std::chrono::milliseconds shortestInterval{500};      // whatever is wished for
  std::chrono::milliseconds inventoryEvery{300'000};    // a whole sweep, identity proven anew, at the latest
  std::chrono::milliseconds configurationEvery{30'000}; // where a string comes from is asked again
  std::chrono::milliseconds sessionAge{60'000};         // then a session is made anew: a name may lead elsewhere by now
  double countShare = 0.01;                             // of a database's time that exact counts may take
  int keptPerEndpoint = 16; // sessions kept to one host and port; others are asked in sweeps
  probe::SweepOptions sweep;
};

// How one target's kept session stands.
struct LinkState {
  enum class Kind { connected, connecting, waiting, notKept };
  std::vector<std::string> servers;
  Kind kind = Kind::connecting;
  std::string text;                         // why it waits: the failure, redacted
  std::optional<topology::UtcTime> retryAt; // of a waiting one
  bool operator==(const LinkState&) const = default;
};

// What is known after a tick or a sweep.
struct Update {
  std::shared_ptr<const topology::Snapshot> before; // as in the request, or what the visit found
  std::shared_ptr<const topology::Snapshot> after;  // continuous letters (topology::Continuity), diagnosed
  bool swept = false;                               // a whole sweep; else a tick on kept sessions
  bool paused = false;
  std::vector<LinkState> links;
  // Whose password is asked for under which name, by side and server.
  std::vector<std::pair<std::string, probe::PasswordKey>> passwordKeys;
  std::optional<topology::UtcTime> nextAt; // of the next tick; empty while paused
};

struct Request {
  project::Project project;
  probe::Sources sources;
  std::shared_ptr<const topology::Snapshot>
      before; // recorded or probed already; null: visited first where there is one
  // What was last known of the after side: its letters go on (Continuity::recall); null: nothing.
  std::shared_ptr<const topology::Snapshot> recalled{};
  Options options;
  Clocks clocks{}; // those of the computer; a test makes it sleep
};

// What somebody may change while watch() runs, from any thread.
class Controls {
public:
  void pause(bool paused);
  void step();  // one tick, also while paused
  void sweep(); // a whole sweep now, also while paused
  void setInterval(std::chrono::milliseconds interval);

  struct Wishes {
    bool paused = false;
    bool step = false;
    bool sweep = false;
    std::optional<std::chrono::milliseconds> interval;
  };
  // For watch(): waits until `until`, a wish, wake() or the stop, and takes the wishes (`paused` stays).
  Wishes wait(std::chrono::steady_clock::time_point until, const std::stop_token& stop);
  void wake(); // for watch()'s own threads

private:
  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  Wishes m_wishes;
  bool m_woken = false;
};

// Called on watch()'s own thread.
using OnUpdate = std::function<void(const Update&)>;

// Sweeps, then ticks until stopped. A changed marker of identity (start time, system identifier, oid, timeline,
// address, recovery), a changed configuration, a catalog that changed, or a server that came back is followed by a
// sweep at once; sweeps for those reasons are at least 2 s apart. Lost sessions are made again with growing pauses (up
// to 30 s). A machine that slept does not catch up on the ticks that it missed.
void watch(const Request& request, Controls& controls, std::stop_token stop, const OnUpdate& onUpdate);

} // namespace whichbase::live
