#include "topology/split_words.h"

#include "topology/rows_words.h"
#include "topology/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace whichbase::topology {

namespace {

// Servers that are proven on one source.
struct Camp {
  const Database* source = nullptr;
  std::vector<const Server*> servers;
  bool has(Role role) const {
    return std::ranges::any_of(servers, [&](const Server* each) { return each->role == role; });
  }
  bool isAll(Role role) const {
    return std::ranges::all_of(servers, [&](const Server* each) { return each->role == role; });
  }
};

std::vector<Camp> campsOf(const View& view) {
  std::vector<Camp> camps;
  for (const Server& server : view.snapshot().servers) {
    const Database* database = view.databaseOf(server);
    if (!database || !database->identityProven)
      continue;
    const Database& source = view.source(*database);
    auto camp = std::ranges::find_if(camps, [&](const Camp& each) { return each.source->id == source.id; });
    if (camp == camps.end())
      camp = camps.insert(camps.end(), {&source, {}});
    camp->servers.push_back(&server);
  }
  return camps;
}

std::string verb(const Camp& camp, bool plural) {
  if (camp.isAll(Role::writes))
    return plural ? "write to" : "writes to";
  if (camp.isAll(Role::reads))
    return plural ? "read" : "reads";
  return plural ? "lead to" : "leads to"; // where its configuration leads; that it is used is another question
}

// "Dashboard reads B", "the others read B".
std::string campText(const View& view, const Camp& camp, bool theOthers) {
  const bool single = camp.servers.size() == 1;
  const std::string who = single ? shortServerName(view.snapshot(), *camp.servers.front())
                                 : (theOthers ? "the others" : inWords(View::names(camp.servers)));
  return fmt::format("{} {} {}", who, verb(camp, !single), camp.source->id);
}

// "The servers are on 3 databases: A, B and C"; a standby that may follow one of them is not counted as another.
std::string listed(const View& view, const std::vector<Camp>& camps) {
  std::vector<std::string> ids;
  std::vector<const Database*> kept;
  std::size_t placed = 0;
  for (const Camp& camp : camps) {
    if (!std::ranges::all_of(kept, [&](const Database* each) { return view.isDifferent(*each, *camp.source); }))
      continue;
    kept.push_back(camp.source);
    ids.push_back(camp.source->id);
    placed += camp.servers.size();
  }
  const bool complete = placed == view.snapshot().servers.size();
  const std::string who = complete ? "The servers are" : fmt::format("{} servers are", placed);
  return ids.size() <= 5 ? fmt::format("{} on {} databases: {}", who, ids.size(), inWords(ids))
                         : fmt::format("{} on {} different databases", who, ids.size());
}

std::string ofTwo(const View& view, const Camp& first, const Camp& second) {
  const bool complete = first.servers.size() + second.servers.size() == view.snapshot().servers.size();
  const Camp& one = first.servers.size() == 1 ? first : second;
  const Camp& others = first.servers.size() == 1 ? second : first;
  if (one.servers.size() == 1 && (complete || others.servers.size() <= 2))
    return capitalised(campText(view, one, false)) + "; " + campText(view, others, complete);
  if (complete && first.isAll(Role::writes) && second.isAll(Role::reads))
    return fmt::format("The writers are on {}, the readers on {}", first.source->id, second.source->id);
  if (complete && first.isAll(Role::reads) && second.isAll(Role::writes))
    return fmt::format("The writers are on {}, the readers on {}", second.source->id, first.source->id);
  return {};
}

std::string clonesText(const View& view) {
  for (const Database* a : view.used())
    for (const Database* b : view.used())
      if (a->id < b->id && view.isClone(*a, *b)) {
        const std::string apart = apartFor(*a, *b, view.snapshot().finishedAt);
        return fmt::format("{} and {} are clones of one cluster{}.", a->id, b->id, apart.empty() ? "" : ", " + apart);
      }
  return {};
}

} // namespace

std::string splitHeadline(const View& view) {
  const std::vector<Camp> camps = campsOf(view);
  const std::size_t all = view.snapshot().servers.size();
  // One writer against readers is told by name, as long as the sentence stays short.
  if (camps.size() == 2 && all <= 12)
    if (const std::string text = ofTwo(view, camps[0], camps[1]); !text.empty())
      return text;
  const auto size = [](const Camp& camp) { return camp.servers.size(); };
  const auto largest = std::ranges::max_element(camps, {}, size);
  const bool isMajority = std::ranges::count(camps, largest->servers.size(), size) == 1 && largest->servers.size() > 1;
  if (isMajority) {
    std::size_t elsewhere = 0;
    for (const Camp& camp : camps)
      if (view.isDifferent(*camp.source, *largest->source))
        elsewhere += camp.servers.size();
    if (elsewhere > 0)
      return fmt::format("{} of {} servers {} not on {}", elsewhere, all, elsewhere == 1 ? "is" : "are",
                         largest->source->id);
  }
  return listed(view, camps);
}

std::string splitDetail(const View& view) {
  constexpr std::size_t pairsTold = 2;
  bool isAnyOpen = false;
  const std::vector<std::string> rows = rowsSentences(view.snapshot(), view.used(), pairsTold, isAnyOpen);
  const std::string told = fmt::format("{}", fmt::join(rows, " "));
  const auto before = [&](const std::string& text) { return text + (text.empty() || told.empty() ? "" : " ") + told; };
  if (const std::string clones = clonesText(view); !clones.empty())
    return before(clones);
  // Of two databases the line of their rows tells the numbers, too, while it holds.
  if (const auto two =
          view.used().size() == 2 ? usersCompared(view.snapshot(), *view.used()[0], *view.used()[1]) : std::nullopt;
      two && isCurrent(*two, view.snapshot()))
    return told;
  const std::string users = usersIn(view.used());
  if (!rows.empty())
    return before(users) + (isAnyOpen ? " Other rows not compared yet." : "");
  return users.empty() ? users : users + " Rows not compared yet.";
}

std::string usersIn(const std::vector<const Database*>& databases) {
  std::vector<std::string> parts;
  bool isAnyKnown = false;
  for (const Database* database : databases) {
    const bool known = database->users && database->users->count;
    const bool leads = parts.empty();
    if (known)
      parts.push_back(fmt::format("{}{} in {}", usersText(database->users),
                                  !leads ? "" : (*database->users->count == 1 ? " user" : " users"), database->id));
    else
      parts.push_back(fmt::format("{} in {}", leads ? "users unknown" : "unknown", database->id));
    isAnyKnown = isAnyKnown || known;
    if (parts.size() == 4 && databases.size() > 5) {
      parts.push_back(fmt::format("{} databases more", databases.size() - 4));
      break;
    }
  }
  return isAnyKnown ? capitalised(fmt::format("{}.", fmt::join(parts, ", "))) : std::string();
}

std::string apartFor(const Database& a, const Database& b, UtcTime now) {
  if (!a.startedAt || !b.startedAt)
    return {};
  return fmt::format("apart for {} or more", toDuration(now - std::max(*a.startedAt, *b.startedAt)));
}

} // namespace whichbase::topology
