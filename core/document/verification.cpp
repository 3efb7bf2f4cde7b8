#include "document/known.h"
#include "document/lines.h"
#include "document/sections.h"
#include "report/section_words.h"
#include "topology/proofs.h"

#include <fmt/format.h>

namespace whichbase::document {

using namespace topology;

namespace {

std::string sawText(const ServerCheck& check, bool isRow) {
  if (!check.reached)
    return "not reached";
  if (!check.saw)
    return isRow ? "did not see it" : "did not see the others' flags";
  return isRow ? "saw it" : "sees the others' flags";
}

Table checksOf(const Verification& verification) {
  const bool isRow = verification.means == Verification::Means::testRow;
  Table table{"Each server over its own connection",
              {"Server", "Database", isRow ? "Test row" : "Raised flags"},
              {false, false, false},
              {}};
  if (isRow) {
    table.head.insert(table.head.end(), {"Seen within", "Deletion"});
    table.numbers.insert(table.numbers.end(), {true, false});
  }
  table.head.emplace_back("Note");
  table.numbers.push_back(false);
  for (const ServerCheck& check : verification.servers) {
    std::vector<Line> row{said(check.server), letter(check.database), said(sawText(check, isRow))};
    if (isRow) {
      row.push_back(said(check.saw && check.seenAfterMs ? report::delayWords(*check.seenAfterMs) : "–"));
      row.push_back(said(!check.saw ? "–" : check.confirmedDeletion ? "confirmed" : "not confirmed"));
    }
    row.push_back(said(check.note));
    table.rows.push_back(std::move(row));
  }
  return table;
}

// What was done, step by step.
std::string stepsOf(const Verification& verification) {
  if (verification.means == Verification::Means::flags)
    return "Nothing was written: each server's own connection raised a flag, an advisory lock on a random key, and the "
           "others looked for it.";
  return fmt::format(
      "A test row was inserted{}{}, looked for over each server's own connection, deleted, and looked for "
      "again. A time is that until it was seen after the write was acknowledged, and an upper bound.",
      verification.writer.empty() ? "" : " through " + verification.writer,
      verification.relation.empty() ? "" : " into " + verification.relation);
}

void addSide(Section& section, const NamedSide& side, bool isNamed) {
  const auto told = toldVerification(*side.snapshot);
  if (!told)
    return;
  const Verification& verification = *side.snapshot->proofs.verification;
  const Sign sign = !told->current ? Sign::unknown : verification.everyoneSees ? Sign::good : Sign::bad;
  section.blocks.push_back(Headline{sign, said((isNamed ? side.name + ": " : "") + told->text)});
  if (!told->current)
    section.blocks.push_back(paragraph("It was of its time: what was verified is no longer what is seen, so it proves "
                                       "nothing of the state in this report."));
  section.blocks.push_back(paragraph(stepsOf(verification)));
  if (!verification.servers.empty())
    section.blocks.push_back(checksOf(verification));
}

} // namespace

Section verificationSection(const Incident& incident) {
  Section section{"verification", "Verification", {}};
  for (const NamedSide& side : sidesOf(incident))
    addSide(section, side, incident.comparison() != nullptr);
  if (!incident.present().proofs.verification)
    section.blocks.push_back(Headline{
        Sign::unknown,
        said("Not verified: no test row was written and no flags were raised between the servers' own connections" +
             std::string(incident.comparison() ? " after the change." : "."))});
  return section;
}

} // namespace whichbase::document
