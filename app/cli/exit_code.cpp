#include "cli/exit_code.h"

#include <algorithm>

namespace whichbase::cli {
namespace {

int exitCodeOf(topology::VerdictKind kind, const std::vector<topology::Finding>& findings) {
  const bool anError = std::any_of(findings.begin(), findings.end(), [](const topology::Finding& finding) {
    return finding.severity == topology::Severity::error;
  });
  if (kind == topology::VerdictKind::split || anError)
    return exitSplit;
  return kind == topology::VerdictKind::undetermined ? exitUndetermined : exitFine;
}

} // namespace

int exitCodeOf(const topology::Snapshot& snapshot) {
  return exitCodeOf(snapshot.verdict.kind, snapshot.findings);
}

int exitCodeOf(const topology::Comparison& comparison) {
  return exitCodeOf(comparison.after.verdict.kind, comparison.findings);
}

} // namespace whichbase::cli
