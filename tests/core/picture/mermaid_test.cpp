#include "odd_names.h"
#include "picture/drawing.h"
#include "picture/mermaid_text.h"
#include "picture/text_width.h"
#include "support/run_program.h"
#include "support/sample_snapshots.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace whichbase::picture {
namespace {

using topology::Comparison;
using topology::Snapshot;

Snapshot oddSnapshot() {
  Snapshot snapshot = samples::manyServers(1, 3);
  const auto pattern = snapshot.servers.front();
  snapshot.servers.clear();
  std::size_t number = 0;
  for (const std::string& name : tests::oddNames()) {
    auto server = pattern;
    server.name = server.address = server.environment = name;
    server.database = snapshot.databases[number % snapshot.databases.size()].id;
    server.role = static_cast<topology::Role>(number++ % 3);
    snapshot.servers.push_back(server);
  }
  for (std::size_t i = 0; i < snapshot.databases.size(); ++i)
    snapshot.databases[i].label = tests::oddNames()[i + 1];
  snapshot.verdict.text = "\"<b>end</b>\" & `others`";
  return snapshot;
}

// Every server in an environment of its own, so that none are alike.
Snapshot allDifferent(std::size_t servers, std::size_t databases) {
  Snapshot snapshot = samples::manyServers(servers, databases);
  std::size_t number = 0;
  for (auto& server : snapshot.servers)
    server.environment = "environment " + std::to_string(number++);
  return snapshot;
}

Comparison twice(const Snapshot& snapshot) {
  Comparison comparison{snapshot, snapshot, {}, {}, {}};
  for (std::size_t i = 0; i < snapshot.servers.size(); ++i)
    comparison.after.servers[i].database = snapshot.databases[i * 7 % snapshot.databases.size()].id;
  return comparison;
}

// The lines that do not belong to the part of Mermaid's grammar that is used; and links to nodes that are not there.
std::vector<std::string> violations(const std::string& chart) {
  static const std::string id = "[a-z]+(_[ds][0-9]+)?";
  // In a label nothing but letters, digits, entities, a few harmless signs, <br/>, and what is beyond ASCII.
  static const std::string label = R"((?:[A-Za-z0-9 ,.('?:/_)\x80-\xff-]|#[0-9]+;|<br/>)*)";
  static const std::regex head("flowchart (LR|TB)"), side("  subgraph ([a-z]+)\\[\"" + label + "\"\\]"),
      direction("    direction BT"), node("    (" + id + ")(\\[\\(\"" + label + "\"\\)\\]|\\[\"" + label + "\"\\])"),
      link("    (" + id + ") (-->|-\\.->)\\|(writes|reads|unknown)\\| (" + id + ")"), end("  end"),
      order("  before ~~~ after"), style("  classDef [A-Za-z0-9]+ [a-z#0-9:,\\- ]+"),
      styled("  class " + id + "(," + id + ")* [A-Za-z0-9]+"),
      links("  linkStyle [0-9,]+ stroke:#[0-9a-f]{6},stroke-width:2px");
  std::vector<std::string> wrong;
  std::set<std::string> nodes;
  std::istringstream lines(chart);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, match, node))
      nodes.insert(match[1]);
    else if (std::regex_match(line, match, link)) {
      if (!nodes.contains(match[1]) || !nodes.contains(match[5]))
        wrong.push_back("No such node: " + line);
    } else if (std::ranges::none_of(std::vector{&head, &side, &direction, &end, &order, &style, &styled, &links},
                                    [&](const std::regex* one) { return std::regex_match(line, *one); }))
      wrong.push_back(line);
    const bool isLabelled = line.contains('"');
    if (isLabelled && (line.contains("direction TB") || line.contains("www.")))
      wrong.push_back("Would be read as something else: " + line);
  }
  return wrong;
}

std::size_t linksOf(const std::string& chart) {
  std::size_t number = 0;
  for (auto at = chart.find("->|"); at != std::string::npos; at = chart.find("->|", at + 1))
    ++number;
  return number;
}

TEST(Mermaid, ShowsBothSidesWithDatabasesAsCylindersAndLinksByRole) {
  const std::string chart = toMermaid(samples::incident());
  EXPECT_EQ(violations(chart), std::vector<std::string>{});
  EXPECT_TRUE(chart.contains("subgraph before[\"✗ Before"));
  EXPECT_TRUE(chart.contains("subgraph after[\"✓ After"));
  EXPECT_TRUE(chart.contains("before_d1[(\"A · Local container<br/>postgres#58;5432 · TovPlay<br/>22 users"));
  EXPECT_TRUE(chart.contains("before_s1 -->|writes| before_d1"));
  EXPECT_TRUE(chart.contains("after_s1 -->|writes| after_d2"));
  EXPECT_TRUE(chart.contains("before_s2 -.->|reads| before_d2"));
  EXPECT_TRUE(chart.contains("PROD · writes · was A"));
}

TEST(Mermaid, OfASnapshotHasOneSide) {
  const std::string chart = toMermaid(samples::sixtyServers());
  EXPECT_EQ(violations(chart), std::vector<std::string>{});
  EXPECT_TRUE(chart.contains("subgraph now["));
  EXPECT_TRUE(chart.contains("Storefront ×24"));
  EXPECT_TRUE(chart.contains("not reached"));
}

TEST(Mermaid, KeepsOddNamesInsideTheirLabels) {
  const std::string chart = toMermaid(oddSnapshot());
  EXPECT_EQ(violations(chart), std::vector<std::string>{});
  EXPECT_EQ(mermaidText("a\"b"), "a#34;b");
  EXPECT_EQ(mermaidText("1. first"), "1#46; first");
  EXPECT_EQ(mermaidText("203.0.113.20"), "203.0.113.20");
  EXPECT_EQ(mermaidText("Production Backend"), "Production Backend");
}

TEST(Mermaid, HoldsAThousandServersWithinMermaidsLimits) {
  for (const auto& [servers, databases] :
       {std::pair<std::size_t, std::size_t>(1000, 1), {1000, 12}, {1000, 300}, {1000, 1000}, {200, 5}}) {
    const std::string chart = toMermaid(twice(allDifferent(servers, databases)));
    EXPECT_EQ(violations(chart), std::vector<std::string>{}) << servers << " on " << databases;
    EXPECT_LT(chart.size(), 50'000U);
    EXPECT_LT(linksOf(chart), 500U);
  }
}

TEST(Mermaid, LeavesNoServerOutWithoutItsNumber) {
  const std::string chart = toMermaid(allDifferent(1000, 1000));
  std::size_t told = 0;
  const std::regex number("([0-9,]+) servers?<br/>");
  for (std::sregex_iterator at(chart.begin(), chart.end(), number), end; at != end; ++at) {
    std::string digits = (*at)[1];
    std::erase(digits, ',');
    told += std::stoul(digits);
  }
  const std::regex single("_s[0-9]+\\[\"Server ");
  for (std::sregex_iterator at(chart.begin(), chart.end(), single), end; at != end; ++at)
    ++told;
  EXPECT_EQ(told, 1000U);
  EXPECT_TRUE(chart.contains("more databases"));
}

// Mermaid's own command line, where it is installed (npm package @mermaid-js/mermaid-cli).
class MermaidItself : public ::testing::Test {
protected:
  void SetUp() override {
    if (test::runProgram({"sh", "-c", "command -v mmdc"}).exitCode != 0)
      GTEST_SKIP() << "mmdc is not on the PATH";
    m_folder.write("browser.json", R"({"args": ["--no-sandbox", "--disable-gpu"])" +
                                       std::string(std::filesystem::exists("/usr/bin/chromium")
                                                       ? R"(, "executablePath": "/usr/bin/chromium"})"
                                                       : "}"));
  }

  std::string rendered(const std::string& chart) const {
    m_folder.write("chart.mmd", chart);
    const auto at = [&](const char* name) { return (m_folder.path() / name).string(); };
    test::RunOptions options;
    options.seconds = 300;
    const auto run = test::runProgram(
        {"mmdc", "-q", "-p", at("browser.json"), "-i", at("chart.mmd"), "-o", at("chart.svg")}, options);
    EXPECT_EQ(run.exitCode, 0) << run.output << run.errors;
    std::ifstream file(at("chart.svg"), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  test::TemporaryFolder m_folder;
};

TEST_F(MermaidItself, RendersTheIncidentAndAThousandServers) {
  for (const std::string& chart : {toMermaid(samples::incident()), toMermaid(samples::sixtyServers()),
                                   toMermaid(twice(allDifferent(1000, 300)))}) {
    const std::string svg = rendered(chart);
    EXPECT_TRUE(svg.contains("</svg>"));
    EXPECT_FALSE(svg.contains("Syntax error"));
    EXPECT_FALSE(svg.contains("Maximum text size"));
  }
}

TEST_F(MermaidItself, ShowsOddNamesAsTheyAre) {
  const Snapshot snapshot = oddSnapshot();
  std::string svg = rendered(toMermaid(snapshot));
  const std::string invisible = "\u200B";
  for (auto at = svg.find(invisible); at != std::string::npos; at = svg.find(invisible, at))
    svg.erase(at, invisible.size());
  EXPECT_FALSE(svg.contains("Unsupported markdown"));
  EXPECT_FALSE(svg.contains("<script"));
  EXPECT_FALSE(svg.contains("<a "));
  for (const auto& server : snapshot.servers) {
    std::string expected;
    for (const char c : cleaned(server.name))
      expected += c == '&'                                                    ? "&amp;"
                  : c == '<'                                                  ? "&lt;"
                  : c == '>'                                                  ? "&gt;"
                  : c == ' ' && (expected.empty() || expected.ends_with(' ')) ? ""
                                                                              : std::string(1, c);
    if (widthOf(expected, {1, false, true}) > 60)
      continue; // cut in the middle
    EXPECT_TRUE(svg.contains(">" + expected + "<br") || svg.contains(">" + expected + "</")) << expected;
  }
}

} // namespace
} // namespace whichbase::picture
