#include "model/carried_proofs.h"

#include "topology/across_time.h"

#include <algorithm>

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

Proofs newerOf(Proofs proofs, const Proofs& others) {
  for (const RowsFact& rows : others.rows) {
    const auto own = std::ranges::find_if(proofs.rows, [&](const RowsFact& each) { return isSamePair(each, rows); });
    if (own == proofs.rows.end() || own->at < rows.at)
      proofs = with(std::move(proofs), rows);
  }
  if (others.verification && (!proofs.verification || proofs.verification->at < others.verification->at))
    proofs.verification = others.verification;
  return proofs;
}

std::shared_ptr<const Snapshot> proven(const std::shared_ptr<const Snapshot>& snapshot, const Proofs& proofs) {
  if (!snapshot || proofs.empty())
    return snapshot;
  auto told = std::make_shared<Snapshot>(*snapshot);
  applyProofs(*told, proofs);
  return told;
}

} // namespace whichbase::ui
