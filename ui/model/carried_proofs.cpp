#include "model/carried_proofs.h"

#include "topology/across_time.h"

#include <algorithm>
#include <set>

namespace whichbase::ui {

namespace {

using namespace topology;

// Empty: the letter means another database in `to`, and this one is not there.
std::string letterIn(const Snapshot& to, const Snapshot& from, const std::string& id) {
  const Database* was = from.database(id);
  const Database* is = to.database(id);
  if (!was || (is && keyOf(*is) == keyOf(*was)))
    return id;
  const auto same = [&](const Database& each) { return keyOf(*was) && keyOf(each) == keyOf(*was); };
  if (std::ranges::count_if(to.databases, same) == 1)
    return std::ranges::find_if(to.databases, same)->id;
  return is ? std::string() : id;
}

bool isSamePair(const RowsFact& one, const RowsFact& other) {
  return std::minmax(one.a, one.b) == std::minmax(other.a, other.b) && one.ofUsers == other.ofUsers &&
         (one.ofUsers || one.relation == other.relation);
}

} // namespace

Proofs carried(const Proofs& proofs, const Snapshot& from, const Snapshot& to) {
  Proofs result = proofs;
  for (RowsFact& rows : result.rows) {
    rows.a = letterIn(to, from, rows.a);
    rows.b = letterIn(to, from, rows.b);
  }
  std::erase_if(result.rows, [](const RowsFact& rows) { return rows.a.empty() || rows.b.empty(); });
  if (result.verification)
    for (ServerCheck& check : result.verification->servers)
      if (!check.database.empty())
        check.database = letterIn(to, from, check.database);
  return result;
}

Proofs with(Proofs proofs, const RowsFact& rows) {
  std::erase_if(proofs.rows, [&](const RowsFact& each) { return isSamePair(each, rows); });
  proofs.rows.push_back(rows);
  return proofs;
}

Proofs with(Proofs proofs, const Verification& verification) {
  proofs.verification = verification;
  return proofs;
}

std::shared_ptr<const Snapshot> proven(const std::shared_ptr<const Snapshot>& snapshot, const Proofs& proofs) {
  if (!snapshot || proofs.empty())
    return snapshot;
  auto told = std::make_shared<Snapshot>(*snapshot);
  applyProofs(*told, proofs);
  return told;
}

history::Event eventOf(const Verification& verification) {
  history::Event event;
  event.at = verification.at;
  event.kind = history::EventKind::verification;
  event.side = Side::after;
  std::set<std::string> databases;
  for (const ServerCheck& check : verification.servers) {
    event.subjects.push_back(check.server);
    if (!check.database.empty())
      databases.insert(check.database);
  }
  event.subjects.insert(event.subjects.end(), databases.begin(), databases.end());
  // The mark stands at its time: "Write test 14:31 UTC: seen by all 3." needs it no second time.
  event.text = toText(verification, verification.at);
  const bool isRow = verification.means == Verification::Means::testRow;
  if (const auto colon = event.text.find(": "); colon != std::string::npos)
    event.text = (isRow ? "Write test" : "Checked") + event.text.substr(colon);
  return event;
}

} // namespace whichbase::ui
