#include "document/known.h"
#include "document/lines.h"
#include "document/prompts.h"
#include "document/sections.h"
#include "report/section_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;

namespace {

std::vector<std::string> textsOf(const std::vector<Finding>& findings, Severity severity) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings)
    if (finding.severity == severity)
      texts.push_back(finding.text.empty() ? finding.title : finding.text);
  return texts;
}

// What people saw, from the counts.
std::string resultOf(const Snapshot& snapshot) {
  std::vector<std::string> seen;
  bool isDifferent = false;
  std::string first;
  for (const Database& database : snapshot.databases) {
    if (database.ghost || snapshot.serversOn(database.id).empty() || !database.users || !database.users->count)
      continue;
    const std::string users = usersText(database.users);
    isDifferent = isDifferent || (!first.empty() && users != first);
    first = first.empty() ? users : first;
    seen.push_back(fmt::format("{} {} in {}", users, users == "1" ? "user" : "users", database.id));
  }
  return seen.size() > 1 && isDifferent
             ? fmt::format("What a server shows depends on its database: {}.", someOf(seen, 6))
             : std::string();
}

// What moving the servers did not mend; what to do about it stands with the actions.
std::string openTitles(const std::vector<Finding>& findings) {
  std::vector<std::string> titles;
  for (const Severity severity : {Severity::error, Severity::warning})
    for (const Finding& finding : findings)
      if (finding.severity == severity)
        titles.push_back(report::titleOf(finding));
  return fmt::format("{}", fmt::join(titles, "; "));
}

std::string benefitOf(const Snapshot& after) {
  if (after.verdict.kind != VerdictKind::singleSource)
    return {};
  return fmt::format("What one of them writes is there for {}: with one database there is nothing to synchronise, and "
                     "one place to count, to guard and to back up.",
                     after.servers.size() == 2 ? "both" : fmt::format("all {}", after.servers.size()));
}

} // namespace

Section changesSection(const Incident& incident) {
  Section section{"changes", "What changed", {}};
  const Comparison* both = incident.comparison();
  if (!both)
    return section;
  if (auto list = bullets(report::changesOf(*both)); !list.items.empty())
    section.blocks.push_back(std::move(list));
  else
    section.blocks.push_back(paragraph("Nothing that both sides prove."));
  return section;
}

Section problemSection(const Incident& incident) {
  Section section{"problem", "The problem", {}};
  const Snapshot& side = troubledSide(incident);
  const std::string symptom = symptomOf(incident);
  const bool isTrouble = !side.servers.empty() && !report::isFine(side);
  if (!symptom.empty())
    section.blocks.push_back(Paragraph{joined(strong("Symptom: "), said("“" + symptom + "”"))});
  if (!isTrouble)
    return section;
  section.blocks.push_back(Headline{signOf(side.verdict.kind), said(side.verdict.text)});
  if (auto causes = bullets(textsOf(side.findings, Severity::error)); !causes.items.empty()) {
    section.blocks.push_back(Paragraph{strong("Cause")});
    section.blocks.push_back(std::move(causes));
  }
  if (auto results = bullets({resultOf(side), side.verdict.detail}); !results.items.empty()) {
    section.blocks.push_back(Paragraph{strong("Result")});
    section.blocks.push_back(std::move(results));
  }
  return section;
}

Section solutionSection(const Incident& incident) {
  Section section{"solution", incident.comparison() ? "The solution" : "What to do", {}};
  if (const Comparison* both = incident.comparison()) {
    std::vector<std::string> done;
    for (const Change& change : both->changes)
      if (change.code.starts_with("server-") || change.code.starts_with("database-"))
        done.push_back(change.text);
    if (auto list = bullets(done); !list.items.empty())
      section.blocks.push_back(std::move(list));
    section.blocks.push_back(Headline{signOf(both->after.verdict.kind), said(both->after.verdict.text)});
    if (const std::string benefit = benefitOf(both->after); !benefit.empty())
      section.blocks.push_back(Paragraph{joined(strong("Benefit: "), said(benefit))});
    if (const std::string open = openTitles(both->findings); !open.empty())
      section.blocks.push_back(Paragraph{joined(strong("Still open: "), said(open + "."))});
    return section;
  }
  if (const auto remedies = report::remediesOf(openFindings(incident)); !remedies.empty())
    section.blocks.push_back(bullets(remedies));
  return section;
}

Section findingsSection(const Incident& incident) {
  Section section{"findings", "Findings", {}};
  const auto fixed = fixedFindings(incident);
  Table open{fmt::format("Open ({})", openFindings(incident).size()),
             {"Severity", "Finding", "What it says", "What to do"},
             {false, false, false, false},
             {}};
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info})
    for (const Finding& finding : openFindings(incident))
      if (finding.severity == severity)
        open.rows.push_back({said(report::signOf(severity) + " " + toString(severity)),
                             joined(strong(report::titleOf(finding)), said(" "), code(finding.code)),
                             said(finding.text == finding.title ? "" : finding.text), said(finding.remedy)});
  if (open.rows.empty())
    section.blocks.push_back(paragraph("Nothing is open."));
  else
    section.blocks.push_back(std::move(open));
  if (!fixed.empty()) {
    Table gone{fmt::format("Fixed since before ({})", fixed.size()), {"Sign", "Finding"}, {false, false}, {}};
    for (const Finding& finding : fixed)
      gone.rows.push_back({said("✓"), joined(said(report::titleOf(finding)), said(" "), code(finding.code))});
    section.blocks.push_back(std::move(gone));
  }
  return section;
}

Section lessonsSection(const Incident& incident) {
  return {"lessons", "Lessons", {promptOf("went-well", incident), promptOf("lessons", incident)}};
}

Section actionsSection(const Incident& incident) {
  Section section{"actions", "Actions", {promptOf("actions", incident)}};
  if (auto list = bullets(report::remediesOf(openFindings(incident))); !list.items.empty()) {
    section.blocks.insert(section.blocks.begin(), std::move(list));
    section.blocks.insert(section.blocks.begin(), paragraph("What the open findings ask for:"));
  }
  return section;
}

} // namespace whichbase::document
