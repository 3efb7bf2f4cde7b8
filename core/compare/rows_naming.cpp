#include "compare/rows_naming.h"

#include "compare/rows_look.h"

#include <algorithm>
#include <unordered_map>

namespace whichbase::compare {
namespace {

constexpr std::size_t batch = 500; // rows of one statement that reads all of them

class Naming {
public:
  Naming(RowsComparison& comparison, KeysByHash keys) : m_comparison(comparison), m_keys(std::move(keys)) {}
  // In the order of the key on the side `first`.
  std::optional<Problem> name(const std::vector<std::int64_t>& hashes, bool isInFrom, bool isInTo,
                              std::vector<NamedRow>& named);

private:
  struct Found {
    std::optional<FoundRow> from, to;
  };
  std::optional<Problem> order(const std::vector<std::int64_t>& hashes, bool byFrom,
                               std::vector<std::int64_t>& ordered);
  NamedRow rowOf(const Found& found) const;
  std::size_t keyAt() const { return 2 + m_comparison.plan().compared.size(); }
  std::size_t shownAt() const { return keyAt() + m_comparison.plan().key.size(); }

  RowsComparison& m_comparison;
  KeysByHash m_keys;
};

std::optional<Problem> Naming::order(const std::vector<std::int64_t>& hashes, bool byFrom,
                                     std::vector<std::int64_t>& ordered) {
  const OnFoundRow read = [&](std::int64_t hash, const FoundRow&) {
    ordered.push_back(hash);
    return true;
  };
  const LookUp wanted{hashes, m_keys, false, mostNamed};
  return lookUp(m_comparison, wanted, byFrom ? Both<OnFoundRow>{read, {}} : Both<OnFoundRow>{{}, read});
}

NamedRow Naming::rowOf(const Found& found) const {
  const RowsPlan& plan = m_comparison.plan();
  NamedRow named;
  const FoundRow& some = found.from ? *found.from : *found.to;
  for (std::size_t at = 0; at < plan.key.size(); ++at)
    named.key.push_back(some.at(keyAt() + at).value_or(""));
  if (found.from && found.to)
    for (std::size_t at = 0; at < plan.compared.size(); ++at)
      if (found.from->at(2 + at) != found.to->at(2 + at))
        named.differsIn.push_back(plan.compared[at]);
  const auto shown = [&](const std::optional<FoundRow>& row) {
    return row ? std::vector(row->begin() + static_cast<std::ptrdiff_t>(shownAt()), row->end())
               : std::vector<std::optional<std::string>>{};
  };
  named.from = shown(found.from);
  named.to = shown(found.to);
  return named;
}

std::optional<Problem> Naming::name(const std::vector<std::int64_t>& hashes, bool isInFrom, bool isInTo,
                                    std::vector<NamedRow>& named) {
  std::vector<std::int64_t> ordered;
  if (auto problem = order(hashes, isInFrom, ordered))
    return problem;
  std::unordered_map<std::int64_t, Found> found;
  const auto reader = [&found](std::optional<FoundRow> Found::* side, std::size_t columns) -> OnFoundRow {
    return [&found, side, columns](std::int64_t hash, const FoundRow& row) {
      found[hash].*side = row;
      return row.size() == columns;
    };
  };
  const std::size_t columns = shownAt() + m_comparison.request().shown.size();
  if (auto problem = lookUp(m_comparison, {ordered, m_keys, true, batch},
                            {reader(&Found::from, columns), reader(&Found::to, columns)}))
    return problem;
  for (const std::int64_t hash : ordered)
    if (const auto row = found.find(hash); row != found.end())
      // Unless it has changed since it was counted.
      if (row->second.from.has_value() == isInFrom && row->second.to.has_value() == isInTo)
        if (NamedRow made = rowOf(row->second); !isInFrom || !isInTo || !made.differsIn.empty())
          named.push_back(std::move(made));
  return std::nullopt;
}

} // namespace

std::optional<Problem> nameRows(RowsComparison& comparison, const Unequal& unequal, RowsResult& result) {
  if (unequal.size() == 0)
    return std::nullopt;
  Both<std::vector<std::int64_t>> wanted{unequal.onlyInFrom, unequal.onlyInTo};
  wanted.from.insert(wanted.from.end(), unequal.different.begin(), unequal.different.end());
  KeysByHash keys;
  if (auto problem = readKeysOf(comparison, wanted, keys))
    return problem;
  Naming naming(comparison, std::move(keys));
  if (auto problem = naming.name(unequal.onlyInFrom, true, false, result.namedOnlyInFrom))
    return problem;
  if (auto problem = naming.name(unequal.onlyInTo, false, true, result.namedOnlyInTo))
    return problem;
  return naming.name(unequal.different, true, true, result.namedDifferent);
}

} // namespace whichbase::compare
