// The sections of a report, each from what is recorded and no more. A section without blocks is left out.
#pragma once

#include "document/report.h"

namespace whichbase::document {

Section summarySection(const Incident& incident, const std::string& status);
Section topologySection(const Incident& incident, const ReportOptions& options);
Section changesSection(const Incident& incident);
Section problemSection(const Incident& incident);
Section solutionSection(const Incident& incident);
Section impactSection(const Incident& incident);
Section factorsSection(const Incident& incident);
Section connectionsSection(const Incident& incident);
Section verificationSection(const Incident& incident);
Section contentSection(const Incident& incident, const ReportOptions& options); // users and tables, rows compared
Section leftBehindSection(const Incident& incident);
Section timelineSection(const Incident& incident, const ReportOptions& options);
Section findingsSection(const Incident& incident);
Section lessonsSection(const Incident& incident);
Section actionsSection(const Incident& incident);
Section takeAwaySection(const Incident& incident);
Section evidenceSection(const Incident& incident);
Section uncheckedSection(const Incident& incident);

} // namespace whichbase::document
