#include "compare/rows_look.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace whichbase::compare {
namespace {

std::optional<std::int64_t> hashIn(const std::optional<std::string>& digits) {
  std::int64_t number = 0;
  if (!digits || std::from_chars(digits->data(), digits->data() + digits->size(), number).ec != std::errc())
    return std::nullopt;
  return number;
}

// Batches of keys, one after the other.
class LookUpWork : public Work {
public:
  LookUpWork(const SideWork& side, const Hashing& hashing, const LookUp& wanted, const OnFoundRow& read)
      : m_side(side), m_hashing(hashing), m_wanted(wanted), m_read(read), m_batch(wanted.batch) {}

  std::string next(const probe::Limits& limits) override {
    std::vector<std::vector<std::string>> keys;
    for (; keys.empty() && m_first < m_wanted.hashes.size(); m_first += keys.empty() ? m_batch : 0) {
      const std::size_t end = std::min(m_wanted.hashes.size(), m_first + m_batch);
      for (std::size_t at = m_first; at < end; ++at)
        if (const auto key = m_wanted.keys.find(m_wanted.hashes[at]); key != m_wanted.keys.end())
          keys.push_back(key->second);
    }
    return keys.empty() ? "" : lookUpStatement({limits, {}}, m_side.sql, m_hashing, keys, m_wanted.whole);
  }
  std::optional<Problem> take(const pg::Rows& rows, std::chrono::milliseconds) override {
    m_first += m_batch;
    for (const auto& row : rows.values) {
      const auto hash = hashIn(row.at(0));
      if (!hash || !m_read(*hash, row))
        return notUnderstood(m_side.side);
    }
    return std::nullopt;
  }
  bool shrink() override {
    if (m_batch <= 1)
      return false;
    m_batch = std::max<std::size_t>(1, std::min(m_batch, m_wanted.hashes.size()) / 4);
    return true;
  }
  double share() const override {
    return static_cast<double>(m_first) / static_cast<double>(std::max<std::size_t>(m_wanted.hashes.size(), 1));
  }

private:
  const SideWork& m_side;
  const Hashing& m_hashing;
  const LookUp& m_wanted;
  const OnFoundRow& m_read;
  std::size_t m_first = 0;
  std::size_t m_batch;
};

ReadRows keyReader(KeysByHash& keys) {
  return [&keys](const pg::Rows& rows) {
    for (const auto& row : rows.values) {
      const auto hash = hashIn(row.at(0));
      if (!hash)
        return false;
      auto& key = keys[*hash];
      key.clear();
      for (std::size_t at = 1; at < row.size(); ++at)
        key.push_back(row[at].value_or(""));
    }
    return true;
  };
}

} // namespace

std::optional<Problem> readKeysOf(RowsComparison& comparison, const Both<std::vector<std::int64_t>>& hashes,
                                  KeysByHash& keys) {
  const auto statement = [&](const PieceTerms& terms, const SideSql& sql) {
    return keysOfHashesStatement(terms, sql, &sql == &comparison.from().sql ? hashes.from : hashes.to);
  };
  Both<ReadRows> read;
  if (!hashes.from.empty())
    read.from = keyReader(keys);
  if (!hashes.to.empty())
    read.to = keyReader(keys);
  return comparison.scan("Finding keys", true, statement, read);
}

std::optional<Problem> lookUp(RowsComparison& comparison, const LookUp& wanted, const Both<OnFoundRow>& read) {
  const Hashing& hashing = comparison.plan().hashing;
  LookUpWork from(comparison.from(), hashing, wanted, read.from);
  LookUpWork to(comparison.to(), hashing, wanted, read.to);
  return comparison.run("Looking again", read.from ? &from : nullptr, read.to ? &to : nullptr);
}

} // namespace whichbase::compare
