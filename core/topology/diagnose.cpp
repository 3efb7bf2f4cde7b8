#include "topology/assemble.h"
#include "topology/findings.h"
#include "topology/verdict.h"

#include <algorithm>
#include <functional>

namespace whichbase::topology {

void diagnose(Snapshot& snapshot) {
  const View view(snapshot);
  const Sessions sessions(view);
  Findings findings;
  addMoveFindings(findings, view);
  addIdentityFindings(findings, view);
  addAddressFindings(findings, view);
  addContentFindings(findings, view);
  addProofFindings(findings, view);
  addReachFindings(findings, view, sessions);
  addSessionFindings(findings, view, sessions);
  addRoleFindings(findings, view);
  addConnectionFindings(findings, view);
  std::ranges::stable_sort(findings, std::greater{}, &Finding::severity);
  snapshot.verdict = judge(view, sessions);
  snapshot.findings = std::move(findings);
}

} // namespace whichbase::topology
