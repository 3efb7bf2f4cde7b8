#include "report/text_sections.h"
#include "topology/proofs.h"
#include "topology/wording.h"

#include <fmt/format.h>

namespace whichbase::report {

namespace {

using namespace topology;

std::string rowsLine(const RowsFact& rows, const Snapshot& snapshot) {
  const std::string relation = rows.ofUsers ? "users" : rows.relation;
  return fmt::format("Rows of {}, compared {}{}: {}.", relation, toShortClock(rows.at, snapshot.finishedAt),
                     isLastKnown(rows, snapshot) || isCurrent(rows, snapshot) ? "" : ", before something changed",
                     toText(rows));
}

std::string checkLine(const ServerCheck& check, bool isRow) {
  std::vector<std::string> parts;
  if (!check.reached)
    parts.emplace_back("not reached");
  else if (check.saw && check.seenAfterMs)
    parts.push_back(fmt::format("saw it after at most {:.1f} ms", *check.seenAfterMs));
  else
    parts.emplace_back(check.saw ? (isRow ? "saw it" : "sees the others' flags") : "did not see it");
  if (isRow && check.saw)
    parts.emplace_back(check.confirmedDeletion ? "confirmed the deletion" : "did not confirm the deletion");
  if (!check.note.empty())
    parts.push_back(check.note);
  return fmt::format("{}{}: {}", check.server, check.database.empty() ? "" : " on " + check.database,
                     fmt::join(parts, "; "));
}

} // namespace

void addProofs(Canvas& sheet, int width, const std::vector<const Snapshot*>& sides) {
  bool isHeaded = false;
  const auto add = [&](int indent, const std::string& text) {
    if (!isHeaded)
      addHeading(sheet, "PROVEN ON REQUEST");
    isHeaded = true;
    sheet.addWrapped(indent, width, text);
  };
  for (const Snapshot* side : sides) {
    const std::string when = sides.size() < 2 ? "" : side->side == Side::before ? "Before: " : "After: ";
    for (const RowsFact& rows : side->proofs.rows)
      add(2, when + rowsLine(rows, *side));
    if (const auto told = toldVerification(*side)) {
      add(2, when + told->text);
      for (const ServerCheck& check : side->proofs.verification->servers)
        add(4, checkLine(check, side->proofs.verification->means == Verification::Means::testRow));
    }
  }
}

} // namespace whichbase::report
