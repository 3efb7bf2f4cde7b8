// The recorded states of one side: some whole, the others as what changed since the state before.
#pragma once

#include "topology/snapshot.h"

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

namespace whichbase::history {

struct StatePlace {
  std::int64_t id = 0; // ascending in the order of recording
  topology::UtcTime at{};
  bool operator==(const StatePlace&) const = default;
};

// A snapshot as it is stored: its JSON without what follows from the rest (the matrix), without how long its parts
// took, and without commands that a file must not bring.
nlohmann::json storedForm(const topology::Snapshot& snapshot);

// Every member throws SQLite::Exception; call forget() when a transaction with an append() was rolled back.
class StateChain {
public:
  StateChain(SQLite::Database& database, topology::Side side) : m_database(database), m_side(side) {}

  std::optional<StatePlace> newest() const; // by the order of recording
  std::optional<StatePlace> placeAt(topology::UtcTime time) const;
  // The error says why it cannot be read: the file is damaged.
  std::expected<nlohmann::json, std::string> read(std::int64_t id);
  StatePlace append(topology::UtcTime at, nlohmann::json state, bool asKeyframe);
  // Makes it independent of the states before it.
  std::expected<void, std::string> makeKeyframe(std::int64_t id);
  void forget() { m_id = 0; }

private:
  std::int64_t keyframeFor(std::int64_t id) const; // 0: none
  std::expected<void, std::string> walkTo(std::int64_t id);

  SQLite::Database& m_database;
  topology::Side m_side;
  // The state that was read or written last, where the next one is usually asked for.
  std::int64_t m_id = 0;
  int m_steps = 0; // since its keyframe
  nlohmann::json m_state;
};

int numberOf(topology::Side side); // as it is stored
std::int64_t numberOf(topology::UtcTime time);
topology::UtcTime timeFrom(std::int64_t number);

} // namespace whichbase::history
