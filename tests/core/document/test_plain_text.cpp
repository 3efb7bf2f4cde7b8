#include "document/report.h"
#include "report/display_text.h"
#include "sample_incident.h"
#include "support/sample_snapshots.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace whichbase;
using namespace whichbase::document;

namespace {

std::string textOf(const Incident& incident, int columns, bool ascii = false) {
  ReportOptions options;
  options.drawings = false;
  options.columns = columns;
  options.ascii = ascii;
  return toPlainText(reportOf(incident, options), columns, ascii);
}

TEST(PlainText, KeepsToItsWidthWhateverANameHolds) {
  for (const std::string& name : samples::nastyNames())
    for (const int columns : {60, 100}) {
      std::istringstream stream(textOf(samples::incidentNamed(name), columns));
      for (std::string line; std::getline(stream, line);)
        EXPECT_LE(report::displayWidth(line, report::Charset::unicode), columns) << name << "\n" << line;
    }
}

TEST(PlainText, HoldsNoControlCharacterAndNoTurnOfDirection) {
  for (const std::string& name : samples::nastyNames()) {
    const std::string text = textOf(samples::incidentNamed(name), 100);
    for (const char c : text)
      EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << name;
    EXPECT_EQ(text.find("\u202E"), std::string::npos) << name;
  }
}

TEST(PlainText, AsciiHoldsNothingElse) {
  for (const std::string& name : samples::nastyNames())
    for (const char c : textOf(samples::incidentNamed(name), 80, true))
      ASSERT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << name;
}

} // namespace
