#include "cli/watch_lines.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace whichbase::cli {
namespace {

using Json = nlohmann::ordered_json;
using topology::Database;
using topology::Snapshot;
using topology::UtcTime;

std::string clock(UtcTime time, UtcTime started) {
  using std::chrono::days;
  if (std::chrono::floor<days>(time) != std::chrono::floor<days>(started))
    return topology::toClockAndDay(time);
  return topology::toIso8601(time).substr(11, 8) + " UTC";
}

Json textOrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json usersOf(const Database& database) {
  if (!database.users)
    return nullptr;
  const auto& users = *database.users;
  Json json;
  json["relation"] = users.relation;
  json["count"] = users.count ? Json(*users.count) : Json(nullptr);
  json["kind"] = toString(users.kind);
  json["counted_at"] = users.countedAt ? Json(topology::toIso8601(*users.countedAt)) : Json(nullptr);
  return json;
}

Json valueOf(const Database& database) {
  Json json;
  json["id"] = database.id;
  json["identity"] = database.identityProven ? "proven" : "unknown";
  json["name"] = database.name;
  json["label"] = textOrNull(database.label);
  json["address"] = textOrNull(database.address);
  json["in_use"] = !database.ghost;
  json["answered"] = database.answered;
  json["users"] = usersOf(database);
  return json;
}

Json valueOf(const topology::Server& server) {
  Json json;
  json["name"] = server.name;
  json["outcome"] = server.reached() ? "reached" : "failed";
  json["database"] = textOrNull(server.database);
  return json;
}

// Names out of a database may be anything; a line is always valid UTF-8, and one line.
std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string textLine(const history::Event& event, UtcTime started) {
  const std::string side = event.side == topology::Side::before ? "(before) " : "";
  return fmt::format("{}  {}{}", clock(event.at, started), side, event.text);
}

std::string textLine(const Snapshot& state) {
  std::string text = fmt::format("{}  {}: {}.", clock(state.finishedAt, state.finishedAt), toString(state.verdict.kind),
                                 state.verdict.text);
  for (const Database& database : state.databases)
    if (!database.ghost)
      text += fmt::format(" {}: {} {}.", database.id, usersText(database.users),
                          usersText(database.users) == "1" ? "user" : "users");
  return text;
}

std::string jsonLine(const history::Event& event) {
  Json json;
  json["event"] = toString(event.kind);
  json["at"] = topology::toIso8601(event.at);
  json["side"] = toString(event.side);
  json["subjects"] = event.subjects;
  json["major"] = event.isMajor();
  json["text"] = event.text;
  return written(json);
}

std::string jsonLine(const Snapshot& snapshot) {
  Json state;
  state["at"] = topology::toIso8601(snapshot.finishedAt);
  state["title"] = snapshot.title;
  state["side"] = toString(snapshot.side);
  state["complete"] = snapshot.complete;
  state["verdict"] = {{"kind", toString(snapshot.verdict.kind)},
                      {"proof", snapshot.verdict.provenBySessions ? "sessions" : "configuration"},
                      {"text", snapshot.verdict.text},
                      {"detail", textOrNull(snapshot.verdict.detail)}};
  state["servers"] = Json::array();
  for (const topology::Server& server : snapshot.servers)
    state["servers"].push_back(valueOf(server));
  state["databases"] = Json::array();
  for (const Database& database : snapshot.databases)
    state["databases"].push_back(valueOf(database));
  return written({{"state", state}});
}

} // namespace whichbase::cli
