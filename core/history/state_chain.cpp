#include "history/state_chain.h"

#include "history/patch.h"
#include "report/json.h"

#include <SQLiteCpp/Statement.h>

namespace whichbase::history {
namespace {

using Json = nlohmann::json;

// Bounds what has to be read for one state, and what is lost with one row.
constexpr int keyframeEvery = 100;
// A file of ours has at most keyframeEvery; one of another origin is not followed without an end.
constexpr int mostSteps = 10'000;

} // namespace

int numberOf(topology::Side side) {
  return side == topology::Side::before ? 0 : 1;
}

std::int64_t numberOf(topology::UtcTime time) {
  return time.time_since_epoch().count();
}

topology::UtcTime timeFrom(std::int64_t number) {
  return topology::UtcTime(std::chrono::microseconds(number));
}

Json storedForm(const topology::Snapshot& snapshot) {
  Json json = Json::parse(report::toJson(snapshot));
  json.erase("matrix");
  for (Json& server : json["servers"]) {
    server.erase("timings_ms");
    if (server["failure"].is_object())
      server["failure"].erase("login_command");
  }
  return json;
}

std::optional<StatePlace> StateChain::newest() const {
  SQLite::Statement row(m_database, "SELECT id, at FROM states WHERE side = ? ORDER BY id DESC LIMIT 1");
  row.bind(1, numberOf(m_side));
  if (!row.executeStep())
    return std::nullopt;
  return StatePlace{row.getColumn(0).getInt64(), timeFrom(row.getColumn(1).getInt64())};
}

std::optional<StatePlace> StateChain::placeAt(topology::UtcTime time) const {
  SQLite::Statement row(m_database,
                        "SELECT id, at FROM states WHERE side = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT 1");
  row.bind(1, numberOf(m_side));
  row.bind(2, numberOf(time));
  if (!row.executeStep())
    return std::nullopt;
  return StatePlace{row.getColumn(0).getInt64(), timeFrom(row.getColumn(1).getInt64())};
}

std::int64_t StateChain::keyframeFor(std::int64_t id) const {
  SQLite::Statement row(m_database,
                        "SELECT id FROM states WHERE side = ? AND keyframe = 1 AND id <= ? ORDER BY id DESC LIMIT 1");
  row.bind(1, numberOf(m_side));
  row.bind(2, id);
  return row.executeStep() ? row.getColumn(0).getInt64() : 0;
}

std::expected<void, std::string> StateChain::walkTo(std::int64_t id) {
  const std::int64_t keyframe = keyframeFor(id);
  if (keyframe == 0)
    return std::unexpected(std::string("the state that others rest on is missing"));
  const bool goesOn = m_id >= keyframe && m_id <= id;
  SQLite::Statement rows(m_database,
                         "SELECT id, keyframe, body FROM states WHERE side = ? AND id >= ? AND id <= ? ORDER BY id");
  rows.bind(1, numberOf(m_side));
  rows.bind(2, goesOn ? m_id + 1 : keyframe);
  rows.bind(3, id);
  if (!goesOn)
    m_steps = 0;
  while (rows.executeStep()) {
    const auto column = rows.getColumn(2);
    auto body = parseBounded({column.getText(), std::size_t(column.getBytes())});
    if (!body)
      return std::unexpected(body.error());
    if (rows.getColumn(1).getInt() == 1) {
      m_state = std::move(*body);
      m_steps = 0;
    } else if (auto applied = applyPatch(m_state, *body); !applied) {
      return applied;
    }
    m_id = rows.getColumn(0).getInt64();
    if (++m_steps > mostSteps)
      return std::unexpected(std::string("too many changes without a whole state between them"));
  }
  if (m_id != id)
    return std::unexpected(std::string("a recorded state is missing"));
  return {};
}

std::expected<Json, std::string> StateChain::read(std::int64_t id) {
  if (m_id == id)
    return m_state;
  if (auto walked = walkTo(id); !walked) {
    forget();
    return std::unexpected(walked.error());
  }
  return m_state;
}

StatePlace StateChain::append(topology::UtcTime at, Json state, bool asKeyframe) {
  const auto last = newest();
  // Somebody else may have written the last one: reading it tells how far its keyframe is, too.
  const bool known = last && (m_id == last->id || walkTo(last->id));
  bool keyframe = asKeyframe || !known || m_steps >= keyframeEvery;
  std::string body = state.dump();
  if (!keyframe) {
    std::string patch = patchBetween(m_state, state).dump();
    keyframe = patch.size() * 2 > body.size();
    if (!keyframe)
      body = std::move(patch);
  }
  SQLite::Statement row(m_database, "INSERT INTO states(side, at, keyframe, body) VALUES(?, ?, ?, ?)");
  row.bind(1, numberOf(m_side));
  row.bind(2, numberOf(at));
  row.bind(3, keyframe ? 1 : 0);
  row.bindNoCopy(4, body);
  row.exec();
  m_id = m_database.getLastInsertRowid();
  m_steps = keyframe ? 0 : m_steps + 1;
  m_state = std::move(state);
  return {m_id, at};
}

std::expected<void, std::string> StateChain::makeKeyframe(std::int64_t id) {
  const auto state = read(id);
  if (!state)
    return std::unexpected(state.error());
  const std::string body = state->dump();
  SQLite::Statement row(m_database, "UPDATE states SET keyframe = 1, body = ? WHERE id = ? AND keyframe = 0");
  row.bindNoCopy(1, body);
  row.bind(2, id);
  row.exec();
  return {};
}

} // namespace whichbase::history
