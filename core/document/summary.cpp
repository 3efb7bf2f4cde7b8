#include "document/claims.h"
#include "document/known.h"
#include "document/lines.h"
#include "document/sections.h"
#include "report/text_sections.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;

namespace {

// "22 users in A, 1 in B"; a database that is not known there is left out.
std::string usersOn(const Snapshot& snapshot) {
  std::vector<std::string> texts;
  for (const Database& database : snapshot.databases)
    if (!database.ghost)
      texts.push_back(fmt::format("{} in {}", usersText(database.users), database.id));
  return texts.empty() ? std::string("none counted") : someOf(texts, 6);
}

Line verdictOf(const Snapshot& snapshot) {
  return said(markOf(signOf(snapshot.verdict.kind)) + " " + snapshot.verdict.text);
}

std::string openText(const Incident& incident) {
  const auto& open = openFindings(incident);
  const auto errors = std::ranges::count(open, Severity::error, &Finding::severity);
  const auto warnings = std::ranges::count(open, Severity::warning, &Finding::severity);
  if (errors + warnings == 0)
    return "none that asks for something to be done";
  return fmt::format("{}, {}", counted(std::size_t(errors), "error"), counted(std::size_t(warnings), "warning"));
}

} // namespace

Section summarySection(const Incident& incident, const std::string& status) {
  const Snapshot& present = incident.present();
  Section section{"summary", "Summary", {}};
  section.blocks.push_back(Headline{signOf(present.verdict.kind), strong(present.verdict.text)});
  if (!present.verdict.detail.empty())
    section.blocks.push_back(paragraph(present.verdict.detail));
  section.blocks.push_back(paragraph(claimOf(present)));
  Bullets facts;
  const auto fact = [&](const std::string& name, const Line& value) {
    facts.items.push_back(joined(strong(name + ": "), value));
  };
  fact("Status", strong(status));
  fact("Date", said(dated(incident.at())));
  if (const std::string symptom = symptomOf(incident); !symptom.empty())
    fact("Symptom", said("“" + symptom + "”"));
  for (const NamedSide& side : sidesOf(incident))
    fact(side.name, verdictOf(*side.snapshot));
  for (const NamedSide& side : sidesOf(incident))
    fact(incident.comparison() ? "Users " + std::string(side.name == "Before" ? "before" : "after") : "Users",
         said(usersOn(*side.snapshot)));
  fact("Open findings", said(openText(incident)));
  section.blocks.push_back(std::move(facts));
  return section;
}

Section takeAwaySection(const Incident& incident) {
  const std::string text =
      incident.comparison() ? report::takeAway(*incident.comparison()) : report::takeAway(incident.present());
  Section section{"take-away", "Key take-away", {}};
  if (!text.empty())
    section.blocks.push_back(Paragraph{strong(text)});
  return section;
}

} // namespace whichbase::document
