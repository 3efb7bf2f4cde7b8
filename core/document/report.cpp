#include "document/report.h"

#include "document/known.h"
#include "document/sections.h"
#include "topology/proofs.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::document {

using namespace topology;

namespace {

// " and proven by a test row", as far as it goes.
std::string provenBy(const Snapshot& present) {
  const auto told = toldVerification(present);
  if (!told || !told->current || !present.proofs.verification->everyoneSees)
    return ", not verified";
  return present.proofs.verification->means == Verification::Means::testRow ? ", proven by a test row"
                                                                            : ", proven by raised flags";
}

std::string statusOf(const Incident& incident) {
  const Snapshot& present = incident.present();
  const auto& open = openFindings(incident);
  const auto count = std::size_t(
      std::ranges::count_if(open, [](const Finding& finding) { return finding.severity != Severity::info; }));
  const std::string rest = count == 0 ? "" : "; " + counted(count, "finding") + " open";
  switch (present.verdict.kind) {
  case VerdictKind::singleSource: {
    const bool wasSplit = incident.before() && incident.before()->verdict.kind == VerdictKind::split;
    // Where the servers' own sessions were not seen, that they use it is not said.
    return std::string(wasSplit ? "Fixed" : "On one database") +
           (present.verdict.provenBySessions ? "" : " by configuration") + provenBy(present) + rest;
  }
  case VerdictKind::split:
    return "Open: the servers are split";
  case VerdictKind::undetermined:
    return "Not known: not every server is proven" + rest;
  case VerdictKind::nothingToCompare:
    break;
  }
  return "Nothing to compare" + rest;
}

std::string reportTitle(const Incident& incident) {
  const std::string project = titleOf(incident).empty() ? "Incident report" : titleOf(incident);
  if (const std::string symptom = symptomOf(incident); !symptom.empty())
    return project + ": “" + symptom + "”";
  if (const Snapshot* before = incident.before())
    return project + (before->verdict.kind == VerdictKind::split ? ": servers were on different databases" : "");
  return project + (incident.present().verdict.text.empty() ? "" : ": " + incident.present().verdict.text);
}

} // namespace

Report reportOf(const Incident& incident, const ReportOptions& options) {
  Report report;
  report.title = reportTitle(incident);
  report.status = statusOf(incident);
  report.at = incident.at();
  for (const Section& section :
       {summarySection(incident, report.status), topologySection(incident, options), changesSection(incident),
        problemSection(incident), solutionSection(incident), impactSection(incident), factorsSection(incident),
        connectionsSection(incident), verificationSection(incident), contentSection(incident, options),
        leftBehindSection(incident), timelineSection(incident, options), findingsSection(incident),
        lessonsSection(incident), actionsSection(incident), takeAwaySection(incident), evidenceSection(incident),
        uncheckedSection(incident)})
    if (!section.blocks.empty())
      report.sections.push_back(section);
  return report;
}

} // namespace whichbase::document
