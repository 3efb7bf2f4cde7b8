#include "report/display_text.h"
#include "report/text.h"
#include "support/paths.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>

using namespace whichbase;
using namespace whichbase::report;

namespace {

TextOptions optionsOf(bool ascii, int columns) {
  TextOptions options;
  options.ascii = ascii;
  options.columns = columns;
  return options;
}

// The incident with rows that were compared, and a write test after the fix.
topology::Comparison incidentProven() {
  topology::Comparison incident = samples::incident();
  topology::RowsFact rows;
  rows.a = "A";
  rows.b = "B";
  rows.ofUsers = true;
  rows.inA = 22;
  rows.inB = 1;
  rows.onlyInA = 21;
  rows.at = incident.before.finishedAt;
  topology::applyProofs(incident.before, {{rows}, {}});
  topology::Verification verification;
  verification.means = topology::Verification::Means::testRow;
  verification.at = incident.after.finishedAt;
  verification.everyoneSees = true;
  double ms = 1.2;
  for (const topology::Server& server : incident.after.servers)
    verification.servers.push_back({server.name, server.database, true, true, ms += 1.1, true, {}});
  topology::applyProofs(incident.after, {{}, verification});
  incident.findings = incident.after.findings;
  return incident;
}

// Name of the golden file in tests/data/report, and how its text is made.
const std::map<std::string, std::function<std::string()>>& goldenTexts() {
  const auto one = [](topology::Snapshot (*sample)(), int columns = 120, bool ascii = false) {
    return [=] { return toText(sample(), optionsOf(ascii, columns)); };
  };
  static const std::map<std::string, std::function<std::string()>> texts{
      {"incident", [] { return toText(samples::incident(), optionsOf(false, 120)); }},
      {"incident-ascii", [] { return toText(samples::incident(), optionsOf(true, 120)); }},
      {"incident-80-columns", [] { return toText(samples::incident(), optionsOf(false, 80)); }},
      {"incident-proven", [] { return toText(incidentProven(), optionsOf(false, 120)); }},
      {"incident-before", one(samples::incidentBefore)},
      {"one-side-empty", [] { return toText(samples::oneSideEmpty(), optionsOf(false, 120)); }},
      {"sixty-servers", one(samples::sixtyServers)},
      {"one-server", one(samples::oneServer)},
      {"two-servers", one(samples::twoServers, 80)},
      {"twelve-servers", one(samples::twelveServers)},
      {"all-unreachable", one(samples::allUnreachable, 80)},
      {"unknown-identity", one(samples::unknownIdentity, 80)},
      {"long-names", one(samples::longNames)},
      {"long-names-ascii", one(samples::longNames, 120, true)},
      {"routes", one(samples::routes)},
      {"routes-80-columns-ascii", one(samples::routes, 80, true)},
      {"replica", one(samples::replica, 80)}};
  return texts;
}

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

std::string contentOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

// WHICHBASE_WRITE_GOLDEN=1 writes the files anew; then read their difference before committing it.
TEST(Text, IsAsTheGoldenFiles) {
  const auto folder = test::dataFolder() / "report";
  for (const auto& [name, make] : goldenTexts()) {
    const auto file = folder / (name + ".txt");
    if (std::getenv("WHICHBASE_WRITE_GOLDEN") != nullptr)
      std::ofstream(file) << make();
    EXPECT_EQ(make(), contentOf(file)) << file;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    EXPECT_TRUE(goldenTexts().contains(entry.path().stem())) << "no test makes " << entry.path();
}

TEST(Text, ReferenceIncidentFits120ColumnsSideBySide) {
  const auto text = toText(samples::incident(), optionsOf(false, 120));
  bool sideBySide = false;
  for (const auto& line : linesOf(text)) {
    EXPECT_LE(displayWidth(line, Charset::unicode), 120) << line;
    sideBySide = sideBySide || (line.find("BEFORE") != std::string::npos && line.find("AFTER") != std::string::npos);
  }
  EXPECT_TRUE(sideBySide);
}

TEST(Text, TellsEverythingOfTheReferenceIncident) {
  const auto text = toText(samples::incident(), optionsOf(false, 120));
  for (const char* part : {"Where are my 22 users?!", "22 users", "1 user", "was A", "writes", "reads", "✗", "✓",
                           "left-behind", "triggers-missing", "FIXED SINCE BEFORE", "THE PROBLEM", "THE SOLUTION",
                           "CONNECTION STRINGS", "TAKE-AWAY", "≠", "last reached"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST(Text, NarrowTerminalsStackTheSides) {
  for (const int columns : {60, 80, 100}) {
    const auto lines = linesOf(toText(samples::incident(), optionsOf(false, columns)));
    for (const auto& line : lines)
      EXPECT_FALSE(line.find("BEFORE") != std::string::npos && line.find("AFTER") != std::string::npos) << columns;
    for (const auto& line : lines)
      if (line.find("://") == std::string::npos) { // connection strings are never broken, so that they can be copied
        EXPECT_LE(displayWidth(line, Charset::unicode), columns) << line;
      }
  }
}

TEST(Text, AsciiHoldsNothingElse) {
  for (const auto& text :
       {toText(samples::incident(), optionsOf(true, 120)), toText(samples::sixtyServers(), optionsOf(true, 120)),
        toText(samples::longNames(), optionsOf(true, 80))})
    for (const char letter : text)
      ASSERT_TRUE(letter == '\n' || (letter >= ' ' && letter <= '~')) << int(letter) << "\n" << text;
}

TEST(Text, ColourIsOnlyThereWhenAskedFor) {
  TextOptions options;
  EXPECT_EQ(toText(samples::incident(), options).find('\x1b'), std::string::npos);
  options.colour = true;
  EXPECT_NE(toText(samples::incident(), options).find("\x1b["), std::string::npos);
}

TEST(Text, NameWithControlCharactersCannotDrawOnTheTerminal) {
  auto snapshot = samples::oneServer();
  snapshot.servers[0].name = "evil\x1b[2J\x07name\nwith lines";
  snapshot.title = "turned \xE2\x80\xAE around";
  const auto text = toText(snapshot, optionsOf(false, 120));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
}

TEST(Text, HundredsOfServersBecomeAListOfAllOfThem) {
  const auto text = toText(samples::manyServers(300, 60), optionsOf(false, 120));
  for (const auto& server : samples::manyServers(300, 60).servers)
    EXPECT_NE(text.find(server.name), std::string::npos) << server.name;
}

TEST(DisplayText, WideAndCombiningCharactersCountAsTheyShow) {
  EXPECT_EQ(displayWidth("abc", Charset::unicode), 3);
  EXPECT_EQ(displayWidth("数据库", Charset::unicode), 6);
  EXPECT_EQ(displayWidth("e\xCC\x81", Charset::unicode), 1);
  EXPECT_EQ(displayWidth("Größe", Charset::unicode), 5);
  EXPECT_EQ(displayWidth("\xFF", Charset::unicode), 1);
}

TEST(DisplayText, LongNamesKeepBothEnds) {
  const auto cut = elideMiddle("Admin Panel with a rather long and winding name", 30, Charset::unicode);
  EXPECT_EQ(displayWidth(cut, Charset::unicode), 30);
  EXPECT_TRUE(cut.starts_with("Admin Panel with"));
  EXPECT_TRUE(cut.ends_with("winding name") || cut.ends_with("ing name")) << cut;
  EXPECT_NE(cut.find("…"), std::string::npos);
  EXPECT_EQ(elideMiddle("数据库数据库数据库", 7, Charset::unicode), "数据…库");
  EXPECT_EQ(elideMiddle("abcdefghij", 8, Charset::ascii), "abc...ij");
}

TEST(DisplayText, WrapsAtSpacesAndBreaksOnlyWhatIsTooLong) {
  EXPECT_EQ(wrap("one two three", 7, Charset::unicode), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("abcdefghij k", 4, Charset::unicode), (std::vector<std::string>{"abcd", "efgh", "ij k"}));
  EXPECT_EQ(wrap("", 4, Charset::unicode), (std::vector<std::string>{""}));
}
