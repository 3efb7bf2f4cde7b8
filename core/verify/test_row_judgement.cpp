#include "verify/test_row_judgement.h"

#include "topology/wording.h"
#include "verify/test_row_sql.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace whichbase::verify {
namespace {

using topology::inWords;
using topology::someOf;

constexpr std::size_t shown = 8; // names in a sentence

// Whether it fires in a session with that session_replication_role.
bool fires(const std::string& enabled, const std::string& replicationRole) {
  return enabled == "A" || enabled == (replicationRole == "replica" ? "R" : "O");
}

// By name: a partitioned table has the same trigger once for each part.
using Triggers = std::map<std::string, std::vector<const GroundTrigger*>>;

std::string named(const std::string& name, const std::vector<const GroundTrigger*>& triggers) {
  const std::string& table = triggers.front()->table;
  return triggers.size() == 1 ? fmt::format("{} on {}", name, table)
                              : fmt::format("{} on {} and {} more", name, table, triggers.size() - 1);
}

std::vector<std::string> namesOf(const Triggers& triggers) {
  std::vector<std::string> names;
  for (const auto& [name, same] : triggers)
    names.push_back(named(name, same));
  return names;
}

void judgeDeleteTriggers(const Ground& ground, Judgement& judgement) {
  Triggers forbidding;
  for (const auto& trigger : ground.triggers)
    if (trigger.onDelete && fires(trigger.enabled, ground.replicationRole))
      forbidding[trigger.name].push_back(&trigger);
  if (!forbidding.empty())
    judgement.refusals.push_back(fmt::format("The row might not be deletable again: {} {} on DELETE and may forbid it.",
                                             someOf(namesOf(forbidding), shown),
                                             forbidding.size() == 1 ? "fires" : "fire"));
}

// True: something runs that nobody can look into.
bool judgeInsertTriggers(const Ground& ground, Judgement& judgement) {
  Triggers firing;
  Triggers sleeping;
  for (const auto& trigger : ground.triggers)
    if (trigger.onInsert && trigger.enabled != "D")
      (fires(trigger.enabled, ground.replicationRole) ? firing : sleeping)[trigger.name].push_back(&trigger);
  for (const auto& [name, triggers] : firing)
    judgement.warnings.push_back(
        fmt::format("The {}trigger {} fires on the INSERT: it may send a mail, and what it writes elsewhere stays.",
                    triggers.front()->isConstraint ? "constraint " : "", named(name, triggers)));
  for (const auto& [name, triggers] : sleeping)
    judgement.warnings.push_back(fmt::format("The trigger {} fires on INSERT where replication applies the row, not "
                                             "for this session.",
                                             named(name, triggers)));
  return !firing.empty();
}

void judgeReferences(const Ground& ground, bool triggersFire, Judgement& judgement) {
  std::vector<std::string> holding;
  std::vector<std::string> following;
  for (const auto& reference : ground.references) {
    const std::string name = fmt::format("{} of {}", reference.name, reference.table);
    (reference.onDelete != "c" || reference.passesOn ? holding : following).push_back(name);
  }
  if (triggersFire && !holding.empty())
    judgement.refusals.push_back(
        fmt::format("The row might not be deletable again: what the triggers write on INSERT may refer to it by {}.",
                    someOf(holding, shown)));
  else if (!holding.empty())
    judgement.warnings.push_back(
        fmt::format("If the application writes something that refers to the row before it is deleted, {} may keep it "
                    "from being deleted.",
                    someOf(holding, shown)));
  if (!following.empty())
    judgement.warnings.push_back(
        fmt::format("Rows that refer to it by {} would be deleted with it.", someOf(following, shown)));
}

void judgePublications(const Ground& ground, const std::string& relation, Judgement& judgement) {
  for (const auto& publication : ground.publications) {
    if (publication.deletes && (!ground.hasIdentityForDeletes || publication.isLimited))
      judgement.refusals.push_back(
          fmt::format("The row might not be deletable again: the publication {} publishes "
                      "deletions of {}, which {}.",
                      publication.name, relation,
                      publication.isLimited ? "it limits to some rows or columns" : "has no replica identity"));
    else if (publication.inserts && !publication.deletes)
      judgement.refusals.push_back(fmt::format("The publication {} publishes what is inserted into {} and not what is "
                                               "deleted: the row would stay with its subscribers.",
                                               publication.name, relation));
    else if (publication.inserts)
      judgement.warnings.push_back(
          fmt::format("The publication {} replicates the row and its deletion to its subscribers.", publication.name));
  }
  if (!ground.logicalSlots.empty())
    judgement.warnings.push_back(fmt::format("Whoever reads the logical replication slot {} may see the row.",
                                             someOf(ground.logicalSlots, shown)));
}

void judgePrivileges(const Ground& ground, const std::string& relation, const GroundColumn& column,
                     Judgement& judgement) {
  const auto refuse = [&](const char* what) {
    judgement.refusals.push_back(fmt::format("The role may not {} {}. Grant it, or choose another server to write "
                                             "through.",
                                             what, relation));
  };
  if (!ground.mayUseSchema)
    refuse("use the schema of");
  const bool mayInsertColumns = std::ranges::all_of(ground.columns, [&](const GroundColumn& each) {
    return (!each.isRequired && each.name != column.name) || each.mayInsert;
  });
  if (!ground.mayInsert && !mayInsertColumns)
    refuse("INSERT into");
  if (!ground.mayDelete)
    refuse("DELETE from");
  const bool maySelect = std::ranges::all_of(ground.columns, [&](const GroundColumn& each) {
    return (!each.isKey && each.name != column.name) || each.maySelect;
  });
  if (!maySelect)
    refuse("SELECT the key and the token's column from");
}

bool mayFireAtDrop(const GroundEventTrigger& trigger) {
  const bool isOfDrop = trigger.tags.empty() || std::ranges::find(trigger.tags, "DROP TABLE") != trigger.tags.end();
  return trigger.event == "sql_drop" ||
         ((trigger.event == "ddl_command_start" || trigger.event == "ddl_command_end") && isOfDrop);
}

} // namespace

void Judgement::add(const Judgement& other) {
  warnings.insert(warnings.end(), other.warnings.begin(), other.warnings.end());
  refusals.insert(refusals.end(), other.refusals.begin(), other.refusals.end());
}

Judgement judgeSession(const Standing& standing, const std::string& server) {
  Judgement judgement;
  if (standing.inRecovery)
    judgement.refusals.push_back(
        fmt::format("{}'s connection leads to a standby, which takes no writes. Choose a server that writes.", server));
  else if (standing.readOnlyByDefault)
    judgement.refusals.push_back(
        fmt::format("{}'s sessions are read-only (default_transaction_read_only). Choose another server to write "
                    "through.",
                    server));
  return judgement;
}

Judgement judgeOwnTable(const Ground& ground, const GroundSchema& schema) {
  Judgement judgement;
  const std::string table = schema.name + ".whichbase_canary";
  if (const std::string token = tokenIn(schema.existingComment); !token.empty())
    judgement.refusals.push_back(fmt::format("There is a table {} already, of another test ({}): wait until that has "
                                             "ended. If it was broken off, whichbase-cli verify PROJECT --clean "
                                             "removes the table where that test was started.",
                                             table, token));
  else if (!schema.existingOwner.empty())
    judgement.refusals.push_back(fmt::format("There is a table {} already, which belongs to {} and is not Whichbase's: "
                                             "it is left alone. Use the users table.",
                                             table, schema.existingOwner));
  if (!schema.cannotUse.empty())
    judgement.refusals.push_back(fmt::format("{} may not use the schema {}: grant USAGE on it, or use the users table.",
                                             inWords(schema.cannotUse), schema.name));
  if (!ground.hasPlpgsql)
    judgement.refusals.emplace_back("The role may not use PL/pgSQL, which the table is safely removed with.");
  for (const auto& trigger : ground.eventTriggers) {
    if (!fires(trigger.enabled, ground.replicationRole))
      continue;
    if (mayFireAtDrop(trigger))
      judgement.refusals.push_back(fmt::format("The table might not be droppable again: the event trigger {} fires on "
                                               "{} and may forbid it. Use the users table.",
                                               trigger.name, trigger.event));
    else
      judgement.warnings.push_back(fmt::format("The event trigger {} may fire on {}.", trigger.name, trigger.event));
  }
  for (const auto& publication : schema.publications) {
    if (publication.inserts && !ground.logicalSlots.empty())
      judgement.refusals.push_back(
          fmt::format("The publication {} would publish the new table, which its subscribers do not have: their "
                      "replication would stop. Use the users table.",
                      publication.name));
    else if (publication.inserts)
      judgement.warnings.push_back(fmt::format("The publication {} publishes the row.", publication.name));
  }
  if (!ground.logicalSlots.empty() && judgement.refusals.empty())
    judgement.warnings.push_back(fmt::format("Whoever reads the logical replication slot {} may see the table.",
                                             someOf(ground.logicalSlots, shown)));
  return judgement;
}

Judgement judgeUsers(const Ground& ground, const std::string& relation, const GroundColumn* tokenColumn) {
  Judgement judgement;
  if (!ground.exists || (ground.kind != "r" && ground.kind != "p")) {
    judgement.refusals.push_back(fmt::format("{} is {}: a row can only be written into a table. Use a table of its "
                                             "own.",
                                             relation, ground.exists ? "a view or a foreign table" : "not there"));
    return judgement;
  }
  if (tokenColumn == nullptr) {
    judgement.refusals.push_back(fmt::format("No column of {} can hold a text that the row is found by again. Use a "
                                             "table of its own.",
                                             relation));
    return judgement;
  }
  judgePrivileges(ground, relation, *tokenColumn, judgement);
  if (ground.rowSecurity)
    judgement.refusals.push_back(fmt::format("Row-level security is active on {} for this role: whether the row could "
                                             "be deleted again is not known.",
                                             relation));
  if (!ground.rules.empty())
    judgement.refusals.push_back(
        fmt::format("A rule rewrites what is done with {}: {}.", relation, someOf(ground.rules, shown)));
  judgeDeleteTriggers(ground, judgement);
  judgeReferences(ground, judgeInsertTriggers(ground, judgement), judgement);
  judgePublications(ground, relation, judgement);
  if (ground.isUnlogged)
    judgement.warnings.push_back(fmt::format("{} is unlogged: standbys never see its rows.", relation));
  if (!ground.sequences.empty())
    judgement.warnings.push_back(
        fmt::format("The INSERT moves {} on for good; a gap of one stays.", someOf(ground.sequences, shown)));
  return judgement;
}

} // namespace whichbase::verify
