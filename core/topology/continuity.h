// What a lone snapshot cannot know, carried from one sighting of a side to the next while somebody watches: the letters
// of its databases, when each was last reached, and which endpoint leads elsewhere than it did.
#pragma once

#include "topology/across_time.h"
#include "topology/snapshot.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace whichbase::topology {

class Continuity {
public:
  // `seed`: a side whose letters the same databases are to bear, usually the before side; null: none.
  explicit Continuity(const Snapshot* seed = nullptr);

  // What an earlier watch of the same side knew last, as its history has it: letters, endpoints and moves go on from
  // there. Where a letter of it means another database than the seed's, the seed's stands.
  void recall(const Snapshot& earlier);

  // The next snapshot of the side, with the letters of what was seen before and new ones for what was not; what was
  // known and is not seen any more stays as a ghost with when it was last reached, until its instance says that it is
  // gone. The same running instance (system identifier, oid and start time are equal) is the same database; after a
  // restart the rule across time holds: one candidate on either side, else it cannot be told, and a new letter is
  // given. Fills endpointMoves, which makes the finding `endpoint-moved` for as long as an endpoint stays where it
  // moved to. Diagnoses again. Two letters of one snapshot, ghosts included, are proven to be two databases: a ghost
  // that may be one of those that answer is left out, and comes back when that is settled.
  Snapshot follow(Snapshot next);

  const std::vector<EndpointMove>& moves() const { return m_moves; }

private:
  // Where a server was last proven to lead.
  struct Place {
    MaskedConnection connection;
    std::string route;
    std::string home; // where it led when that configuration was first seen
    std::string database;
  };

  Database* known(const std::string& id);
  const Database* recordOf(const Database& ghost) const;
  void takeRecords(Snapshot& next);
  std::map<std::string, std::string> settledIn(const Snapshot& next) const;
  std::string unidentifiedId(const Snapshot& next, const Database& database) const;
  void learn(const Snapshot& next);
  void learnApart(const Snapshot& next);
  void learnGone(const Snapshot& next);
  void addGhosts(Snapshot& next) const;
  void followEndpoints(const Snapshot& next);
  void followEndpoint(const Snapshot& next, const Server& server);
  bool areTwo(const Database& a, const Database& b) const;
  void rememberPlaces(Snapshot& next);
  void forgetMove(const std::string& server);

  std::vector<Database> m_known;   // every database seen, as last known, by the id that it bears
  std::vector<Database> m_records; // of the seed, as they were: what a sweep copies its remembered ghosts from
  std::vector<EndpointMove> m_moves;
  std::map<std::string, Place> m_places;                 // by server
  std::map<std::string, std::string> m_lastDatabases;    // by server, whatever it was configured for
  std::map<std::string, std::string> m_unknownIds;       // "?1" by who showed it
  std::map<std::string, std::string> m_followed;         // by id of a standby: its primary, proven once
  std::set<std::pair<std::string, std::string>> m_apart; // ids proven to be two where identifiers do not tell
  std::vector<std::string> m_lastLive;                   // ids whose being apart is learned already
  std::optional<UtcTime> m_lastAt;
};

} // namespace whichbase::topology
