#include "compare/rows_again.h"

#include "compare/rows_look.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace whichbase::compare {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t chunkRows = 20'000; // whose keys are held at a time
// Between looks: what is being copied from one side to the other gets there meanwhile.
constexpr std::array pauses = {200ms, 400ms, 800ms, 1'600ms};

struct State {
  std::optional<std::string> from, to; // row hashes; empty: no such row
  bool operator==(const State&) const = default;
  bool isEqual() const { return from == to; } // or gone from both
};
using States = std::unordered_map<std::int64_t, State>;

// Rows few enough to hold their keys.
class Chunk {
public:
  Chunk(RowsComparison& comparison, LookedAgain& found) : m_comparison(comparison), m_found(found) {}
  std::optional<Problem> run(const Unequal& chunk, Unequal& kept);

private:
  std::optional<Problem> findKeys(const Unequal& chunk);
  std::optional<Problem> look(States& states);
  void sort(const Unequal& chunk, Unequal& kept);

  RowsComparison& m_comparison;
  LookedAgain& m_found;
  KeysByHash m_keys;
  std::vector<std::int64_t> m_open; // not the same at two looks, one after the other
  States m_states;
};

template <class Each>
void forEach(const Unequal& unequal, const Each& each) {
  for (const auto* list : {&unequal.onlyInFrom, &unequal.onlyInTo, &unequal.different})
    for (const std::int64_t hash : *list)
      each(hash);
}

// Twice: a row that was moved while the relation was read may have been passed over.
std::optional<Problem> Chunk::findKeys(const Unequal& chunk) {
  for (int round = 0; round < 2; ++round) {
    Both<std::vector<std::int64_t>> wanted;
    const auto add = [&](const std::vector<std::int64_t>& hashes, std::vector<std::int64_t>& to) {
      std::ranges::copy_if(hashes, std::back_inserter(to), [&](auto hash) { return !m_keys.contains(hash); });
    };
    add(chunk.onlyInFrom, wanted.from);
    add(chunk.different, wanted.from);
    add(chunk.onlyInTo, wanted.to);
    add(chunk.different, wanted.to);
    if (wanted.from.empty() && wanted.to.empty())
      break;
    if (auto problem = readKeysOf(m_comparison, wanted, m_keys))
      return problem;
  }
  forEach(chunk, [&](std::int64_t hash) {
    if (m_keys.contains(hash))
      m_open.push_back(hash);
    else
      ++m_found.unsettled;
  });
  return std::nullopt;
}

std::optional<Problem> Chunk::look(States& states) {
  for (const std::int64_t hash : m_open)
    states[hash] = {};
  // A key that is equal for PostgreSQL alone (citext) has another hash: it is not that row.
  const auto reader = [&states](std::optional<std::string> State::* side) -> OnFoundRow {
    return [&states, side](std::int64_t hash, const FoundRow& row) {
      if (const auto state = states.find(hash); state != states.end())
        state->second.*side = row.at(1);
      return row.at(1).has_value();
    };
  };
  return lookUp(m_comparison, {m_open, m_keys}, {reader(&State::from), reader(&State::to)});
}

void Chunk::sort(const Unequal& chunk, Unequal& kept) {
  forEach(chunk, [&](std::int64_t hash) {
    const auto found = m_states.find(hash);
    if (found == m_states.end())
      return;
    const State& state = found->second;
    if (state.isEqual())
      m_found.equal += state.from ? 1 : 0;
    else if (state.from && state.to)
      kept.different.push_back(hash);
    else
      (state.from ? kept.onlyInFrom : kept.onlyInTo).push_back(hash);
  });
}

std::optional<Problem> Chunk::run(const Unequal& chunk, Unequal& kept) {
  if (auto problem = findKeys(chunk))
    return problem;
  for (std::size_t round = 0; !m_open.empty() && round <= pauses.size(); ++round) {
    if (round > 0)
      if (auto problem = m_comparison.wait(pauses[round - 1]))
        return problem;
    States now;
    if (auto problem = look(now))
      return problem;
    std::erase_if(m_open, [&](std::int64_t hash) {
      const State& state = now.at(hash);
      const auto before = m_states.find(hash);
      return state.isEqual() || (before != m_states.end() && before->second == state);
    });
    for (auto& [hash, state] : now)
      m_states[hash] = std::move(state);
  }
  m_found.unsettled += static_cast<std::int64_t>(m_open.size());
  sort(chunk, kept);
  return std::nullopt;
}

// Takes up to chunkRows from the end of each list.
Unequal takeChunk(Unequal& unequal) {
  Unequal chunk;
  std::size_t room = chunkRows;
  const auto move = [&room](std::vector<std::int64_t>& list, std::vector<std::int64_t>& to) {
    const std::size_t taken = std::min(room, list.size());
    to.assign(list.end() - static_cast<std::ptrdiff_t>(taken), list.end());
    list.resize(list.size() - taken);
    room -= taken;
  };
  move(unequal.onlyInFrom, chunk.onlyInFrom);
  move(unequal.onlyInTo, chunk.onlyInTo);
  move(unequal.different, chunk.different);
  return chunk;
}

} // namespace

std::optional<Problem> lookAgain(RowsComparison& comparison, Unequal& unequal, LookedAgain& found) {
  Unequal kept;
  while (unequal.size() > 0)
    if (auto problem = Chunk(comparison, found).run(takeChunk(unequal), kept))
      return problem;
  unequal = std::move(kept);
  return std::nullopt;
}

} // namespace whichbase::compare
