#include "report/side_diagram.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace whichbase;
using namespace whichbase::report;

namespace {

std::string drawn(const topology::Snapshot& snapshot, int width) {
  const SideCards cards = cardsOf(snapshot, nullptr, false);
  const Places places = placesFor({&cards});
  return drawSide(cards, places, width, heightsFor(cards, places, width, Charset::unicode), Charset::unicode)
      .text(false);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
    ++found;
  return found;
}

} // namespace

TEST(SideDiagram, EveryReachedServerHasOneArrow) {
  for (const auto& snapshot : {samples::incidentBefore(), samples::incidentAfter(), samples::unknownIdentity(),
                               samples::longNames(), samples::manyServers(6, 3), samples::manyServers(5, 5)}) {
    std::size_t reached = 0;
    for (const auto& server : snapshot.servers)
      reached += server.reached() ? 1 : 0;
    const std::string text = drawn(snapshot, 120);
    EXPECT_EQ(count(text, "▲"), reached) << text;
    EXPECT_EQ(count(text, "┴"), reached) << text;
  }
}

TEST(SideDiagram, NoLineIsWiderThanItsSide) {
  for (const int width : {58, 80, 120})
    for (std::size_t servers = 1; servers <= 3; ++servers)
      for (std::size_t databases = 1; databases <= 2; ++databases) {
        std::istringstream lines(drawn(samples::manyServers(servers, databases), width));
        for (std::string line; std::getline(lines, line);)
          EXPECT_LE(displayWidth(line, Charset::unicode), width) << line;
      }
}

TEST(SideDiagram, WideAndCombiningNamesKeepTheFrameStraight) {
  const auto drawnWithName = [](const std::string& name) {
    auto snapshot = samples::incidentBefore();
    snapshot.servers[1].name = name;
    std::string text = drawn(snapshot, 80);
    if (const auto at = text.find(name); at != std::string::npos)
      text.replace(at, name.size(), "________");
    return text;
  };
  const std::string plain = drawnWithName("abcdefgh");
  EXPECT_NE(plain.find("________"), std::string::npos);
  EXPECT_EQ(drawnWithName("数据看板"), plain);
  EXPECT_EQ(drawnWithName("e\xCC\x81"
                          "bcdefgh"),
            plain);
}

TEST(SideDiagram, ServersWithoutADatabaseHaveNoArrow) {
  const std::string text = drawn(samples::allUnreachable(), 80);
  EXPECT_EQ(count(text, "▲"), 0U) << text;
  EXPECT_NE(text.find("╌"), std::string::npos) << text;
}

TEST(SideDiagram, WhatIsOnBothSidesKeepsItsPlace) {
  const auto comparison = samples::incident();
  const SideCards before = cardsOf(comparison.before, &comparison.after, false);
  const SideCards after = cardsOf(comparison.after, &comparison.before, false);
  const Places places = placesFor({&before, &after});
  EXPECT_EQ(places.databases, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(places.servers, (std::vector<std::string>{"Production Backend", "Dashboard", "Staging Backend"}));
}
