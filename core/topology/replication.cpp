#include "topology/replication.h"

#include <algorithm>

namespace whichbase::topology {

namespace {

enum class Match { yes, no, unreadable };

bool isLoopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

// Addresses speak against each other only where both are known and neither is a tunnel's end on its own machine.
bool mayBeOne(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() || isLoopback(a) || isLoopback(b) || a == b;
}

// More than any primary writes: what a standby observed later may be ahead by.
std::uint64_t mostWritten(const Observation& primary, const Observation& standby) {
  const auto between = standby.finishedAt - primary.startedAt;
  if (between.count() <= 0)
    return 0;
  const auto seconds = static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::seconds>(between).count());
  return seconds << 30;
}

Match matches(const Observation& primary, const Observation& standby) {
  const Facts& here = *primary.facts;
  const WalReceiver& receiver = *standby.facts->receiver;
  if (here.serverPort != receiver.senderPort)
    return Match::no;
  if (here.walLsn != 0 && receiver.receivedLsn > here.walLsn + mostWritten(primary, standby))
    return Match::no;
  if (!here.senders)
    return Match::unreadable;
  Match best = Match::no;
  for (const WalSender& sender : *here.senders) {
    if (sender.state.empty()) // hidden from a role without pg_read_all_stats
      best = Match::unreadable;
    const bool slotsAgree =
        sender.slotName.empty() || receiver.slotName.empty() || sender.slotName == receiver.slotName;
    if (sender.state == "streaming" && slotsAgree && mayBeOne(sender.clientAddress, standby.facts->serverAddress))
      return Match::yes;
  }
  return best;
}

// Of several visits to one instance the one that read most decides.
Match matches(const std::vector<const Observation*>& primary, const Observation& standby) {
  Match best = Match::no;
  bool isRefuted = false;
  for (const Observation* each : primary) {
    const Match match = matches(*each, standby);
    if (match == Match::yes)
      return Match::yes;
    isRefuted = isRefuted || match == Match::no;
    if (match == Match::unreadable)
      best = Match::unreadable;
  }
  return isRefuted ? Match::no : best;
}

// The visit to the standby that could read where its WAL comes from; null with the reason otherwise.
const Observation* streamingVisit(const std::vector<const Observation*>& standby, std::string& reason) {
  for (const Observation* each : standby) {
    const auto& receiver = each->facts->receiver;
    if (receiver && receiver->status == "streaming")
      return each;
    if (receiver && !receiver->status.empty())
      reason = "it does not stream at the moment";
    else if (reason.empty())
      reason = receiver.reason.empty() ? "where it streams from could not be read" : receiver.reason;
  }
  return nullptr;
}

Known<std::uint64_t> identifierOf(const std::vector<const Observation*>& instance) {
  for (const Observation* each : instance)
    if (each->facts->systemIdentifier)
      return each->facts->systemIdentifier;
  return instance.front()->facts->systemIdentifier;
}

} // namespace

Following primaryOf(const std::vector<std::vector<const Observation*>>& instances, std::size_t standby) {
  std::string reason;
  const Observation* visit = streamingVisit(instances[standby], reason);
  if (!visit)
    return {std::nullopt, reason};
  const auto identifier = identifierOf(instances[standby]);
  if (!identifier)
    return {std::nullopt, identifier.reason.empty() ? "its system identifier could not be read" : identifier.reason};
  std::vector<std::size_t> proven;
  bool unreadable = false;
  for (std::size_t i = 0; i < instances.size(); ++i) {
    const auto other = identifierOf(instances[i]);
    if (i == standby || instances[i].front()->facts->inRecovery || !other || *other != *identifier)
      continue;
    const Match match = matches(instances[i], *visit);
    if (match == Match::yes)
      proven.push_back(i);
    unreadable = unreadable || match == Match::unreadable;
  }
  if (proven.size() == 1 && !unreadable)
    return {proven.front(), {}};
  if (proven.size() > 1)
    return {std::nullopt, "more than one primary could be the one it follows"};
  return {std::nullopt, unreadable ? "a primary's list of standbys could not be read (it needs pg_read_all_stats)"
                                   : "no primary that was reached shows it among its standbys"};
}

} // namespace whichbase::topology
