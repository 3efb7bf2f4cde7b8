#include "topology/proofs.h"

#include "topology/assemble.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace whichbase::topology {

namespace {

using Names = std::vector<std::string>;

template <class Predicate>
Names namesWhere(const Verification& verification, Predicate predicate) {
  Names names;
  for (const ServerCheck& check : verification.servers)
    if (predicate(check))
      names.push_back(check.server);
  return names;
}

// "4 ms", "1.2 s": never less than was measured, since it is an upper bound.
std::string delayText(double ms) {
  return ms < 1000 ? fmt::format("{} ms", std::max(1.0, std::ceil(ms)))
                   : fmt::format("{:.1f} s", std::ceil(ms / 100) / 10);
}

std::string allOf(const Names& names) {
  return names.size() == 1 ? names.front() : names.size() == 2 ? "both" : fmt::format("all {}", names.size());
}

constexpr std::size_t namesShown = 3;

// Of more servers than this raised flags are not looked for between every two (verify::pairsUpTo).
constexpr std::size_t everyPairUpTo = 40;

std::string notReached(const Verification& verification) {
  const Names names = namesWhere(verification, [](const ServerCheck& check) { return !check.reached; });
  if (names.empty())
    return {};
  return fmt::format("{} {} not reached", someOf(names, namesShown), names.size() == 1 ? "was" : "were");
}

std::string seenText(const Verification& verification, const Names& seen) {
  std::optional<double> longest;
  for (const ServerCheck& check : verification.servers)
    if (check.saw && check.seenAfterMs)
      longest = std::max(longest.value_or(0), *check.seenAfterMs);
  const bool isAll = seen.size() == verification.servers.size();
  return fmt::format("seen by {}{}", isAll ? allOf(seen) : someOf(seen, namesShown),
                     longest ? " in " + delayText(*longest) : "");
}

std::string testRowText(const Verification& verification) {
  const Names seen = namesWhere(verification, [](const ServerCheck& check) { return check.saw; });
  if (verification.servers.empty())
    return "not carried out";
  Names parts;
  if (seen.size() == verification.servers.size())
    parts.push_back(seenText(verification, seen));
  if (const Names blind = namesWhere(verification, [](const auto& check) { return check.reached && !check.saw; });
      !blind.empty())
    parts.push_back("not seen by " + someOf(blind, namesShown));
  if (const std::string missing = notReached(verification); !missing.empty())
    parts.push_back(missing);
  if (const Names open =
          namesWhere(verification, [](const ServerCheck& check) { return check.saw && !check.confirmedDeletion; });
      !open.empty())
    parts.push_back("its deletion was not confirmed by " + someOf(open, namesShown));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string flagsText(const Verification& verification) {
  const Names seen = namesWhere(verification, [](const ServerCheck& check) { return check.saw; });
  const std::size_t all = verification.servers.size();
  if (all < 2)
    return all == 0 ? "no server took part" : "one server, nothing to compare";
  Names parts;
  if (seen.size() == all && all > everyPairUpTo)
    parts.push_back(fmt::format("all {} servers lead to one database", all));
  else if (seen.size() == all)
    parts.push_back(all == 2 ? "each of both servers sees the other's flag"
                             : fmt::format("each of {} servers sees the others' flags", all));
  for (const ServerCheck& check : verification.servers)
    if (check.reached && !check.saw && !check.note.empty() && parts.size() < namesShown)
      parts.push_back(fmt::format("{}: {}", check.server, check.note));
  if (const Names blind =
          namesWhere(verification, [](const auto& check) { return check.reached && !check.saw && check.note.empty(); });
      !blind.empty())
    parts.push_back(
        fmt::format("{} {} not see the others' flags", someOf(blind, namesShown), blind.size() == 1 ? "does" : "do"));
  if (const std::string missing = notReached(verification); !missing.empty())
    parts.push_back(missing);
  if (seen.size() != all && verification.everyoneSees)
    parts.insert(parts.begin(), fmt::format("all {} servers lead to one source", all));
  return fmt::format("{}", fmt::join(parts, "; "));
}

bool isCounted(const Database& database) {
  return database.users && database.users->count && database.users->kind == CountKind::exact;
}

// Of proven identity, and with as many users as were compared.
bool stillHolds(const RowsFact& rows, const Snapshot& snapshot, bool mustAnswer) {
  const Database* a = snapshot.database(rows.a);
  const Database* b = snapshot.database(rows.b);
  if (!a || !b || !a->identityProven || !b->identityProven || (mustAnswer && (!a->answered || !b->answered)))
    return false;
  if (!rows.ofUsers || !isCounted(*a) || !isCounted(*b))
    return mustAnswer && rows.at >= snapshot.finishedAt;
  const auto isOf = [&](const Database& each, std::int64_t count) {
    return *each.users->count == count && (rows.relation.empty() || rows.relation == each.users->relation);
  };
  return isOf(*a, rows.inA) && isOf(*b, rows.inB);
}

} // namespace

std::string toText(const RowsFact& rows) {
  std::string text = fmt::format("{} in {}, {} in {}: {} only in {}, {} only in {}, {} in both", withCommas(rows.inA),
                                 rows.a, withCommas(rows.inB), rows.b, withCommas(rows.onlyInA), rows.a,
                                 withCommas(rows.onlyInB), rows.b, withCommas(rows.inA - rows.onlyInA));
  if (rows.different > 0)
    text += fmt::format(" ({} of them different)", withCommas(rows.different));
  if (!rows.settled)
    text += "; rows were written meanwhile";
  return text;
}

std::string toText(const Verification& verification, UtcTime reference) {
  const bool isRow = verification.means == Verification::Means::testRow;
  return fmt::format("{} {}: {}.", isRow ? "Write test" : "Checked", toShortClock(verification.at, reference),
                     isRow ? testRowText(verification) : flagsText(verification));
}

bool isCurrent(const Verification& verification, const Snapshot& snapshot) {
  if (verification.servers.size() != snapshot.servers.size())
    return false;
  const bool isAnyMoved =
      std::ranges::any_of(snapshot.endpointMoves, [&](const EndpointMove& move) { return move.at > verification.at; });
  return !isAnyMoved && std::ranges::all_of(verification.servers, [&](const ServerCheck& check) {
    const Server* server = snapshot.server(check.server);
    if (!server || check.reached != server->reached())
      return false;
    return !check.reached || (!check.database.empty() && check.database == server->database);
  });
}

bool isCurrent(const RowsFact& rows, const Snapshot& snapshot) {
  return stillHolds(rows, snapshot, true);
}

bool isLastKnown(const RowsFact& rows, const Snapshot& snapshot) {
  return stillHolds(rows, snapshot, false);
}

std::optional<ToldVerification> toldVerification(const Snapshot& snapshot) {
  const auto& verification = snapshot.proofs.verification;
  if (!verification)
    return std::nullopt;
  const std::string text = toText(*verification, snapshot.finishedAt);
  if (isCurrent(*verification, snapshot))
    return ToldVerification{text, true};
  const bool isNewer = verification->at > snapshot.finishedAt;
  return ToldVerification{(isNewer ? "Otherwise than the last probe: " : "Before something changed: ") + text, false};
}

RowsFact turned(const RowsFact& rows) {
  RowsFact other = rows;
  std::swap(other.a, other.b);
  std::swap(other.inA, other.inB);
  std::swap(other.onlyInA, other.onlyInB);
  return other;
}

Proofs relettered(const Proofs& proofs, const std::map<std::string, std::string>& ids) {
  Proofs now = proofs;
  std::erase_if(now.rows, [&](const RowsFact& rows) { return !ids.contains(rows.a) || !ids.contains(rows.b); });
  for (RowsFact& rows : now.rows) {
    rows.a = ids.at(rows.a);
    rows.b = ids.at(rows.b);
  }
  if (now.verification)
    for (ServerCheck& check : now.verification->servers) {
      const auto found = ids.find(check.database);
      check.database = found == ids.end() ? std::string() : found->second;
    }
  return now;
}

void applyProofs(Snapshot& snapshot, const Proofs& proofs) {
  snapshot.proofs = proofs;
  diagnose(snapshot);
}

} // namespace whichbase::topology
