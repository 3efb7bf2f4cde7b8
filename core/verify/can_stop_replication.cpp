// What takes changes from a database: standbys, subscribers, and the slots that are kept for them.
#include "topology/wording.h"
#include "verify/can_stop_reasons.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::verify {
namespace {

bool isListed(const StopFacts& facts, const StopSlot& slot) {
  return facts.senders && std::ranges::any_of(*facts.senders, [&](const StopSender& sender) {
           return !sender.hidden && sender.slot == slot.name;
         });
}

std::string senderText(const StopSender& sender) {
  const char* what = sender.logical ? "A subscriber takes changes from it" : "A standby streams from it";
  if (sender.hidden)
    return fmt::format("{}; which is hidden from this role.", what);
  if (sender.state == "backup")
    return fmt::format("A backup of it is being taken ({}).", sender.application);
  const std::string slot = sender.slot.empty() ? "" : ", slot " + sender.slot;
  return fmt::format("{}: {} ({}, {}{}).", what, sender.address.empty() ? "over a Unix socket" : sender.address,
                     sender.application, sender.state, slot);
}

std::string slotText(const StopSlot& slot) {
  std::string text = fmt::format("The {} replication slot {} is kept for {}, which is {}connected",
                                 slot.logical ? "logical" : "physical", slot.name,
                                 slot.logical ? "a subscriber" : "a replica", slot.active ? "" : "not ");
  constexpr std::int64_t megabyte = 1024L * 1024;
  if (!slot.active && slot.retainedBytes && *slot.retainedBytes >= megabyte)
    text += fmt::format("; it holds back {} MB of WAL", topology::withCommas(*slot.retainedBytes / megabyte));
  return text + ".";
}

void addSlots(const StopFacts& facts, StopAnswer& answer) {
  if (!facts.slots) {
    answer.couldNotLook.push_back("replication slots: " + facts.slots.reason);
    return;
  }
  for (const StopSlot& slot : *facts.slots)
    if (!isListed(facts, slot))
      answer.against.push_back({"slots", slotText(slot)});
}

// A publication that nobody has a slot for feeds nobody now.
void addPublications(const StopFacts& facts, StopAnswer& answer) {
  if (!facts.publications) {
    answer.couldNotLook.push_back("publications: " + facts.publications.reason);
    return;
  }
  if (facts.publications->empty())
    return;
  const std::string names = topology::inWords(*facts.publications);
  const bool one = facts.publications->size() == 1;
  if (facts.slots && std::ranges::none_of(*facts.slots, &StopSlot::logical))
    answer.beside.push_back({"publications", fmt::format("It publishes changes ({}), for which no subscriber has a "
                                                         "slot.",
                                                         names)});
  else
    answer.against.push_back({"publications", fmt::format("It publishes changes for subscribers: publication{} {}.",
                                                          one ? "" : "s", names)});
}

// It is the subscriber: what it leaves behind is on its publisher.
void addOwnSubscriptions(const StopFacts& facts, StopAnswer& answer) {
  if (!facts.subscriptions) {
    answer.couldNotLook.push_back("its own subscriptions: " + facts.subscriptions.reason);
    return;
  }
  for (const StopSubscription& each : *facts.subscriptions) {
    const std::string slot =
        each.slot.empty()
            ? std::string()
            : fmt::format(": drop it first, or its slot {} stays on the publisher and holds back WAL", each.slot);
    answer.against.push_back({"subscriptions", fmt::format("Its subscription {} takes changes from another "
                                                           "database{}.",
                                                           each.name, slot)});
  }
}

} // namespace

void addReplication(const StopFacts& facts, StopAnswer& answer) {
  if (facts.senders) {
    for (const StopSender& sender : *facts.senders)
      answer.against.push_back({"replicas", senderText(sender)});
    if (std::ranges::any_of(*facts.senders, &StopSender::hidden))
      answer.couldNotLook.push_back(
          fmt::format("who streams from it: the role {} may not see it (pg_read_all_stats)", facts.self.role));
  } else {
    answer.couldNotLook.push_back("replicas: " + facts.senders.reason);
  }
  addSlots(facts, answer);
  addPublications(facts, answer);
  addOwnSubscriptions(facts, answer);
  if (facts.self.inRecovery && facts.receiverSlot && !facts.receiverSlot->empty())
    answer.beside.push_back({"standby", fmt::format("Its primary keeps the slot {} for it: drop that afterwards, or it "
                                                    "holds back WAL until the disk is full.",
                                                    *facts.receiverSlot)});
  answer.lookedAt.emplace_back("replicas, replication slots, publications and subscriptions");
}

} // namespace whichbase::verify
