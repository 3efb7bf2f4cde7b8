#include "report/section_words.h"
#include "report/text_sections.h"
#include "topology/proofs.h"

namespace whichbase::report {

using namespace topology;

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
