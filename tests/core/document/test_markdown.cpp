#include "document/report.h"
#include "sample_incident.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace whichbase;
using namespace whichbase::document;

namespace {

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

Report withoutDrawings(const Incident& incident) {
  return reportOf(incident, {.drawings = false});
}

// How many cells GitHub makes of a table's line: at every "|" that no backslash escapes.
std::size_t cellsIn(const std::string& line) {
  std::size_t cells = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\')
      ++i;
    else if (line[i] == '|')
      ++cells;
  }
  return cells - 1;
}

// Lines outside of the diagram and of what was written.
std::vector<std::string> ownLines(const std::string& markdown) {
  std::vector<std::string> own;
  std::string fence;
  bool isWritten = false;
  for (const std::string& line : linesOf(markdown)) {
    if (fence.empty() && !isWritten && line.starts_with("```"))
      fence = line.substr(0, line.find_first_not_of('`'));
    else if (!fence.empty() && line == fence)
      fence.clear();
    else if (fence.empty() && line.starts_with("<!-- whichbase:"))
      isWritten = true;
    else if (fence.empty() && line.starts_with("<!-- /whichbase:"))
      isWritten = false;
    else if (fence.empty() && !isWritten)
      own.push_back(line);
  }
  EXPECT_EQ(fence, "");
  return own;
}

TEST(Markdown, TheIncidentReadsFromHeadlineToAppendix) {
  const std::string markdown = toMarkdown(withoutDrawings(samples::recordedIncident()));
  std::size_t at = 0;
  for (const char* part : {"# TovPlay: “Where are my 22 users?!”",
                           "## Summary",
                           "**✓ All 3 servers are on B**",
                           "Fixed, proven by a test row",
                           "## Before and after",
                           "```text",
                           "## The problem",
                           "“Where are my 22 users?!”",
                           "## Impact",
                           "## Contributing factors",
                           "## Connections before and after",
                           "## Verification",
                           "## Users and tables",
                           "21 only in A",
                           "## What was left behind",
                           "audit_log",
                           "## Timeline",
                           "restarted staging",
                           "## Lessons",
                           "## Actions",
                           "## Key take-away",
                           "## Appendix: evidence",
                           "7552068543924144861",
                           "## What could not be checked"}) {
    const std::size_t found = markdown.find(part, at);
    EXPECT_NE(found, std::string::npos) << part << "\n" << markdown;
    at = found == std::string::npos ? at : found;
  }
}

TEST(Markdown, ATableKeepsItsColumnsWhateverANameHolds) {
  for (const std::string& name : samples::nastyNames()) {
    const std::string markdown = toMarkdown(withoutDrawings(samples::incidentNamed(name)));
    std::size_t columns = 0;
    for (const std::string& line : ownLines(markdown)) {
      if (!line.starts_with('|')) {
        columns = 0;
        continue;
      }
      columns = columns == 0 ? cellsIn(line) : columns;
      EXPECT_EQ(cellsIn(line), columns) << name << "\n" << line;
    }
  }
}

TEST(Markdown, ANameBeginsNoMarkupOfItsOwn) {
  for (const std::string& name : samples::nastyNames()) {
    const std::string markdown = toMarkdown(withoutDrawings(samples::incidentNamed(name)));
    for (std::string line : ownLines(markdown)) {
      EXPECT_EQ(line.find('\x1b'), std::string::npos) << name;
      EXPECT_EQ(line.find("\u202E"), std::string::npos) << name;
      for (const char* code : {"`postgresql", "``"}) // what stands in code spans is as it is
        line.resize(std::min(line.size(), line.find(code)));
      for (const char* markup : {"<script", "<!--", "](javascript"})
        if (const auto at = line.find(markup); at != std::string::npos) {
          EXPECT_TRUE(at > 0 && line[at - 1] == '\\') << name << "\n" << line;
        }
    }
  }
}

TEST(Markdown, TheDiagramsFenceIsLongerThanAnyRunOfBackticksInIt) {
  const std::string markdown = toMarkdown(withoutDrawings(samples::incidentNamed("````` five")));
  EXPECT_NE(markdown.find("``````text\n"), std::string::npos);
}

TEST(Written, WhatWasWrittenComesBackAsItWas) {
  std::vector<std::string> texts = samples::nastyNames();
  texts.push_back("- [ ] compare before every release (Dana, #123)\n- [x] one string\n\n> said on the day");
  texts.push_back("```sql\nSELECT 1;\n```\n\n    indented");
  texts.push_back("```\nnever ended");
  texts.push_back("<!-- whichbase\\:lessons -->\n<!-- /whichbase\\\\:lessons -->");
  texts.push_back("## Summary\n\n<!-- unclosed");
  for (const std::string& text : texts) {
    Incident incident{samples::incident()};
    incident.written = {{"lessons", text}, {"actions", "as before"}};
    const std::string markdown = toMarkdown(withoutDrawings(incident));
    const auto found = writtenIn(markdown);
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
      EXPECT_FALSE(found.contains("lessons"));
      continue;
    }
    ASSERT_TRUE(found.contains("lessons")) << text << "\n" << markdown;
    EXPECT_EQ(found.at("actions"), "as before");
    incident.written = found;
    EXPECT_EQ(toMarkdown(withoutDrawings(incident)), markdown) << text; // again and again the same
    std::string lines = text;
    std::erase_if(lines, [](unsigned char c) { return c != '\n' && c != '\t' && c < 0x20; });
    EXPECT_EQ(found.at("lessons"), lines);
  }
}

TEST(Written, AnUntouchedQuestionIsLeftOut) {
  EXPECT_TRUE(writtenIn(toMarkdown(withoutDrawings({samples::incident()}))).empty());
}

TEST(Written, WhatIsAddedBelowTheHintCountsAndTheHintDoesNot) {
  const auto written = writtenIn("<!-- whichbase:lessons -->\r\n\r\n_To be written._\r\n\r\nAsk the database.\r\n"
                                 "<!-- /whichbase:lessons -->\r\n");
  ASSERT_EQ(written.size(), 1);
  EXPECT_EQ(written.at("lessons"), "Ask the database.");
}

TEST(Written, AnEndMarkThatSomebodyDeletedLosesNothing) {
  const auto written = writtenIn("<!-- whichbase:lessons -->\nfirst\n\n<!-- whichbase:actions -->\nsecond\n");
  EXPECT_EQ(written.at("lessons"), "first");
  EXPECT_EQ(written.at("actions"), "second");
}

} // namespace
