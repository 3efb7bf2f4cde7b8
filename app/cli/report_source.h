// What an incident's report is made from on the command line: a project's recording, snapshots, or a probe.
#pragma once

#include "cli/project_probe.h"
#include "document/incident.h"

#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace whichbase::cli {

struct ReportSource {
  std::vector<std::string> files; // a project, a history or a snapshot; or before and after
  std::string at;
  bool probes = false;
  ProbeOptions probe;
};
void addReportSource(CLI::App& command, ReportSource& source);

// Empty: there is none, which was told; `exitCode` is what the program ends with.
std::optional<document::Incident> incidentFrom(const ReportSource& source, Context& context, int& exitCode);

} // namespace whichbase::cli
