#include "topology/findings.h"
#include "topology/rows_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::topology {

namespace {

bool differs(const RowsFact& rows) {
  return rows.onlyInA + rows.onlyInB + rows.different > 0;
}

std::string difference(const RowsFact& rows) {
  std::vector<std::string> parts;
  if (rows.onlyInA > 0)
    parts.push_back(fmt::format("{} only in {}", withCommas(rows.onlyInA), rows.a));
  if (rows.onlyInB > 0)
    parts.push_back(fmt::format("{} only in {}", withCommas(rows.onlyInB), rows.b));
  if (rows.different > 0)
    parts.push_back(fmt::format("{} different", withCommas(rows.different)));
  return inWords(parts);
}

// Equal numbers do not prove equal rows; differing ones are told by user-counts-differ.
void addRowsDiffer(Findings& findings, const View& view, const RowsFact& told) {
  const Database* a = view.database(told.a);
  const Database* b = view.database(told.b);
  if (!a || !b || a->ghost || b->ghost || !view.isDifferent(*a, *b))
    return;
  const auto rows = usersCompared(view.snapshot(), *a, *b);
  if (!rows || *rows != told || !differs(*rows) || !isCurrent(*rows, view.snapshot()))
    return;
  const bool isCountedAlike = rows->inA == rows->inB;
  const bool isTold = std::ranges::any_of(findings, [&](const Finding& finding) {
    const auto names = [&](const std::string& id) {
      return std::ranges::find(finding.subjects, id) != finding.subjects.end();
    };
    return finding.code == "user-counts-differ" && names(a->id) && names(b->id);
  });
  if (isTold && !isCountedAlike)
    return;
  findings.push_back(
      {"user-rows-differ",
       Severity::warning,
       {rows->a, rows->b},
       fmt::format("Users differ{}: {}", isCountedAlike ? ", though as many" : "", difference(*rows)),
       fmt::format("Compared {}: {}.", toShortClock(rows->at, view.snapshot().finishedAt), toText(*rows)),
       nextStep(view.snapshot(), {a, b})});
}

// Where a split is proven, nobody expects that all see the same.
void addNotSeen(Findings& findings, const View& view) {
  const auto& verification = view.snapshot().proofs.verification;
  if (!verification || verification->everyoneSees || !isCurrent(*verification, view.snapshot()) ||
      std::ranges::any_of(findings, [](const Finding& finding) { return finding.code == "split"; }))
    return;
  std::vector<std::string> blind;
  for (const ServerCheck& check : verification->servers)
    if (check.reached && !check.saw && check.note.empty())
      blind.push_back(check.server);
  if (blind.empty() || verification->servers.size() < 2)
    return;
  const bool isRow = verification->means == Verification::Means::testRow;
  findings.push_back(
      {"not-seen-by-all", Severity::warning, blind,
       fmt::format("{} did not see {}", someOf(blind, 2), isRow ? "the test row" : "the others' flags"),
       toText(*verification, view.snapshot().finishedAt),
       "Probe again, and repeat the test: until all see the same, rely on nothing that was read there."});
}

} // namespace

void addProofFindings(Findings& findings, const View& view) {
  for (const RowsFact& rows : view.snapshot().proofs.rows)
    if (rows.ofUsers)
      addRowsDiffer(findings, view, rows);
  addNotSeen(findings, view);
}

} // namespace whichbase::topology
