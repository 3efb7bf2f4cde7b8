#include "picture/without_addresses.h"

#include "topology/wording.h"

#include <algorithm>
#include <vector>

namespace whichbase::picture {

namespace {

using topology::Database;
using topology::Server;
using topology::Snapshot;

// What stands for a place in texts, the longest first. A host of one word ("postgres") is no address by itself: it may
// be a word of a sentence, too.
std::vector<std::string> placesIn(const Snapshot& snapshot) {
  std::vector<std::string> places;
  const auto add = [&](const std::string& place) {
    if (place.size() > 3 && place.find_first_of(".:/") != std::string::npos)
      places.push_back(place);
  };
  for (const Server& server : snapshot.servers) {
    add(server.address);
    add(server.connection.host);
    add(server.connection.text);
    if (!server.connection.host.empty())
      add(topology::endpointText(server.connection));
  }
  for (const Database& database : snapshot.databases)
    add(database.address);
  std::ranges::sort(places, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

void hide(std::string& text, const std::vector<std::string>& places) {
  for (const std::string& place : places)
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + 3))
      text.replace(at, place.size(), "…");
}

} // namespace

Snapshot withoutAddresses(Snapshot snapshot) {
  const auto places = placesIn(snapshot);
  const auto hideIn = [&](std::string& text) { hide(text, places); };
  hideIn(snapshot.verdict.text);
  hideIn(snapshot.verdict.detail);
  for (Server& server : snapshot.servers) {
    server.address.clear();
    server.connection = {};
    if (server.failure)
      hideIn(server.failure->text);
  }
  for (Database& database : snapshot.databases) {
    if (std::ranges::find(places, database.label) != places.end() || database.label == database.address)
      database.label.clear();
    database.address.clear();
    for (std::string* text : {&database.label, &database.place, &database.identityReason, &database.replicaReason,
                              &database.users.reason, &database.tables.reason, &database.triggers.reason})
      hideIn(*text);
  }
  return snapshot;
}

} // namespace whichbase::picture
