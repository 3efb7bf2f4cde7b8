#include "report/text_sections.h"

#include "report/section_words.h"
#include "report/side_cards.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace whichbase::report {
namespace {

using namespace topology;
using Kind = Ink::Kind;

Ink inkOf(Severity severity) {
  return {severity == Severity::error ? Kind::bad : severity == Severity::warning ? Kind::warning : Kind::dim};
}

void addFinding(Canvas& sheet, int width, const Finding& finding) {
  const int row = sheet.rows();
  sheet.addWrapped(4, width, titleOf(finding) + "  [" + finding.code + "]", {Kind::bold});
  sheet.put(2, row, signOf(finding.severity), inkOf(finding.severity));
  if (!finding.title.empty() && !finding.text.empty() && finding.text != finding.title)
    sheet.addWrapped(4, width, finding.text);
  if (finding.remedy.empty())
    return;
  const int remedy = sheet.rows();
  sheet.addWrapped(7, width, finding.remedy);
  sheet.put(4, remedy, "→", {Kind::dim});
}

void addConfigured(Canvas& sheet, int width, const Configured& configured, bool twoSides) {
  const bool same = connectionText(configured.before) == connectionText(configured.after);
  const int row = sheet.rows();
  std::string names;
  for (const auto& name : configured.servers)
    names += (names.empty() ? "" : ", ") + name;
  sheet.addWrapped(2, width, names, {Kind::bold});
  if (twoSides && !same)
    sheet.put(0, row, "≠", {Kind::warning});
  // Never broken into lines, so that they can be copied.
  if (!twoSides)
    sheet.addLine(4, connectionText(configured.after));
  else if (same)
    sheet.addLine(4, "both    " + connectionText(configured.after));
  else {
    sheet.addLine(4, "before  " + connectionText(configured.before));
    sheet.addLine(4, "after   " + connectionText(configured.after));
  }
  if (const std::string safe = configured.safeForm(); !safe.empty())
    sheet.addLine(4, (twoSides ? "safe    " : "safe: ") + safe, {Kind::dim});
  if (const std::string source = configured.source(); !source.empty())
    sheet.addWrapped(4, width, (twoSides ? "read    " : "read: ") + source, {Kind::dim});
}

void addBullets(Canvas& sheet, int width, const std::vector<std::string>& texts) {
  std::vector<std::string> said;
  for (const auto& text : texts) {
    if (text.empty() || std::find(said.begin(), said.end(), text) != said.end())
      continue;
    said.push_back(text);
    const int row = sheet.rows();
    sheet.addWrapped(4, width, text);
    sheet.put(2, row, "•");
  }
}

void addProblem(Canvas& sheet, int width, const Snapshot& snapshot) {
  if (snapshot.symptom.empty() && (snapshot.servers.empty() || isFine(snapshot)))
    return;
  addHeading(sheet, "THE PROBLEM");
  if (!snapshot.symptom.empty())
    sheet.addWrapped(2, width, "“" + snapshot.symptom + "”");
  if (!snapshot.servers.empty())
    sheet.addWrapped(2, width, snapshot.verdict.text + ". " + snapshot.verdict.detail);
  std::vector<std::string> texts;
  for (const Finding& finding : snapshot.findings)
    if (finding.severity == Severity::error)
      texts.push_back(finding.text.empty() ? finding.title : finding.text);
  addBullets(sheet, width, texts);
}

bool has(const std::vector<Finding>& findings, std::string_view code) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.code == code; });
}

void say(std::string& text, const std::string& sentence) {
  text += (text.empty() ? "" : " ") + sentence;
}

std::string lessonOf(VerdictKind kind, std::size_t servers) {
  switch (kind) {
  case VerdictKind::split:
    return "Until every server is on one database, each change reaches only a part of them: write and delete nothing "
           "by hand, and correct the connection strings first.";
  case VerdictKind::undetermined:
    return "Nothing is proven yet: reach the missing servers before you trust any number.";
  case VerdictKind::singleSource:
    return fmt::format("One source of truth is one database that {} servers are proven to lead to.",
                       servers == 2 ? "both" : fmt::format("all {}", servers));
  case VerdictKind::nothingToCompare:
    break;
  }
  return "One server alone proves nothing about the others: add them to the project.";
}

// What moving the connections did not move.
std::string leftOpen(const std::vector<Finding>& findings) {
  std::string titles;
  for (const char* code : {"left-behind", "tables-missing", "triggers-missing", "stale-database"})
    for (const Finding& finding : findings)
      if (finding.code == code)
        titles += (titles.empty() ? "" : "; ") + titleOf(finding);
  return titles;
}

void addGeneralLessons(std::string& text, const std::vector<Finding>& findings) {
  if (has(findings, "same-name-different-database"))
    say(text, "A database's name and address prove nothing: ask the running database which one it is.");
  if (has(findings, "looked-from-here"))
    say(text, "“localhost” and names of one word mean another machine on every server.");
}

} // namespace

void addHeading(Canvas& sheet, const std::string& text) {
  sheet.addEmpty();
  sheet.addLine(0, text, {Kind::bold});
}

void addFindings(Canvas& sheet, int width, const std::vector<Finding>& open, const std::vector<Finding>* fixed) {
  addHeading(sheet, fmt::format("OPEN NOW ({})", open.size()));
  if (open.empty())
    sheet.addLine(2, "none");
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info})
    for (const Finding& finding : open)
      if (finding.severity == severity)
        addFinding(sheet, width, finding);
  if (!fixed)
    return;
  addHeading(sheet, fmt::format("FIXED SINCE BEFORE ({})", fixed->size()));
  if (fixed->empty())
    sheet.addLine(2, "none");
  for (const Finding& finding : *fixed) {
    const int row = sheet.rows();
    sheet.addWrapped(4, width, titleOf(finding) + "  [" + finding.code + "]");
    sheet.put(2, row, "✓", {Kind::good});
  }
}

void addDatabases(Canvas& sheet, int width, const std::vector<const Snapshot*>& sides) {
  if (std::all_of(sides.begin(), sides.end(), [](const Snapshot* side) { return side->databases.empty(); }))
    return;
  addHeading(sheet, "DATABASES");
  std::vector<std::string> listed;
  for (auto side = sides.rbegin(); side != sides.rend(); ++side) // what the last side knows is newest
    for (const Database& database : (*side)->databases) {
      if (std::find(listed.begin(), listed.end(), database.id) != listed.end())
        continue;
      listed.push_back(database.id);
      const int row = sheet.rows();
      sheet.addWrapped(6, width, describe(database));
      sheet.put(2, row, database.id, inkOf(database));
    }
}

void addEvidence(Canvas& sheet, int width, const std::vector<const Snapshot*>& sides) {
  constexpr std::size_t most = 5;
  std::vector<std::string> texts;
  for (const Snapshot* side : sides) {
    const std::string when = sides.size() < 2 ? "" : side->side == Side::before ? "Before: " : "After: ";
    for (std::size_t i = 0; i < std::min(most, side->evidence.size()); ++i)
      texts.push_back(when + side->evidence[i].text);
    if (side->evidence.size() > most)
      texts.push_back(when + fmt::format("{} more in the JSON form.", side->evidence.size() - most));
  }
  if (texts.empty())
    return;
  addHeading(sheet, "HOW WE KNOW");
  addBullets(sheet, width, texts);
}

void addConnections(Canvas& sheet, int width, const Snapshot& snapshot) {
  addHeading(sheet, "CONNECTION STRINGS");
  for (const Configured& configured : configuredIn(nullptr, &snapshot))
    addConfigured(sheet, width, configured, false);
}

void addConnections(Canvas& sheet, int width, const Comparison& comparison) {
  addHeading(sheet, "CONNECTION STRINGS (≠ differs)");
  for (const Configured& configured : configuredIn(&comparison.before, &comparison.after))
    addConfigured(sheet, width, configured, true);
}

void addProblemAndSolution(Canvas& sheet, int width, const Snapshot& snapshot) {
  addProblem(sheet, width, snapshot);
  const auto remedies = remediesOf(snapshot.findings);
  if (remedies.empty())
    return;
  addHeading(sheet, "THE SOLUTION");
  addBullets(sheet, width, remedies);
}

void addProblemAndSolution(Canvas& sheet, int width, const Comparison& comparison) {
  addProblem(sheet, width, comparison.before);
  addHeading(sheet, "THE SOLUTION");
  sheet.addWrapped(2, width, comparison.after.verdict.text + ". " + comparison.after.verdict.detail);
  addBullets(sheet, width, changesOf(comparison));
  const auto remedies = remediesOf(comparison.findings);
  if (remedies.empty())
    return;
  sheet.addLine(2, "Still to do:");
  addBullets(sheet, width, remedies);
}

std::string takeAway(const Snapshot& snapshot) {
  std::string text = lessonOf(snapshot.verdict.kind, snapshot.servers.size());
  addGeneralLessons(text, snapshot.findings);
  return text;
}

std::string takeAway(const Comparison& comparison) {
  std::string text = lessonOf(comparison.after.verdict.kind, comparison.after.servers.size());
  auto findings = comparison.before.findings;
  findings.insert(findings.end(), comparison.findings.begin(), comparison.findings.end());
  addGeneralLessons(text, findings);
  if (const std::string titles = leftOpen(comparison.findings); !titles.empty())
    say(text, "Moving the connections moved no data. Still open: " + titles + ".");
  return text;
}

} // namespace whichbase::report
