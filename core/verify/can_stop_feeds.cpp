#include "verify/can_stop_feeds.h"

#include "connection/connection_string.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace whichbase::verify {
namespace {

using connection::isThisComputer;

struct Place {
  std::string host;
  int port = 0;
};

int portOf(const std::string& text) {
  int port = 5432;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() ? port : 5432;
}

bool isSameHost(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// The other database's targets go the same way as one of ours, so that a name means the same there.
bool goesTheSameWay(const probe::Target& target, const compare::Endpoint& other) {
  return std::ranges::any_of(other.targets, [&](const probe::Target& each) { return each.via == target.via; });
}

bool isLocal(const probe::Target& target) {
  const auto ends = connection::endpoints(target.parameters);
  return ends.empty() || std::ranges::all_of(ends, [](const connection::Endpoint& end) {
           return isThisComputer(end.hostaddr.empty() ? end.host : end.hostaddr);
         });
}

// Both are on the computer where one way ends.
bool areOnOneComputer(const FedFrom& from, const Feeder& feeder) {
  return feeder.sameInstance || std::ranges::any_of(from.endpoint->targets, [&](const probe::Target& target) {
           return isLocal(target) && std::ranges::any_of(feeder.endpoint->targets, [&](const probe::Target& other) {
                    return other.via == target.via && isLocal(other);
                  });
         });
}

// Where it can be reached, in words that mean the same to the other database's server.
std::vector<Place> placesOf(const FedFrom& from, const Feeder& feeder) {
  std::vector<Place> places;
  for (const probe::Target& target : from.endpoint->targets) {
    const bool sameWay = goesTheSameWay(target, *feeder.endpoint);
    for (const auto& end : connection::endpoints(target.parameters))
      for (const std::string& host : {end.host, end.hostaddr}) {
        const bool isRelative = isThisComputer(host) || connection::isSingleLabel(host) || target.via.isElsewhere();
        if (!host.empty() && (!isRelative || sameWay))
          places.push_back({host, end.port});
      }
  }
  if (!from.serverAddress.empty() && !isThisComputer(from.serverAddress))
    places.push_back({from.serverAddress, from.serverPort});
  return places;
}

std::string placeText(const ForeignServer& server) {
  return fmt::format("{}:{}/{}", server.host.empty() ? "localhost" : server.host, portOf(server.port), server.dbname);
}

bool isPostgres(const ForeignServer& server) {
  return server.wrapper == "postgres_fdw" || server.wrapper == "dblink_fdw";
}

void addForeignServer(const ForeignServer& server, const FedFrom& from, const Feeder& feeder, StopAnswer& answer) {
  if (!isPostgres(server)) {
    answer.couldNotLook.push_back(fmt::format("where the foreign server {} of {} leads: its wrapper {} is not known "
                                              "to Whichbase",
                                              server.name, feeder.name, server.wrapper));
    return;
  }
  const PointsThere points = pointsThere(server, from, feeder);
  const std::string tables =
      server.tables == 0
          ? ""
          : fmt::format(", with {}", topology::counted(static_cast<std::size_t>(server.tables), "foreign table"));
  if (points == PointsThere::yes)
    answer.against.push_back({"foreign-servers", fmt::format("The foreign server {} of {} points to it ({}){}.",
                                                             server.name, feeder.name, placeText(server), tables)});
  else if (points == PointsThere::unclear)
    answer.couldNotLook.push_back(fmt::format("whether the foreign server {} of {} means it: {} may be another name of "
                                              "its address",
                                              server.name, feeder.name, placeText(server)));
}

// A subscription takes its changes from a slot of the publisher: without that slot here, it is not ours. All slots are
// seen by every role.
void addSubscriptions(const FeedFacts& facts, const FedFrom& from, const Feeder& feeder, StopAnswer& answer) {
  if (!facts.subscriptions) {
    answer.couldNotLook.push_back(fmt::format("subscriptions of {}: {}", feeder.name, facts.subscriptions.reason));
    return;
  }
  for (const StopSubscription& each : *facts.subscriptions) {
    if (each.slot.empty())
      continue;
    const std::string where =
        each.database == facts.self.name ? feeder.name : fmt::format("{}, beside {}", each.database, feeder.name);
    if (!from.slots)
      answer.couldNotLook.push_back(fmt::format("whether the subscription {} of {} takes its changes from here: {}",
                                                each.name, where, from.slots.reason));
    else if (std::ranges::any_of(*from.slots,
                                 [&](const StopSlot& slot) { return slot.logical && slot.name == each.slot; }))
      answer.against.push_back({"subscriptions", fmt::format("The subscription {} of {} takes its changes from a slot "
                                                             "of the name {}, which is in this database.",
                                                             each.name, where, each.slot)});
  }
}

void addJobsOf(const FeedFacts& facts, const FedFrom& from, const Feeder& feeder, StopAnswer& answer) {
  if (!facts.jobs) {
    answer.couldNotLook.push_back(fmt::format("scheduled jobs in {}: {}", feeder.name, facts.jobs.reason));
    return;
  }
  for (const Jobs& jobs : *facts.jobs) {
    if (!jobs.unread.empty() || jobs.hidesOthers)
      answer.couldNotLook.push_back(
          fmt::format("jobs of {} in {}: {}", jobs.table, feeder.name,
                      jobs.unread.empty() ? "row-level security hides those of other roles" : jobs.unread));
    const auto ours = jobs.byDatabase.find(from.name);
    if (ours == jobs.byDatabase.end())
      continue;
    const std::string text = topology::counted(static_cast<std::size_t>(ours->second), "active job");
    if (feeder.sameInstance)
      answer.against.push_back({"jobs", fmt::format("{} of {} in {} {} in this database.", text, jobs.table,
                                                    feeder.name, ours->second == 1 ? "runs" : "run")});
  }
}

} // namespace

PointsThere pointsThere(const ForeignServer& server, const FedFrom& from, const Feeder& feeder) {
  if (!server.dbname.empty() && server.dbname != from.name)
    return PointsThere::no;
  const int port = portOf(server.port);
  if (isThisComputer(server.host)) {
    if (!areOnOneComputer(from, feeder))
      return PointsThere::unclear;
    return port == from.serverPort ? PointsThere::yes : PointsThere::unclear; // it may be a pooler's
  }
  for (const Place& place : placesOf(from, feeder))
    if (place.port == port && isSameHost(place.host, server.host))
      return PointsThere::yes;
  return PointsThere::unclear;
}

void addFeeds(const FeedFacts& facts, const FedFrom& from, const Feeder& feeder, StopAnswer& answer) {
  addSubscriptions(facts, from, feeder, answer);
  if (facts.foreignServers)
    for (const ForeignServer& server : *facts.foreignServers)
      addForeignServer(server, from, feeder, answer);
  else
    answer.couldNotLook.push_back(fmt::format("foreign servers of {}: {}", feeder.name, facts.foreignServers.reason));
  if (!facts.dblinkFunctions || *facts.dblinkFunctions > 0)
    answer.couldNotLook.push_back(
        facts.dblinkFunctions
            ? fmt::format("where {} of {} lead that call dblink: their source is not read",
                          topology::counted(static_cast<std::size_t>(*facts.dblinkFunctions), "function"), feeder.name)
            : fmt::format("functions of {} that call dblink: {}", feeder.name, facts.dblinkFunctions.reason));
  addJobsOf(facts, from, feeder, answer);
  answer.lookedAt.push_back(fmt::format("subscriptions, foreign servers and jobs of {}", feeder.name));
}

} // namespace whichbase::verify
