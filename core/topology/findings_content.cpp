#include "topology/counterparts.h"
#include "topology/findings.h"
#include "topology/rows_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace whichbase::topology {

namespace {

constexpr std::size_t namesShown = 8;

// "A not reached since 14:20 UTC.", "A does not exist any more.", or that it still answers.
std::string presence(const Database& ghost, UtcTime reference) {
  if (ghost.gone)
    return fmt::format("{} does not exist any more.", ghost.id);
  if (ghost.answered)
    return fmt::format("{} still answers; no server uses it.", ghost.id);
  if (!ghost.lastReachedAt)
    return fmt::format("{} was not reached.", ghost.id);
  return fmt::format("{} not reached since {}.", ghost.id, toShortClock(*ghost.lastReachedAt, reference));
}

// In no database that servers use; empty where one of these could not be read.
std::vector<std::string> tablesOnlyIn(const View& view, const Database& ghost) {
  if (!ghost.tables)
    return {};
  std::set<std::string> elsewhere;
  for (const Database* each : view.used()) {
    if (!each->tables)
      return {};
    elsewhere.insert(each->tables->begin(), each->tables->end());
  }
  std::vector<std::string> only;
  for (const std::string& table : *ghost.tables)
    if (!elsewhere.contains(table))
      only.push_back(table);
  return only;
}

// Other triggers than guards, which triggers-missing tells.
std::vector<std::string> triggersOnlyIn(const View& view, const Database& ghost) {
  if (!ghost.triggers)
    return {};
  std::set<std::pair<std::string, std::string>> elsewhere;
  for (const Database* each : view.used()) {
    if (!each->triggers)
      return {};
    for (const Trigger& trigger : *each->triggers)
      elsewhere.emplace(trigger.table, trigger.name);
  }
  std::vector<std::string> only;
  for (const Trigger& trigger : *ghost.triggers)
    if (!trigger.protects && !elsewhere.contains({trigger.table, trigger.name}))
      only.push_back(trigger.name);
  return only;
}

// How many users more than any database that servers use; 0 where that is not comparable.
std::int64_t usersMoreIn(const View& view, const Database& ghost) {
  std::int64_t most = 0;
  for (const Database* each : view.used()) {
    if (!haveComparableUsers(ghost, *each))
      return 0;
    most = std::max(most, *each->users->count);
  }
  return view.used().empty() ? 0 : std::max<std::int64_t>(0, *ghost.users->count - most);
}

// A server whose database could not be identified may be on it, so that nobody can say that it was left.
// Nor can anybody while a server that was on it is not reached.
bool mayBeInUse(const View& view, const Database& ghost) {
  if (std::ranges::any_of(view.snapshot().servers, [&](const Server& s) { return s.lastDatabase == ghost.id; }))
    return true;
  return std::ranges::any_of(view.used(), [&](const Database* each) {
    return !each->identityProven && (!each->systemIdentifier || each->systemIdentifier == ghost.systemIdentifier);
  });
}

// Where the rows were compared, that tells better than numbers: as many users may be others.
std::vector<RowsFact> usersComparedWith(const View& view, const Database& ghost) {
  std::vector<RowsFact> compared;
  for (const Database* each : view.used())
    if (const auto rows = usersCompared(view.snapshot(), ghost, *each))
      compared.push_back(*rows);
  return compared;
}

// The fewest that any database in use was found to lack; 0 where that is not known of one of them.
std::int64_t usersFoundOnlyIn(const View& view, const std::vector<RowsFact>& compared) {
  const auto holds = [&](const RowsFact& rows) { return isLastKnown(rows, view.snapshot()); };
  if (compared.empty() || compared.size() < view.used().size() || !std::ranges::all_of(compared, holds))
    return 0;
  return std::ranges::min_element(compared, {}, &RowsFact::onlyInA)->onlyInA;
}

std::string notCounted(const View& view) {
  const auto missing =
      std::ranges::count_if(view.snapshot().servers, [](const Server& server) { return !server.reached(); });
  return missing == 0 ? std::string()
                      : fmt::format("What the {} not reached may hold is not counted.",
                                    counted(static_cast<std::size_t>(missing), "server"));
}

std::string remedyFor(const Database& ghost) {
  if (ghost.gone)
    return "Restore them from a backup, or confirm that nothing needs them.";
  return fmt::format("Copy them from {}{}, or confirm that nothing needs them, before it is deleted.", ghost.id,
                     ghost.answered ? "" : " or from a backup");
}

void addLeftBehind(Findings& findings, const View& view, const Database& ghost) {
  if (mayBeInUse(view, ghost))
    return;
  const auto tables = tablesOnlyIn(view, ghost);
  const auto triggers = triggersOnlyIn(view, ghost);
  const std::vector<RowsFact> compared = usersComparedWith(view, ghost);
  const std::int64_t found = usersFoundOnlyIn(view, compared);
  const std::int64_t users = found > 0 ? 0 : usersMoreIn(view, ghost);
  const bool past = !ghost.answered;
  std::vector<std::string> titles, sentences;
  const auto verb = [&](std::size_t count) { return past ? "existed" : (count == 1 ? "exists" : "exist"); };
  if (!tables.empty()) {
    titles.push_back(fmt::format("{} {} only in {}", counted(tables.size(), "table"), verb(tables.size()), ghost.id));
    sentences.push_back(someOf(shortNames(tables), namesShown) + ".");
  }
  if (found > 0) {
    const auto count = static_cast<std::size_t>(found);
    titles.push_back(fmt::format("{} {} only in {}", counted(count, "user"), verb(count), ghost.id));
  }
  if (users > 0) {
    titles.push_back(fmt::format("{} {} {} more than any database in use", ghost.id, past ? "held" : "holds",
                                 counted(static_cast<std::size_t>(users), "user")));
    sentences.push_back(titles.back() + ".");
  }
  if (!triggers.empty()) {
    titles.push_back(
        fmt::format("{} {} only in {}", counted(triggers.size(), "trigger"), verb(triggers.size()), ghost.id));
    sentences.push_back(fmt::format("Triggers only there: {}.", someOf(triggers, namesShown)));
  }
  if (titles.empty())
    return;
  for (const RowsFact& rows : compared)
    if (sentences.size() < namesShown)
      sentences.push_back("Users: " + rowsSentence(view.snapshot(), rows));
  sentences.push_back(presence(ghost, view.snapshot().finishedAt));
  sentences.push_back(notCounted(view));
  std::erase(sentences, std::string());
  findings.push_back({"left-behind",
                      Severity::warning,
                      {ghost.id},
                      titles.front(),
                      fmt::format("{}", fmt::join(sentences, " ")),
                      remedyFor(ghost)});
}

// What only a ghost has was left behind; here it counts what databases in use have.
void addTablesMissing(Findings& findings, const Counterparts& counterparts, const Database& database) {
  const Database* full = counterparts.fullest(database, Counterparts::Among::inUse);
  const auto missing = full ? tablesMissing(*full, database) : std::vector<std::string>{};
  if (missing.empty())
    return;
  findings.push_back(
      {"tables-missing",
       Severity::warning,
       {database.id, full->id},
       fmt::format("{} {} missing in {}", counted(missing.size(), "table"), missing.size() == 1 ? "is" : "are",
                   database.id),
       fmt::format("{} has {}, {} has {}. Missing in {}: {}.", full->id, counted(full->tables->size(), "table"),
                   database.id, withCommas(static_cast<std::int64_t>(database.tables->size())), database.id,
                   someOf(shortNames(missing), namesShown)),
       fmt::format("Copy them from {}, or confirm that nothing needs them.", full->id)});
}

// "DELETE on users, games and sessions", "sql_drop".
std::string whatTheyGuard(const std::vector<const Trigger*>& guards) {
  std::vector<std::pair<std::string, std::vector<std::string>>> byEvent;
  for (const Trigger* guard : guards)
    for (const std::string& event : guard->events) {
      auto at = std::ranges::find(byEvent, event, &std::pair<std::string, std::vector<std::string>>::first);
      if (at == byEvent.end())
        at = byEvent.insert(byEvent.end(), {event, {}});
      if (!guard->table.empty() && std::ranges::find(at->second, guard->table) == at->second.end())
        at->second.push_back(guard->table);
    }
  std::vector<std::string> parts;
  for (const auto& [event, tables] : byEvent)
    parts.push_back(tables.empty() ? event : fmt::format("{} on {}", event, someOf(shortNames(tables), namesShown)));
  return inWords(parts);
}

void addTriggersMissing(Findings& findings, const View& view, const Counterparts& counterparts,
                        const Database& database) {
  const Database* full = counterparts.bestGuarded(database);
  if (!full)
    return;
  const auto missing = guardsMissing(*full, database);
  const bool past = !full->answered;
  std::vector<std::string> disabled, names;
  for (const Trigger* guard : missing) {
    names.push_back(guard->name);
    for (const Trigger& here : *database.triggers)
      if (!here.enabled && here.table == guard->table && here.name == guard->name)
        disabled.push_back(here.name);
  }
  std::string text = fmt::format("{} {} {}; {} does not. They are {}.", full->id, past ? "guarded" : "guards",
                                 whatTheyGuard(missing), database.id, someOf(names, namesShown));
  if (!disabled.empty())
    text += fmt::format(" Disabled in {}: {}.", database.id, someOf(disabled, namesShown));
  if (full->ghost && !full->answered)
    text += " " + presence(*full, view.snapshot().finishedAt);
  findings.push_back({"triggers-missing",
                      Severity::warning,
                      {database.id, full->id},
                      fmt::format("{} {} missing in {}", counted(missing.size(), "protection trigger"),
                                  missing.size() == 1 ? "is" : "are", database.id),
                      std::move(text),
                      full->answered ? fmt::format("Copy their definitions from {} to {}.", full->id, database.id)
                                     : fmt::format("Take their definitions from a backup of {} or from its migrations, "
                                                   "and create them in {}.",
                                                   full->id, database.id)});
}

void addStale(Findings& findings, const View& view, const Counterparts& counterparts, const Database& database) {
  const Database* freshest = counterparts.freshest(database);
  if (!freshest)
    return;
  const auto older = *freshest->users->newestAt - *database.users->newestAt;
  const UtcTime reference = view.snapshot().finishedAt;
  findings.push_back(
      {"stale-database",
       Severity::warning,
       {database.id, freshest->id},
       fmt::format("The newest user in {} is {} older", database.id, toDuration(older)),
       fmt::format("The newest user is of {} in {}, and of {} in {}.",
                   toShortClock(*freshest->users->newestAt, reference), freshest->id,
                   toShortClock(*database.users->newestAt, reference), database.id),
       fmt::format("Copy the newer users from {} before anyone relies on {}.", freshest->id, database.id)});
}

void addCountsDiffer(Findings& findings, const View& view) {
  std::vector<const Database*> compared;
  bool differ = false;
  for (const Database* each : view.used()) {
    if (!each->identityProven || !haveComparableUsers(*each, *each))
      continue;
    const bool fits = std::ranges::all_of(compared, [&](const Database* other) {
      return view.isDifferent(*each, *other) && !view.isClone(*each, *other) && haveComparableUsers(*each, *other);
    });
    if (!fits)
      continue;
    differ = differ || (!compared.empty() && *each->users->count != *compared.front()->users->count);
    compared.push_back(each);
  }
  if (!differ)
    return;
  std::vector<std::string> ids, numbers, parts;
  bool isAnyOlder = false;
  for (const Database* each : compared) {
    // The clock, not the age: nothing else happened while it grows.
    const bool isOlder = !countAge(view.snapshot(), *each).empty();
    const std::string at =
        isOlder ? fmt::format(" (at {})", toShortClock(*each->users->countedAt, view.snapshot().finishedAt)) : "";
    isAnyOlder = isAnyOlder || isOlder;
    ids.push_back(each->id);
    numbers.push_back(usersText(each->users));
    parts.push_back(fmt::format("{} in {}{}", usersText(each->users), each->id, at));
  }
  bool isAnyOpen = false;
  const auto rows = rowsSentences(view.snapshot(), compared, namesShown, isAnyOpen);
  std::string text = fmt::format("Counted in {}{}: {}.", compared.front()->users->relation,
                                 isAnyOlder ? ", not at the same time" : "", someOf(parts, 6));
  text += rows.empty() ? " Rows were not compared." : fmt::format(" Rows: {}", fmt::join(rows, " "));
  if (isAnyOpen && !rows.empty())
    text += " Other rows were not compared.";
  findings.push_back({"user-counts-differ", Severity::warning, ids,
                      fmt::format("User counts differ: {}", someOf(numbers, 4)), std::move(text),
                      nextStep(view.snapshot(), compared)});
}

} // namespace

void addContentFindings(Findings& findings, const View& view) {
  const Counterparts counterparts(view);
  for (const Database& database : view.snapshot().databases)
    if (database.ghost && database.identityProven && !view.used().empty())
      addLeftBehind(findings, view, database);
  for (const Database* each : view.used())
    addTablesMissing(findings, counterparts, *each);
  for (const Database* each : view.used())
    addTriggersMissing(findings, view, counterparts, *each);
  for (const Database* each : view.used())
    addStale(findings, view, counterparts, *each);
  addCountsDiffer(findings, view);
}

} // namespace whichbase::topology
